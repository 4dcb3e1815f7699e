/// What a test of the rules expects of an event: only what is written is compared.
package struct RuleExpectation: Sendable {
    package enum Outcome: String, Sendable, CaseIterable {
        case matched
        /// A route matched, but its target cannot be run: it cannot be made of the event, or there is no token for it.
        case refused
        case ignored, denied, dry_run
    }

    /// What a run is expected to be: parts that are nil may be anything.
    package struct Run: Sendable {
        package var domain: String?
        package var project: String?
        package var pipeline: String?
        package var execution: ExecutionReference?

        package init(domain: String?, project: String?, pipeline: String?, execution: ExecutionReference?) {
            self.domain = domain
            self.project = project
            self.pipeline = pipeline
            self.execution = execution
        }
    }

    package enum Runs: Sendable {
        /// Among whatever else runs.
        case one(Run)
        /// These and no others, in this order.
        case all([Run])
    }

    package var outcome: Outcome?
    /// A route that matches, whoever else does.
    package var route: String?
    /// All that match, in the order of the file.
    package var routes: [String]?
    package var runs: Runs?

    package init() {}

    /// What is otherwise than expected, in words. Empty where all is as expected.
    package func mismatches(_ decision: RecordedDecision) -> [String] {
        var mismatches: [String] = []
        if let outcome, outcome != decision.tested { mismatches.append("it is \(decision.tested), not \(outcome)") }
        let matched = decision.trace.filter(\.matched).map(\.route)
        if let route, !matched.contains(route) {
            mismatches.append("the route '\(route)' does not match" + decision.reason(route))
        }
        if let routes, routes != matched {
            mismatches.append("the routes that match are \(Self.list(matched)), not \(Self.list(routes))")
        }
        return mismatches + (runs.map { Self.mismatches($0, decision.wouldRun) } ?? [])
    }

    private static func mismatches(_ expected: Runs, _ targets: [Target]) -> [String] {
        let told =
            targets.isEmpty ? "nothing runs" : "what runs is \(targets.map(\.description).joined(separator: ", "))"
        switch expected {
        case .one(let run): return targets.contains(where: run.fits) ? [] : ["\(told), not \(run)"]
        case .all(let runs):
            let fit = runs.count == targets.count && zip(runs, targets).allSatisfy { $0.fits($1) }
            return fit ? [] : ["\(told), not \(Self.list(runs.map(\.description)))"]
        }
    }

    private static func list(_ texts: [String]) -> String { texts.isEmpty ? "none" : texts.joined(separator: ", ") }
}

extension RuleExpectation.Run: CustomStringConvertible {
    fileprivate func fits(_ target: Target) -> Bool {
        func fits(_ part: String?, _ actual: String) -> Bool { part.map { $0 == actual } ?? true }
        return fits(domain, target.domain) && fits(project, target.project)
            && fits(pipeline, target.pipeline.description) && (execution?.fits(target.execution) ?? true)
    }

    package var description: String {
        let parts = [
            ("domain", domain), ("project", project), ("pipeline", pipeline), ("execution", execution?.description),
        ]
        return parts.compactMap { name, part in part.map { "\(name) \($0)" } }.joined(separator: ", ")
    }
}

extension ExecutionReference {
    /// Of a selector, only what is written counts.
    fileprivate func fits(_ actual: ExecutionReference) -> Bool {
        guard case .selector(let expected) = self, case .selector(let selector) = actual else { return self == actual }
        return expected.pick == selector.pick && (expected.within.map { $0 == selector.within } ?? true)
            && expected.filters.allSatisfy { selector.filters[$0.key] == $0.value }
    }
}

extension RecordedDecision {
    fileprivate var tested: RuleExpectation.Outcome {
        switch outcome {
        case .matched: runs.contains { $0.refusal != nil } ? .refused : .matched
        case .ignored: .ignored
        case .denied: .denied
        case .dryRun: .dry_run
        }
    }

    /// What runs, or would but for a dry run.
    fileprivate var wouldRun: [Target] {
        outcome == .dryRun
            ? trace.filter(\.matched).flatMap(\.targets) : runs.filter { $0.refusal == nil }.map(\.target)
    }

    /// Why a route does not match, for who expected it to.
    fileprivate func reason(_ name: String) -> String {
        guard let route = trace.first(where: { $0.route == name }) else { return ": it is not for this source" }
        guard let index = route.firstFailed else { return ": an earlier route ends the search" }
        let failed = route.conditions[index]
        return ": \(failed.field) \(failed.operator) \(failed.expected), is \(failed.actual?.description ?? "missing")"
    }
}
