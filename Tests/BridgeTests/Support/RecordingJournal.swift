import FoundationEssentials
import Synchronization
import Testing

@testable import Bridge

/// A journal of one run, which keeps what an attempt commits. It stands in for the run's journal only.
final class RecordingJournal: RunJournal, ClaimJournal, TurnJournal {
    struct Script: Sendable {
        var commits: [LookCommit] = []
        var claims: Set<Int> = []
        var renews = true
        /// Runs with the same key whose executions were not over.
        var occupants: [Run] = []
        /// Whether nothing can be written.
        var isBroken = false
    }

    private struct State {
        var script: Script
        var looks: [Look] = []
        var endings: [AttemptEnding] = []
        var renewals: [Date] = []
        var vacated: [Int64] = []
    }

    private let state: Mutex<State>
    private let buddy: ScriptedBuddy

    /// - Parameter buddy: whose calls until then each commit is to remember.
    init(_ script: Script = Script(), beside buddy: ScriptedBuddy) {
        state = Mutex(State(script: script))
        self.buddy = buddy
    }

    var looks: [Look] { state.withLock { $0.looks } }
    var endings: [AttemptEnding] { state.withLock { $0.endings } }
    var renewals: [Date] { state.withLock { $0.renewals } }

    func commit(_ look: Look) async throws(JournalUnavailable) -> LookCommit {
        let result: LookCommit? = state.withLock { state in
            state.looks.append(look)
            if state.script.isBroken { return nil }
            return state.script.commits.isEmpty ? .committed : state.script.commits.removeFirst()
        }
        guard let result else { throw JournalUnavailable("the disk is full") }
        #expect(!buddy.calls.contains { $0.hasPrefix("patch") }, "a PATCH went out before its commit")
        return result
    }

    func finish(_ lease: Lease, _ ending: AttemptEnding) async throws(JournalUnavailable) -> Bool {
        state.withLock { $0.endings.append(ending) }
        return true
    }

    func renew(_ lease: Lease, until expiry: Date) async throws(JournalUnavailable) -> Bool {
        state.withLock { state in
            state.renewals.append(expiry)
            return state.script.renews
        }
    }

    func claims(on pipeline: PipelineAddress) async throws(JournalUnavailable) -> Set<Int> {
        state.withLock { $0.script.claims }
    }

    func release(_ lease: Lease, due time: Date) async throws(JournalUnavailable) -> Bool {
        Issue.record("an attempt gives no runs back")
        return false
    }

    func occupants(before run: Run) async throws(JournalUnavailable) -> [Run] {
        state.withLock { $0.script.occupants }
    }

    func vacate(_ run: Int64) async throws(JournalUnavailable) { state.withLock { $0.vacated.append(run) } }

    var vacated: [Int64] { state.withLock { $0.vacated } }

    func lease(_ room: LeaseRoom, now: Date, until expiry: Date) async throws(JournalUnavailable) -> LeasedRuns {
        Issue.record("an attempt takes no runs")
        return LeasedRuns(runs: [], nextDue: nil)
    }
}
