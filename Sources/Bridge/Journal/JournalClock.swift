package import FoundationEssentials
import Synchronization

/// The time by which runs are due, retried and held.
///
/// It goes on evenly when this machine's clock is set, so that nothing waits for an hour that never comes, and no lease
/// ends early. Processes that share a journal set theirs by the database's clock.
package final class JournalClock: Sendable {
    private let clock = ContinuousClock()
    private let anchor: Mutex<(time: Date, instant: ContinuousClock.Instant)>

    /// - Parameter time: what it is now.
    package init(_ time: Date = Date()) { anchor = Mutex((time, clock.now)) }

    package func now() -> Date {
        let (time, instant) = anchor.withLock { $0 }
        return time.addingTimeInterval((clock.now - instant).seconds)
    }

    /// Sets it by a better clock.
    package func set(_ time: Date) { anchor.withLock { $0 = (time, clock.now) } }
}
