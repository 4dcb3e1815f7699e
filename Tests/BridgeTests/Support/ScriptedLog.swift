import FoundationEssentials
import Synchronization

@testable import Bridge

/// A sender's log of pages that were written down, which keeps what it is asked, and the ids that a journal has.
final class ScriptedLog: DeliveryLog, SenderIDs {
    private struct State {
        var pages: [[SenderAttempt]]
        var known: Set<String>
        /// What goes wrong, by the call that it happens to.
        var failures: [String: [DeliveryLogFailure]]
        var calls: [String] = []
    }

    private let state: Mutex<State>
    private let isBroken: Bool

    /// - Parameters:
    ///   - pages: the newest first.
    ///   - known: what the journal has of the source `github`.
    ///   - failures: of the calls `page`, `page 1` … and `redeliver 10` …, one after the other; then they succeed.
    ///   - isBroken: whether the journal cannot be read.
    init(
        _ pages: [[SenderAttempt]], known: Set<String> = [], failures: [String: [DeliveryLogFailure]] = [:],
        isBroken: Bool = false
    ) {
        state = Mutex(State(pages: pages, known: known, failures: failures))
        self.isBroken = isBroken
    }

    var calls: [String] { state.withLock { $0.calls } }

    /// The ids of the attempts that were asked for.
    var redelivered: [String] { calls.filter { $0.hasPrefix("redeliver") } }

    private func call(_ name: String) throws(DeliveryLogFailure) {
        let failure: DeliveryLogFailure? = state.withLock { state in
            state.calls.append(name)
            guard let failures = state.failures[name], let first = failures.first else { return nil }
            state.failures[name] = Array(failures.dropFirst())
            return first
        }
        if let failure { throw failure }
    }

    func page(from cursor: String?) async throws(DeliveryLogFailure) -> DeliveryLogPage {
        try call(cursor.map { "page \($0)" } ?? "page")
        let number = cursor.flatMap(Int.init) ?? 0
        return state.withLock { state in
            DeliveryLogPage(
                attempts: state.pages[number], next: number + 1 < state.pages.count ? "\(number + 1)" : nil)
        }
    }

    func redeliver(_ attempt: SenderAttempt) async throws(DeliveryLogFailure) {
        try call("redeliver \(attempt.id)")
    }

    func knows(senderID: String, source: String) async throws(JournalUnavailable) -> Bool {
        guard !isBroken else { throw JournalUnavailable("the disk is full") }
        return source == "github" && state.withLock { $0.known.contains(senderID) }
    }
}
