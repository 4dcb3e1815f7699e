import Bridge
import Dispatch
import Synchronization

/// A connection that is opened when it is needed, and again when it was lost: after a failure not before a pause, which
/// grows, so that a database that is gone costs nobody any time.
final class PostgreSQLConnection: SQLWriter {
    private struct State {
        var session: PostgreSQLSession?
        var isClosed = false
        var pause = Duration.zero
        var lastFailure: (at: ContinuousClock.Instant, error: JournalUnavailable)?
    }

    private static let firstPause = Duration.milliseconds(100)
    private static let longestPause = Duration.seconds(3)

    private let address: PostgreSQLAddress
    private let isReadOnly: Bool
    private let queue = DispatchQueue(label: "buddy-bridge.journal.postgresql")
    private let state = Mutex(State())

    init(_ address: PostgreSQLAddress, isReadOnly: Bool) {
        self.address = address
        self.isReadOnly = isReadOnly
    }

    func withSession<Value>(_ work: (any SQLSession) throws -> Value) throws -> Value {
        try state.withLock { state in
            let wasOpen = state.session != nil
            let session = try open(&state)
            do {
                return try work(session)
            } catch {
                if session.isLost { state.session = nil }
                // It was lost while nobody used it.
                guard error is NothingBegun, wasOpen else { throw (error as? NothingBegun)?.reason ?? error }
                let again = try open(&state)
                do {
                    return try work(again)
                } catch let error as NothingBegun {
                    throw error.reason
                }
            }
        }
    }

    /// Reads, on a thread that may be blocked. What is only read can be read again when the connection was lost.
    func read<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws -> Value {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { [self] in
                continuation.resume(
                    with: Result {
                        try withSession { session in
                            do {
                                return try work(session)
                            } catch  where (session as? PostgreSQLSession)?.isLost == true {
                                throw NothingBegun(reason: error)
                            }
                        }
                    })
            }
        }
    }

    private func open(_ state: inout State) throws -> PostgreSQLSession {
        if let session = state.session { return session }
        if state.isClosed { throw JournalUnavailable("the journal is closed") }
        if let failure = state.lastFailure, failure.at.duration(to: .now) < state.pause { throw failure.error }
        do {
            let session = try PostgreSQLSession(address, isReadOnly: isReadOnly)
            state.session = session
            state.pause = .zero
            state.lastFailure = nil
            return session
        } catch {
            let failure = JournalUnavailable(error)
            state.pause = min(Self.longestPause, max(Self.firstPause, state.pause * 2))
            state.lastFailure = (.now, failure)
            throw failure
        }
    }

    func close() {
        state.withLock { state in
            state.session = nil
            state.isClosed = true
        }
    }
}
