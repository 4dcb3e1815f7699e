import Bridge
import Dispatch
import GRDB
import Synchronization

/// Writes that arrive while a transaction is under way share the next one, and its one fsync.
///
/// Each write has a savepoint of its own: one that fails takes nothing else with it. A write returns when the
/// transaction that holds it has been committed.
final class GroupCommit: Sendable {
    private struct Entry: Sendable {
        /// Does the work within the transaction; its result is told only after the commit.
        let work: @Sendable (Database) throws -> Void
        /// Is told, once, that the work is committed, or why it is not.
        let settle: @Sendable ((any Error)?) -> Void
    }

    private struct State {
        var waiting: [Entry] = []
        var isDraining = false
    }

    /// More would make the first wait long for the last.
    private static let largestGroup = 64

    private let pool: DatabasePool
    private let queue = DispatchQueue(label: "buddy-bridge.journal.writer")
    private let state = Mutex(State())

    init(_ pool: DatabasePool) { self.pool = pool }

    /// Runs `work` in a transaction. A cancelled task still waits for the commit: what it asked for is done.
    func write<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(JournalUnavailable) -> Value {
        let slot = Slot<Value>()
        do {
            return try await withCheckedThrowingContinuation { continuation in
                add(
                    Entry(
                        work: { db in
                            let result = try work(db)
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
        } catch let error as JournalUnavailable {
            throw error
        } catch {
            throw JournalUnavailable("\(error)")
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
            try pool.writeWithoutTransaction { db in
                try db.inTransaction(.immediate) {
                    for (position, entry) in group.enumerated() {
                        do {
                            try db.inSavepoint {
                                try entry.work(db)
                                return .commit
                            }
                        } catch {
                            // SQLite ends the whole transaction itself when the disk is full or broken.
                            guard db.isInsideTransaction else { throw error }
                            faults[position] = error
                        }
                    }
                    return .commit
                }
            }
        } catch {
            for entry in group { entry.settle(error) }
            return
        }
        for (position, entry) in group.enumerated() { entry.settle(faults[position]) }
    }
}

/// Where a write leaves its result until the commit.
private final class Slot<Value: Sendable>: Sendable {
    let value = Mutex<Value?>(nil)
}
