import Foundation
import Testing

@testable import Bridge

/// A moment in seconds after a start, which is now: journals note some times by their own clock.
func moment(_ seconds: Double) -> Date { Moment.start.addingTimeInterval(seconds) }

private enum Moment {
    static let start = Date(timeIntervalSince1970: Date().timeIntervalSince1970.rounded(.down))
}

/// Ids that sort by their number.
func id(_ number: Int) -> String { "0197-" + String(repeating: "0", count: 4 - "\(number)".count) + "\(number)" }

extension NewDelivery {
    /// A delivery that runs one target for each number of a pipeline.
    static func sample(
        _ number: Int, source: String = "github", keys: [DedupeKey] = [], expire: Double = 1000, at seconds: Double = 0,
        event: String = "push", senderID: String? = nil, user: Party? = nil, headers: Headers = Headers(),
        body: [UInt8] = [], credential: String? = nil, runs: RecordedDecision = .matched(41)
    ) -> NewDelivery {
        NewDelivery(
            id: JournalStoreTests.id(number), source: source, event: event, senderID: senderID, user: user,
            credential: credential,
            request: Request(
                head: RequestHead(method: "POST", query: "a=1", headers: headers, receivedAt: moment(seconds)),
                body: body),
            acceptedAt: moment(seconds), keys: keys, keysExpire: moment(expire), decision: runs)
    }
}

extension RecordedDecision {
    static func matched(_ pipelines: Int...) -> RecordedDecision {
        RecordedDecision(
            outcome: .matched, rules: "v\(pipelines)", trace: [.sample("matched \(pipelines)")],
            runs: pipelines.map { NewRun(route: "route-\($0)", buddy: "https://b", target: .sample($0), refusal: nil) })
    }

    /// A run that is refused before Buddy is asked.
    static func refused(_ pipeline: Int) -> RecordedDecision {
        var decision = matched(pipeline)
        decision.runs[0].refusal = RunError(code: .noToken, message: "no token")
        return decision
    }

    static func nothing(_ outcome: Decision.Outcome) -> RecordedDecision {
        RecordedDecision(outcome: outcome, rules: "v-\(outcome)", trace: [.sample("\(outcome)")], runs: [])
    }
}

extension RouteTrace {
    static func sample(_ route: String) -> RouteTrace {
        RouteTrace(
            route: route, matched: true, allowed: true, tried: true, target: nil, targets: [], errors: [],
            conditions: [])
    }
}

extension Target {
    static func sample(_ pipeline: Int) -> Target {
        Target(
            domain: "acme", project: "web", pipeline: .number(pipeline),
            execution: .selector(Selector(.earliest, filters: [.branch: .init([.glob("release/*")])], within: 60)))
    }
}

extension DedupeKey {
    static func id(_ value: String) -> DedupeKey { DedupeKey(kind: .id, value: value) }
    static func body(_ value: String) -> DedupeKey { DedupeKey(kind: .body, value: value) }
}

extension PipelineAddress {
    static func sample(_ pipeline: Int) -> PipelineAddress {
        PipelineAddress(buddy: "https://b", domain: "acme", project: "web", pipeline: pipeline)
    }
}

extension Look {
    /// A look at an execution of the run's own pipeline.
    static func sample(
        _ run: Run, _ execution: Int, needsClaim: Bool = true, until seconds: Double = 60, seen: Execution? = nil,
        pipeline: Int = 41
    ) -> Look {
        Look(
            lease: run.lease, heldUntil: moment(seconds), pipeline: .sample(pipeline), execution: execution,
            needsClaim: needsClaim, firstLook: seen,
            record: AttemptRecord(at: moment(0), attempt: run.attempts, step: "patch", execution: execution))
    }
}

extension AttemptEnding {
    static func sample(
        _ state: Run.State, next seconds: Double? = nil, isUncertain: Bool = false, releasesClaim: Bool = false,
        error: RunError? = nil, seen: Execution? = nil, pipeline: Int? = nil, step: String? = nil
    ) -> AttemptEnding {
        AttemptEnding(
            state: state, nextAttemptAt: seconds.map(moment), pipelineNumber: pipeline, lastLook: seen, error: error,
            isUncertain: isUncertain, releasesClaim: releasesClaim,
            record: AttemptRecord(at: moment(0), attempt: 1, step: step ?? state.rawValue))
    }
}

extension RunJournal {
    /// Leases up to `limit` runs.
    func lease(limit: Int, now: Date, until expiry: Date) async throws(JournalUnavailable) -> LeasedRuns {
        try await lease(LeaseRoom(otherwise: limit), now: now, until: expiry)
    }

    /// Leases one run that must be due.
    func leaseOne(at seconds: Double = 0, until expiry: Double = 60) async throws -> Run {
        let leased = try await lease(limit: 1, now: moment(seconds), until: moment(expiry))
        return try #require(leased.runs.first)
    }
}

extension DeliveryJournal {
    /// Prunes by age alone.
    func prune(before time: Date, now: Date) async throws(JournalUnavailable) -> Bool {
        try await prune(before: time, keeping: 1_000_000, now: now)
    }

    func runs(of number: Int) async throws -> [Run] { try #require(try await delivery(id(number))).runs }

    /// A delivery's outcome as it is, and as the list of deliveries finds it: both must say the same.
    func outcome(of number: Int) async throws -> DeliveryOutcome {
        let outcome = try #require(try await delivery(id(number))).outcome
        for other in DeliveryOutcome.allCases {
            let found = try await deliveries(DeliveryQuery(outcome: other)).map(\.id).contains(id(number))
            #expect(found == (other == outcome), "listed as \(other), but \(outcome)")
        }
        return outcome
    }
}
