import Bridge
import Dispatch
import Synchronization

/// Where groups are committed: one connection that writes.
protocol SQLWriter: Sendable {
    /// Does the work with the connection, which is opened first where need be. Blocks the calling thread.
    func withSession<Value>(_ work: (any SQLSession) throws -> Value) throws -> Value
}

/// Writes that arrive while a transaction is under way share the next one, and its one fsync.
///
/// Each write has a savepoint of its own: one that fails takes nothing else with it. A write returns when the
/// transaction that holds it has been committed.
final class GroupCommit: Sendable {
    private struct Entry: Sendable {
        /// Does the work within the transaction; its result is told only after the commit.
        let work: @Sendable (any SQLSession) throws -> Void
        /// Is told, once, that the work is committed, or why it is not.
        let settle: @Sendable ((any Error)?) -> Void
        var tries = 0
    }

    private struct State {
        var waiting: [Entry] = []
        var isDraining = false
    }

    /// More would make the first wait long for the last.
    private static let largestGroup = 64
    /// How often a write is done again that others' transactions were in the way of.
    private static let mostTries = 10

    private let writer: any SQLWriter
    private let queue = DispatchQueue(label: "buddy-bridge.journal.writer")
    private let state = Mutex(State())

    init(_ writer: any SQLWriter) { self.writer = writer }

    /// Runs `work` in a transaction. A cancelled task still waits for the commit: what it asked for is done.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(JournalUnavailable) -> Value {
        let slot = Slot<Value>()
        do {
            return try await withCheckedThrowingContinuation { continuation in
                add(
                    Entry(
                        work: { session in
                            let result = try work(session)
                            slot.value.withLock { $0 = result }
                        },
                        settle: { error in
                            if let error { return continuation.resume(throwing: error) }
                            guard let value = slot.value.withLock({ $0 }) else {
                                return continuation.resume(throwing: JournalUnavailable("a write left no result"))
                            }
                            continuation.resume(returning: value)
                        }))
            }
        } catch {
            throw JournalUnavailable(error)
        }
    }

    private func add(_ entry: Entry) {
        let mustDrain = state.withLock { state in
            state.waiting.append(entry)
            defer { state.isDraining = true }
            return !state.isDraining
        }
        if mustDrain { queue.async { self.drain() } }
    }

    private func drain() {
        while let group = nextGroup() { commit(group) }
    }

    private func nextGroup() -> [Entry]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.isDraining = false
                return nil
            }
            let group = Array(state.waiting.prefix(Self.largestGroup))
            state.waiting.removeFirst(group.count)
            return group
        }
    }

    private func commit(_ group: [Entry]) {
        var faults: [Int: any Error] = [:]
        do {
            try writer.withSession { session in
                try session.transaction {
                    for (position, entry) in group.enumerated() {
                        // A write that is alone is taken back with its transaction.
                        guard group.count > 1 else { return try entry.work(session) }
                        do {
                            try session.savepoint { try entry.work(session) }
                        } catch let error as TransactionEnded {
                            throw error.reason
                        } catch {
                            faults[position] = error
                        }
                    }
                }
            }
        } catch {
            for position in group.indices { faults[position] = error }
        }
        for (position, entry) in group.enumerated() { settle(entry, faults[position]) }
    }

    private func settle(_ entry: Entry, _ fault: (any Error)?) {
        guard fault is SQLConflict, entry.tries < Self.mostTries else { return entry.settle(fault) }
        var entry = entry
        entry.tries += 1
        state.withLock { $0.waiting.append(entry) }
    }
}

/// An error within a savepoint that took the whole transaction with it: a full or broken disk, a lost connection.
struct TransactionEnded: Error {
    var reason: any Error
}

/// Where a write leaves its result until the commit.
private final class Slot<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
