import FoundationEssentials

/// Which deliveries a sender could not deliver.
enum FailedDeliveries {
    /// The newest attempt of each delivery of which no attempt succeeded, in the order in which they were first tried:
    /// events are to come in their order.
    ///
    /// - Parameter attempts: in any order.
    static func newestAttempts(in attempts: [SenderAttempt]) -> [SenderAttempt] {
        var order: [String] = []
        var newest: [String: SenderAttempt] = [:]
        var delivered: Set<String> = []
        for attempt in attempts.sorted(by: { ($0.deliveredAt, $0.id) < ($1.deliveredAt, $1.id) }) {
            if newest.updateValue(attempt, forKey: attempt.delivery) == nil { order.append(attempt.delivery) }
            if attempt.succeeded { delivered.insert(attempt.delivery) }
        }
        return order.filter { !delivered.contains($0) }.compactMap { newest[$0] }
    }
}
