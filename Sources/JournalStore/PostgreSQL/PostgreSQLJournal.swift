package import Bridge
import FoundationEssentials
import Synchronization

/// The journal in a PostgreSQL database, which any number of processes share.
package final class PostgreSQLJournal: SQLJournal {
    package let clock: JournalClock
    let address: PostgreSQLAddress
    private let connections: [PostgreSQLConnection]
    private let deliveries: GroupCommit
    private let runs: GroupCommit
    private let next = Mutex(0)

    private static let readers = 2

    /// Connects, and brings the tables up to date.
    ///
    /// - Throws: ``JournalUnavailable``, also when the tables are of a newer version than this.
    package convenience init(_ address: PostgreSQLAddress) throws(JournalUnavailable) {
        try self.init(address, isReadOnly: false)
    }

    /// Connects for reading only, beside the processes that serve it.
    ///
    /// - Throws: ``JournalUnavailable``.
    package convenience init(reading address: PostgreSQLAddress) throws(JournalUnavailable) {
        try self.init(address, isReadOnly: true)
    }

    private init(_ address: PostgreSQLAddress, isReadOnly: Bool) throws(JournalUnavailable) {
        self.address = address
        do {
            let session = try PostgreSQLSession(address, isReadOnly: isReadOnly)
            if !isReadOnly { try PostgreSQLSchema.migrate(session) }
            clock = JournalClock(try session.time() ?? Date())
        } catch {
            throw JournalUnavailable(error)
        }
        // Deliveries do not wait for runs, nor the other way round.
        connections = (0..<Self.readers + 2).map { _ in PostgreSQLConnection(address, isReadOnly: isReadOnly) }
        deliveries = GroupCommit(connections[Self.readers])
        runs = GroupCommit(connections[Self.readers + 1])
    }

    package func close() { for connection in connections { connection.close() } }

    package func writeDeliveries<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(JournalUnavailable) -> Value {
        try await deliveries.write(work)
    }

    package func writeRuns<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(JournalUnavailable) -> Value {
        try await runs.write(work)
    }

    package func read<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(JournalUnavailable) -> Value {
        let reader = next.withLock { next in
            next = (next + 1) % Self.readers
            return next
        }
        do {
            return try await connections[reader].read(work)
        } catch {
            throw JournalUnavailable(error)
        }
    }
}
