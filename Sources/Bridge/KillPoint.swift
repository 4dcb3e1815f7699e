#if KILL_POINTS
    import FoundationEssentials
    import Glibc
    import Synchronization
#endif

/// The places where a process that dies leaves a delivery in a state of its own. Debug builds can be told to die at one
/// of them: `BUDDY_BRIDGE_KILL_AT=NAME:COUNT` ends the process by SIGKILL when it comes there for the COUNTth time.
/// Tests/Reliability does. In release builds nothing of it is compiled.
package enum KillPoint: String, CaseIterable, Sendable {
    /// A delivery, its keys and its runs are written, not committed.
    case appendBeforeCommit = "append_before_commit"
    /// A delivery is committed; its sender does not know.
    case appendCommitted = "append_committed"
    /// A run is leased; nothing has been done for it.
    case leased
    /// Buddy has shown the execution.
    case looked
    /// What was seen, the claim and `patch_sent` are written, not committed.
    case lookBeforeCommit = "look_before_commit"
    /// They are committed; no PATCH has gone out.
    case lookCommitted = "look_committed"
    /// Buddy has answered the PATCH; nothing is recorded of it.
    case patched
    /// How the attempt ended is written, not committed.
    case finishBeforeCommit = "finish_before_commit"
    /// It is committed; nobody has been told.
    case finished
    /// What came of the delivery is known, and its sender not answered.
    case beforeReply = "before_reply"

    /// Dies here if that was asked for.
    package func reached() {
        #if KILL_POINTS
            if let order = KillOrder.given, order.point == self { order.count() }
        #endif
    }
}

#if KILL_POINTS
    /// Where to die, and after how many times.
    private final class KillOrder: Sendable {
        let point: KillPoint
        private let left: Atomic<Int>

        /// - Parameter text: `NAME:COUNT`.
        private init?(_ text: String) {
            let halves = text.split(separator: ":")
            guard halves.count == 2, let point = KillPoint(rawValue: String(halves[0])), let count = Int(halves[1])
            else { return nil }
            self.point = point
            left = Atomic(count)
        }

        static let given = ProcessInfo.processInfo.environment["BUDDY_BRIDGE_KILL_AT"].flatMap { KillOrder($0) }

        func count() {
            if left.subtract(1, ordering: .relaxed).newValue == 0 { kill(getpid(), SIGKILL) }
        }
    }
#endif
