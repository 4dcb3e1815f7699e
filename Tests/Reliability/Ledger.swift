import Synchronization

/// What senders were told.
final class Ledger: Sendable {
    struct Counts: Sendable {
        var acknowledged: [Int: String] = [:]
        /// Pushes whose sender gave up without an acknowledgement.
        var abandoned = 0
        /// 503: the journal cannot take anything, or the service ends.
        var unavailable = 0
        /// No whole answer.
        var broken = 0
        var duplicates = 0
        var redeliveries = 0
        var problems: [String] = []
    }

    private let state = Mutex(Counts())

    var counts: Counts { state.withLock { $0 } }

    /// A 2xx with the id of the delivery.
    func acknowledged(_ push: Int, _ delivery: String, isDuplicate: Bool) {
        state.withLock { counts in
            if isDuplicate { counts.duplicates += 1 }
            if let known = counts.acknowledged[push], known != delivery {
                counts.problems.append("push \(push) was acknowledged as two deliveries, \(known) and \(delivery)")
            }
            counts.acknowledged[push] = delivery
        }
    }

    func abandoned() { state.withLock { $0.abandoned += 1 } }

    func unavailable() { state.withLock { $0.unavailable += 1 } }

    func broken() { state.withLock { $0.broken += 1 } }

    func redelivered() { state.withLock { $0.redeliveries += 1 } }

    func problem(_ text: String) { state.withLock { $0.problems.append(text) } }
}
