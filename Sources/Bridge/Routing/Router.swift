/// Maps an event onto targets. Pure: the same event and rules give the same decision.
package struct Router: Sendable {
    package let routes: [Route]
    private let index: RouteIndex
    private let usage: [String: [String]]

    /// A trace holds every route of a source that has no more than these; of a source that has more, only those that
    /// the event could match, unless more is asked for.
    package static let longestTrace = 100

    package init(routes: [Route]) {
        self.routes = routes
        index = RouteIndex(routes)
        usage = routes.reduce(into: [:]) { usage, route in
            guard let line = route.usage else { return }
            for source in route.sources { usage[source, default: []].append(line) }
        }
    }

    /// Tries the routes of the event's source in order. The first match ends the search, unless it says `continue`;
    /// a match whose caller is not allowed ends it too, and nothing runs.
    ///
    /// - Parameter isWhole: whether the trace is to hold every route of the source, however many there are.
    package func decide(_ event: Event, tracingAll isWhole: Bool = false) -> Decision {
        var decision = Decision()
        var ended = false
        let all = index.routes(of: event.source)
        let tried = isWhole || all.count <= Self.longestTrace ? all : index.candidates(for: event)
        for route in tried.lazy.map({ routes[$0] }) {
            var conditions: [ConditionTrace] = []
            let verdict = route.when.evaluate(event, trace: &conditions)
            var trace = RouteTrace(
                route: route.name, matched: verdict.holds && !ended, allowed: nil, tried: !ended, target: nil,
                targets: [], errors: [], conditions: conditions, firstFailed: verdict.holds ? nil : verdict.decider)
            if trace.matched {
                trace.denial = route.denial(of: event)
                trace.allowed = trace.denial == nil
                if trace.denial == nil {
                    decision.take(route, event, &trace)
                } else {
                    decision.isDenied = true
                }
                ended = !route.continues || decision.isDenied
            }
            decision.trace.append(trace)
        }
        if decision.isDenied { decision.runs = [] }
        return decision
    }

    /// The lines to show to somebody whose command matched nothing.
    package func usage(of source: String) -> [String] { usage[source] ?? [] }
}

/// What is to be done about an event, and why.
package struct Decision: Sendable {
    /// A run that a route asks for.
    package struct Run: Sendable {
        package var route: String
        package var target: Result<Target, RunError>
        /// Nil where every run is for itself.
        package var turn: Turn?
    }

    /// A route matched whose caller may not use it: then there are no runs.
    package fileprivate(set) var isDenied = false
    package fileprivate(set) var runs: [Run] = []
    package fileprivate(set) var trace: [RouteTrace] = []
    fileprivate var matchedDryRun = false

    package enum Outcome: String, Sendable, Codable {
        case matched, ignored, denied, dryRun = "dry_run"
    }

    package var outcome: Outcome {
        if isDenied { return .denied }
        if !runs.isEmpty { return .matched }
        return matchedDryRun ? .dryRun : .ignored
    }

    /// Adds what a matched route runs; equal targets of a delivery are one run.
    fileprivate mutating func take(_ route: Route, _ event: Event, _ trace: inout RouteTrace) {
        let turn = Result { () throws(RunError) in try route.storm.turn(of: event, route: route.name) }
        for template in route.run {
            let target = Result { () throws(RunError) in
                _ = try turn.get()
                return try template.render(event)
            }
            switch target {
            case .success(let made): trace.targets.append(made)
            case .failure(let error): trace.errors.append(error)
            }
            if !route.isDryRun, !runs.contains(where: { $0.isSame(as: target) }) {
                runs.append(Run(route: route.name, target: target, turn: (try? turn.get()) ?? nil))
            }
        }
        trace.target = trace.targets.first
        if route.isDryRun { matchedDryRun = true }
    }

    /// Turns what would run into a record only, as `serve --dry-run` does.
    package mutating func makeDryRun() {
        matchedDryRun = matchedDryRun || !runs.isEmpty
        runs = []
    }
}

extension Decision.Run {
    fileprivate func isSame(as other: Result<Target, RunError>) -> Bool {
        if case .success(let one) = target, case .success(let another) = other { one == another } else { false }
    }
}
