import FoundationEssentials

/// What a search of a pipeline's list came to.
enum SearchResult: Equatable {
    case found(Execution)
    case none(RunError)
    case refused(RunError)
}

/// Finds an execution in a pipeline's list, as it is now (DESIGN §6.6).
struct ExecutionSearch {
    let client: any BuddyClient
    let pipeline: PipelineAddress
    let rules: DispatchRules
    let now: Date
    /// Executions that other runs have.
    let claimed: Set<Int>

    /// What a search has learned, so that one that follows in the same attempt asks for less.
    struct Findings: Sendable {
        fileprivate var waiting: [(execution: Execution, due: Date)]
        fileprivate var isCut: Bool
    }

    /// - Parameter findings: of an earlier search for the same, whose choice somebody else has claimed meanwhile.
    func find(
        _ reference: ExecutionReference, _ findings: inout Findings?
    ) async throws(BuddyFailure) -> SearchResult {
        switch reference {
        case .number(let number): return .found(try await client.execution(number, of: pipeline))
        case .page(let address): return try await find(page: address)
        case .selector(let selector):
            let known: Findings
            if let findings { known = findings } else { known = try await survey(selector) }
            findings = known
            return try await choose(selector, known)
        }
    }

    /// The tail of an execution's page is an id of its own kind: only the list tells its number.
    private func find(page address: String) async throws(BuddyFailure) -> SearchResult {
        let wanted = address.prefix { $0 != "?" && $0 != "#" }
        let tail = ExecutionAddress(address)?.tail
        func isMeant(_ listed: Execution) -> Bool {
            guard let page = listed.htmlURL else { return false }
            return tail.map { $0 == ExecutionAddress(page)?.tail } ?? (wanted == page)
        }
        let list = try await walk { $0.contains(where: isMeant) }
        guard let listed = list.executions.first(where: isMeant) else {
            return list.isCut
                ? .refused(tooLong)
                : .none(
                    RunError(
                        code: .nothingScheduled,
                        message: "pipeline \(pipelineText) has no execution with the page \(wanted)"))
        }
        return .found(try await client.execution(listed.id, of: pipeline))
    }

    /// All that wait and fit.
    private func survey(_ selector: Selector) async throws(BuddyFailure) -> Findings {
        let list = try await walk { _ in false }
        var waiting: [(execution: Execution, due: Date)] = []
        for listed in list.executions where mayFit(listed, selector) {
            // The list may lack `delay_until`, which alone decides.
            guard let seen = listed.delayUntil == nil ? try await look(listed.id) : listed else { continue }
            if let due = due(seen, selector) { waiting.append((seen, due)) }
        }
        return Findings(waiting: waiting, isCut: list.isCut)
    }

    private func choose(_ selector: Selector, _ findings: Findings) async throws(BuddyFailure) -> SearchResult {
        let waiting = findings.waiting.filter { !claimed.contains($0.execution.id) }
        if selector.pick == .only, findings.isCut { return .refused(tooLong) }
        if selector.pick == .only, waiting.count > 1 { return .refused(several(waiting.map(\.execution), selector)) }
        let order = waiting.sorted { one, other in
            (one.due, one.execution.id) < (other.due, other.execution.id)
        }
        for (execution, _) in selector.pick == .latest ? order.reversed() : order {
            // The attempt commits what it sees now, so it looks now; what has begun meanwhile is passed over.
            if let seen = try await look(execution.id), due(seen, selector) != nil { return .found(seen) }
        }
        return findings.isCut ? .refused(tooLong) : .none(nothing(selector))
    }

    /// Nil for an execution that is gone since it was listed.
    private func look(_ execution: Int) async throws(BuddyFailure) -> Execution? {
        do {
            return try await client.execution(execution, of: pipeline)
        } catch {
            if error.status == 404 { return nil }
            throw error
        }
    }

    /// Everything but the time, which the list need not show.
    private func mayFit(_ listed: Execution, _ selector: Selector) -> Bool {
        guard !claimed.contains(listed.id), listed.finishDate == nil, rules.waitingStatuses.contains(listed.status)
        else { return false }
        return selector.filters.allSatisfy { field, filter in
            let value =
                switch field {
                case .branch: listed.branch
                case .tag: listed.tag
                case .revision: listed.revision
                case .comment: listed.comment
                }
            return filter.holds(for: value)
        }
    }

    private func due(_ seen: Execution, _ selector: Selector) -> Date? {
        guard case .waiting(let due) = rules.standing(of: seen, now: now) else { return nil }
        if let within = selector.within, due.timeIntervalSince(now) > within { return nil }
        return due
    }

    /// Walks the list, newest first, until `isEnough`, its end, or the most pages allowed.
    private func walk(
        until isEnough: ([Execution]) -> Bool
    ) async throws(BuddyFailure) -> (executions: [Execution], isCut: Bool) {
        var all: [Execution] = []
        var known: Set<Int> = []
        for number in 1...max(1, rules.listPages) {
            let page = try await client.executions(
                of: pipeline, page: number, perPage: DispatchRules.executionsPerPage)
            // A server that does not page sends the same list again and again.
            let new = page.executions.filter { known.insert($0.id).inserted }
            all += new
            if new.isEmpty || isEnough(new) || page.pages.map({ number >= $0 }) ?? false { return (all, false) }
            if page.pages == nil, page.executions.count < DispatchRules.executionsPerPage { return (all, false) }
        }
        return (all, true)
    }

    // MARK: What is said when there is none

    private var pipelineText: String { "\(pipeline.pipeline) (\(pipeline.domain)/\(pipeline.project))" }

    private var tooLong: RunError {
        RunError(
            code: .listTooLong,
            message: "pipeline \(pipelineText) has more executions than dispatch.list_pages = \(rules.listPages) "
                + "pages of \(DispatchRules.executionsPerPage) show")
    }

    private func nothing(_ selector: Selector) -> RunError {
        RunError(
            code: .nothingScheduled,
            message: "pipeline \(pipelineText) has no scheduled execution for '\(selector)': only runs made with "
                + "delay_until wait")
    }

    private func several(_ waiting: [Execution], _ selector: Selector) -> RunError {
        RunError(
            code: .severalScheduled,
            message: "pipeline \(pipelineText) has \(waiting.count) scheduled executions for '\(selector)': "
                + waiting.map { "#\($0.id)" }.joined(separator: ", "),
            candidates: waiting.map { .init(id: $0.id, delayUntil: $0.delayUntil, branch: $0.branch) })
    }
}
