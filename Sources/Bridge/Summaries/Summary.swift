/// What came of a delivery, for machines (DESIGN §5.2).
package struct Summary: Sendable, Encodable {
    package struct Run: Sendable, Encodable {
        package var route: String
        package var outcome: DeliveryOutcome
        package var attempts: Int
        /// With the number of the execution where it is known, else the selector. Nil where the event gave none.
        package var target: Target?
        package var execution: Execution?
        package var error: RunError?
        /// Only where the history was asked for.
        package var history: [AttemptRecord]?

        package init(_ run: Bridge.Run, history: [AttemptRecord]? = nil) {
            route = run.route
            outcome = run.state.outcome
            attempts = run.attempts
            var target = run.target
            if let number = run.pipelineNumber { target.pipeline = .number(number) }
            if let number = run.execution ?? run.lastLook?.id { target.execution = .number(number) }
            self.target = target == .unmade ? nil : target
            execution = run.lastLook
            error = run.error
            self.history = history
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(route, forKey: .route)
            try container.encode(outcome, forKey: .outcome)
            try container.encode(attempts, forKey: .attempts)
            try container.encode(target, forKey: .target)
            try container.encode(execution, forKey: .execution)
            try container.encode(error, forKey: .error)
            try container.encodeIfPresent(history, forKey: .history)
        }

        private enum CodingKeys: String, CodingKey {
            case route, outcome, attempts, target, execution, error, history
        }
    }

    package var delivery: String
    package var source: String
    package var event: String
    package var senderID: String?
    package var receivedAt: String
    package var user: Party?
    package var outcome: DeliveryOutcome
    /// The delivery had been there before; nothing was done this time.
    package var isDuplicate: Bool
    package var runs: [Run]
    /// Who may, where it was denied: for chats to tell the caller, and not part of the JSON.
    package var denial: String?

    package init(_ delivery: Delivery, isDuplicate: Bool = false) {
        self.delivery = delivery.id
        source = delivery.source
        event = delivery.event
        senderID = delivery.senderID
        receivedAt = Timestamp.text(delivery.receivedAt)
        user = delivery.user
        outcome = delivery.outcome
        self.isDuplicate = isDuplicate
        runs = delivery.runs.map { Run($0) }
        denial = delivery.trace.lazy.compactMap(\.denial).first
    }

    /// Of a delivery that came again when only this was still known of the first.
    init(of again: NewDelivery, _ first: String, _ outcome: DeliveryOutcome) {
        delivery = first
        source = again.source
        event = again.event
        senderID = again.senderID
        receivedAt = Timestamp.text(again.request.head.receivedAt)
        user = again.user
        self.outcome = outcome
        isDuplicate = true
        runs = []
    }

    private enum CodingKeys: String, CodingKey {
        case delivery, source, event, user, outcome, message, runs
        case senderID = "sender_id"
        case receivedAt = "received_at"
        case isDuplicate = "duplicate"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(delivery, forKey: .delivery)
        try container.encode(source, forKey: .source)
        try container.encode(event, forKey: .event)
        try container.encode(senderID, forKey: .senderID)
        try container.encode(receivedAt, forKey: .receivedAt)
        try container.encode(user, forKey: .user)
        try container.encode(outcome, forKey: .outcome)
        try container.encode(isDuplicate, forKey: .isDuplicate)
        try container.encode(message, forKey: .message)
        try container.encode(runs, forKey: .runs)
    }
}
