import FoundationEssentials

/// One conversation with Buddy about a run: does what ``AttemptMachine`` says, and commits how it ended.
struct Attempt {
    private let run: Run
    private let client: LeasedClient
    private let journal: any RunJournal & ClaimJournal & TurnJournal
    private let rules: DispatchRules
    private let now: @Sendable () -> Date
    private let wallClock: @Sendable () -> Date
    private let random: @Sendable (ClosedRange<Double>) -> Double

    /// - Parameters:
    ///   - run: a run that was leased just now.
    ///   - heldUntil: when its lease ends.
    ///   - now: the journal's time.
    ///   - wallClock: the time that Buddy's dates are of; by default the journal's.
    ///   - random: a number within a range, for the jitter.
    init(
        _ run: Run, heldUntil: Date, client: any BuddyClient, journal: any RunJournal & ClaimJournal & TurnJournal,
        rules: DispatchRules, now: @escaping @Sendable () -> Date, wallClock: (@Sendable () -> Date)? = nil,
        random: @escaping @Sendable (ClosedRange<Double>) -> Double
    ) {
        self.run = run
        self.journal = journal
        self.rules = rules
        self.now = now
        self.wallClock = wallClock ?? now
        self.random = random
        self.client = LeasedClient(
            client, journal: journal, lease: run.lease, heldUntil: heldUntil, rules: rules, now: now)
    }

    /// Works on the run until the attempt ends. Returns how, as committed; nil when another holder has the run.
    ///
    /// - Throws: ``JournalUnavailable``: then the lease runs out, and a PATCH that was sent counts as uncertain.
    func callAsFunction() async throws(JournalUnavailable) -> AttemptEnding? {
        if let waiting = try await waitForTurn() {
            return try await journal.finish(run.lease, waiting) ? waiting : nil
        }
        var machine = AttemptMachine(run, rules: rules)
        var findings: ExecutionSearch.Findings?
        var step = machine.start()
        while true {
            if case .end(let ending) = step {
                guard let result = settle(ending, machine) else { return nil }
                guard try await journal.finish(run.lease, result) else { return nil }
                KillPoint.finished.reached()
                return result
            }
            let input = try await perform(step, machine, &findings)
            input.killPoint?.reached()
            step = machine.next(input, now: wallClock())
        }
    }

    /// How the attempt ends when its turn has not come. Nil when nothing is in its way.
    private func waitForTurn() async throws(JournalUnavailable) -> AttemptEnding? {
        // What was PATCHed, or may have been, is past that.
        guard let turn = run.turn, turn.overrun != .parallel, run.execution == nil else { return nil }
        let check = TurnCheck(client: client, journal: journal, rules: rules)
        switch try await check(run) {
        case .free: return nil
        case .busy(let error) where turn.overrun == .skip: return end(.skipped, nil, error)
        case .busy(let error):
            let next = now().advanced(by: rules.turnPause)
            return again(at: next, error, "wait") ?? end(.dead, nil, error)
        case .unknown(let failure):
            return settle(
                .retry(failure.runError, uncertain: false, notBefore: failure.retryAt),
                AttemptMachine(run, rules: rules))
        }
    }

    private func perform(
        _ step: AttemptMachine.Step, _ machine: AttemptMachine, _ findings: inout ExecutionSearch.Findings?
    ) async throws(JournalUnavailable) -> AttemptMachine.Input {
        if case .resolvePipeline(let identifier) = step {
            return .pipeline(
                await answer { () throws(BuddyFailure) in
                    try await client.pipelineNumber(
                        of: identifier, project: run.target.project, domain: run.target.domain, buddy: run.buddy)
                })
        }
        guard let number = machine.pipelineNumber else { preconditionFailure("a step without a pipeline") }
        let pipeline = PipelineAddress(
            buddy: run.buddy, domain: run.target.domain, project: run.target.project, pipeline: number)
        switch step {
        case .search(let reference):
            let search = ExecutionSearch(
                client: client, pipeline: pipeline, rules: rules, now: wallClock(),
                claimed: try await journal.claims(on: pipeline))
            return .search(await answer { () throws(BuddyFailure) in try await search.find(reference, &findings) })
        case .look(let execution):
            return .look(
                await answer { () throws(BuddyFailure) in
                    try await client.execution(execution, of: pipeline)
                })
        case .commit(let execution, let firstLook, let needsClaim):
            let look = Look(
                lease: run.lease, heldUntil: now().advanced(by: rules.lease), pipeline: pipeline,
                execution: execution, needsClaim: needsClaim, firstLook: firstLook,
                record: AttemptRecord(
                    at: now(), attempt: run.attempts, step: "patch", execution: execution, status: firstLook?.status))
            let result = try await journal.commit(look)
            if result == .committed { client.held(until: look.heldUntil) }
            return .commit(result)
        case .patch(let execution):
            return .patch(
                await answer { () throws(BuddyFailure) in
                    try await client.runScheduled(execution, of: pipeline)
                })
        case .resolvePipeline, .end: preconditionFailure("handled above")
        }
    }

    private func answer<Value>(
        _ call: () async throws(BuddyFailure) -> Value
    ) async -> Result<Value, BuddyFailure> {
        do {
            return .success(try await call())
        } catch {
            return .failure(error)
        }
    }

    /// Turns an ending into what the journal keeps. Nil when another holder has the run.
    private func settle(_ ending: AttemptMachine.Ending, _ machine: AttemptMachine) -> AttemptEnding? {
        var result: AttemptEnding
        switch ending {
        case .started(let execution): result = end(.started, execution, nil)
        case .alreadyRunning(let execution): result = end(.already_running, execution, nil)
        case .nothingScheduled(let error): result = end(.nothing_scheduled, nil, error, releases: true)
        case .refused(let error, let execution): result = end(.refused, execution, error, releases: true)
        case .unknown(let error): result = inDoubt(error)
        case .retry(let error, let isUncertain, let notBefore):
            let pause = notBefore.map { min($0.timeIntervalSince(wallClock()), DispatchRules.longestPause.seconds) }
            let next = rules.nextAttempt(
                after: run.attempts, now: now(), notBefore: pause.map { now().addingTimeInterval($0) },
                isUncertain: isUncertain, random: random)
            if let later = again(at: next, error, "retry") {
                result = later
                result.isUncertain = isUncertain
            } else {
                result = isUncertain ? inDoubt(machine.doubt(error.message)) : end(.dead, nil, error, releases: true)
            }
        case .lost: return nil
        }
        result.pipelineNumber = machine.pipelineNumber
        return result
    }

    /// Pending until then. Nil when the budget is spent by then.
    private func again(at next: Date, _ error: RunError, _ step: String) -> AttemptEnding? {
        guard next <= run.budgetStart.advanced(by: rules.giveUpAfter) else { return nil }
        var result = end(.pending, nil, error)
        result.nextAttemptAt = next
        result.record.step = step
        return result
    }

    /// Nobody can tell, and nobody will be able to.
    private func inDoubt(_ error: RunError) -> AttemptEnding {
        var result = end(.dead, nil, error)
        result.isUncertain = true
        result.occupies = run.turn != nil
        return result
    }

    private func end(
        _ state: Run.State, _ execution: Execution?, _ error: RunError?, releases: Bool = false
    ) -> AttemptEnding {
        AttemptEnding(
            state: state, lastLook: execution, error: error, releasesClaim: releases,
            occupies: run.turn != nil && execution.map { !rules.isOver($0) } ?? false,
            record: AttemptRecord(
                at: now(), attempt: run.attempts, step: state.rawValue, execution: execution?.id ?? run.execution,
                status: execution?.status, error: error))
    }
}

extension AttemptMachine.Input {
    /// Where a process that dies now leaves the run.
    fileprivate var killPoint: KillPoint? {
        switch self {
        case .pipeline: nil
        case .search, .look: .looked
        case .commit: .lookCommitted
        case .patch: .patched
        }
    }
}
