package import FoundationEssentials
package import Logging
import Metrics
import Synchronization

/// The gates of all Buddies, by the base of their API.
package final class BuddyGates: Sendable {
    private let rules: DispatchRules
    private let now: @Sendable () -> Date
    private let logger: Logger
    private let gates = Mutex<[String: BuddyGate]>([:])

    /// - Parameter now: the journal's time.
    package init(_ rules: DispatchRules, now: @escaping @Sendable () -> Date, logger: Logger) {
        self.rules = rules
        self.now = now
        self.logger = logger
    }

    /// For how many runs there is room.
    func room() -> LeaseRoom {
        let time = now()
        return LeaseRoom(gates.withLock { $0.mapValues { $0.room(at: time) } }, otherwise: rules.concurrency)
    }

    /// When the first gate opens that is shut now.
    func nextOpening() -> Date? {
        let time = now()
        return gates.withLock { $0.values.compactMap { $0.opensAt(after: time) }.min() }
    }

    func begin(_ buddy: String) { change(buddy) { $0.begin(at: $1) } }

    func end(_ buddy: String) { change(buddy) { $0.end(at: $1) } }

    /// Takes in what an answer's headers say.
    package func note(_ limit: RateLimit, of buddy: String) { change(buddy) { $0.note(limit, at: $1) } }

    func note(_ result: Result<Void, BuddyFailure>, of buddy: String) {
        guard let verdict = BuddyGate.Verdict(result) else { return }
        switch change(buddy, { $0.note(verdict, at: $1) }) {
        case .opened(let until):
            Gauge(label: "bridge_buddy_breaker_open", dimensions: [("buddy", buddy)]).record(1)
            logger.warning(
                "Buddy fails again and again: nothing is asked of it for a while",
                metadata: ["buddy": "\(buddy)", "until": "\(Timestamp.text(until))"])
        case .closed:
            Gauge(label: "bridge_buddy_breaker_open", dimensions: [("buddy", buddy)]).record(0)
            logger.notice("Buddy answers again", metadata: ["buddy": "\(buddy)"])
        case nil: break
        }
    }

    private func change<Value: Sendable>(_ buddy: String, _ body: (inout BuddyGate, Date) -> Value) -> Value {
        let time = now()
        return gates.withLock { body(&$0[buddy, default: BuddyGate(rules)], time) }
    }
}

extension BuddyGate.Verdict {
    /// Nil where Buddy was not asked.
    fileprivate init?(_ result: Result<Void, BuddyFailure>) {
        guard case .failure(let failure) = result else {
            self = .answered
            return
        }
        if failure.isTokenMissing { return nil }
        if failure.isRateLimit {
            self = .limited(for: failure.retryAt.map { .seconds($0.timeIntervalSinceNow) })
            return
        }
        switch failure.kind {
        case .notSent, .broken, .unreadable: self = .failed
        case .status(let status): self = status >= 500 ? .failed : .answered
        }
    }
}
