package import FoundationEssentials

/// One accepted event, as the journal keeps it.
package struct Delivery: Sendable {
    /// A UUIDv7: sorts by the time of receipt.
    package var id: String
    package var source: String
    package var event: String
    package var senderID: String?
    package var user: Party?
    package var receivedAt: Date
    package var method: String
    package var query: String
    package var headers: Headers
    /// The bytes as received.
    package var body: [UInt8]
    /// What the rules said, before anything ran.
    package var decision: Decision.Outcome
    /// The version of the rules that said so. Nil where it was not recorded.
    package var rules: String?
    package var trace: [RouteTrace]
    package var runs: [Run]

    package init(
        id: String, source: String, event: String, senderID: String?, user: Party?, receivedAt: Date, method: String,
        query: String, headers: Headers, body: [UInt8], decision: Decision.Outcome, rules: String?, trace: [RouteTrace],
        runs: [Run]
    ) {
        self.id = id
        self.source = source
        self.event = event
        self.senderID = senderID
        self.user = user
        self.receivedAt = receivedAt
        self.method = method
        self.query = query
        self.headers = headers
        self.body = body
        self.decision = decision
        self.rules = rules
        self.trace = trace
        self.runs = runs
    }

    /// What came of it: of its runs, the first outcome present in the order of ``DeliveryOutcome``.
    package var outcome: DeliveryOutcome { .of(decision, runs.map(\.state)) }
}

/// What came of a delivery (DESIGN §2), the weightiest first.
package enum DeliveryOutcome: String, Sendable, Codable, CaseIterable {
    case pending, dead, refused, started, already_running, nothing_scheduled, skipped, coalesced
    case ignored, denied, dry_run

    package static func of(_ decision: Decision.Outcome, _ states: [Run.State]) -> DeliveryOutcome {
        let outcomes = states.map(\.outcome)
        if let weightiest = allCases.first(where: outcomes.contains) { return weightiest }
        return switch decision {
        case .denied: .denied
        case .dryRun: .dry_run
        case .ignored, .matched: .ignored
        }
    }
}

/// What the rules made of an event: the part of a delivery that is made anew when all of it failed.
package struct RecordedDecision: Sendable {
    package struct NewRun: Sendable {
        package var route: String
        /// The base of the Buddy API that knows the target's domain.
        package var buddy: String
        package var target: Target
        /// Why the run is refused before Buddy is asked. Nil for a run that is to be tried.
        package var refusal: RunError?
        /// Its place among the runs with the same key. Nil where it is for itself.
        package var turn: Turn?
    }

    package var outcome: Decision.Outcome
    /// The version of the rules: ``Planner/version``.
    package var rules: String
    package var trace: [RouteTrace]
    package var runs: [NewRun]
}

/// A delivery that is about to be acknowledged.
package struct NewDelivery: Sendable {
    package var id: String
    package var source: String
    package var event: String
    package var senderID: String?
    package var user: Party?
    /// The name of what verified it.
    package var credential: String?
    package var request: Request
    /// By the journal's clock: from then on its runs are due.
    package var acceptedAt: Date
    package var keys: [DedupeKey]
    /// When the keys may be forgotten.
    package var keysExpire: Date
    package var decision: RecordedDecision
}

/// What makes two deliveries of a source the same.
package struct DedupeKey: Sendable, Hashable {
    package enum Kind: String, Sendable {
        case id, body
    }

    package var kind: Kind
    package var value: String

    package init(kind: Kind, value: String) {
        self.kind = kind
        self.value = value
    }
}
