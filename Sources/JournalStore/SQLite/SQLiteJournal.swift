package import Bridge
package import FoundationEssentials
import GRDB

/// The journal in one SQLite file: for one process on one machine.
package final class SQLiteJournal: SQLJournal {
    package let clock: JournalClock
    private let pool: DatabasePool
    private let writer: GroupCommit
    private let lock: FileLock?

    /// Opens or makes the file, locks it for this process, brings its tables up to date, and takes back what an earlier
    /// process held: nobody else can be working on those runs.
    ///
    /// - Parameters:
    ///   - path: of the file; its folder must be there.
    ///   - pause: how long a run waits whose PATCH may have been sent by that process (``DispatchRules/firstRetry``).
    /// - Throws: ``JournalUnavailable``.
    package init(path: String, now: Date = Date(), pauseAfterLostPatch pause: Duration = .seconds(1))
        throws(JournalUnavailable)
    {
        lock = try FileLock(path: path)
        clock = JournalClock(now)
        do {
            var configuration = Configuration()
            configuration.label = "buddy-bridge.journal"
            configuration.busyMode = .timeout(5)
            configuration.maximumReaderCount = 4
            pool = try DatabasePool(path: path, configuration: configuration)
            writer = GroupCommit(Writer(pool: pool))
            if try pool.read(SQLiteSchema.migrator.hasBeenSuperseded) {
                throw JournalUnavailable("\(path) was written by a newer version of buddy-bridge")
            }
            try SQLiteSchema.migrator.migrate(pool)
            try pool.writeWithoutTransaction { db in
                // GRDB sets NORMAL when it opens a WAL file; that may lose the last commits in a power cut.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try Self.takeBack(SQLiteSession(db: db), now, pause: pause)
            }
        } catch let error as JournalUnavailable {
            throw error
        } catch {
            throw JournalUnavailable("cannot open \(path): \(error)")
        }
    }

    /// Opens a file for reading only, beside a process that may be serving it.
    ///
    /// - Throws: ``JournalUnavailable``.
    package init(reading path: String) throws(JournalUnavailable) {
        lock = nil
        clock = JournalClock()
        do {
            var configuration = Configuration()
            configuration.readonly = true
            pool = try DatabasePool(path: path, configuration: configuration)
            writer = GroupCommit(Writer(pool: pool))
        } catch {
            throw JournalUnavailable("cannot read \(path): \(error)")
        }
    }

    private static func takeBack(_ session: SQLiteSession, _ now: Date, pause: Duration) throws {
        try session.execute(
            """
            UPDATE runs SET state = 'pending', lease_until = NULL, lease_number = lease_number + 1,
                uncertain = max(uncertain, patch_sent),
                next_attempt_at = CASE WHEN patch_sent = 1 THEN max(next_attempt_at, $1) ELSE next_attempt_at END
            WHERE state = 'running'
            """, [SQLValue(now.advanced(by: pause))])
        // Times that this machine's clock, set back meanwhile, would not reach for long.
        try session.execute(
            """
            UPDATE runs SET next_attempt_at = min(next_attempt_at, $1), budget_start = min(budget_start, $2)
            WHERE state = 'pending' AND (next_attempt_at > $1 OR budget_start > $2)
            """, [SQLValue(now.advanced(by: DispatchRules.longestPause)), SQLValue(now)])
    }

    /// 2 (FULL) on the connection that commits.
    package func synchronousMode() throws -> Int? {
        try pool.writeWithoutTransaction { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") }
    }

    package func close() throws { try pool.close() }

    package func writeDeliveries<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(JournalUnavailable) -> Value {
        try await writer.write(work)
    }

    package func writeRuns<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(JournalUnavailable) -> Value {
        try await writer.write(work)
    }

    package func read<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(JournalUnavailable) -> Value {
        do {
            return try await pool.read { db in try work(SQLiteSession(db: db)) }
        } catch {
            throw JournalUnavailable(sqlite: error)
        }
    }
}

/// The one connection of a pool that writes.
private struct Writer: SQLWriter {
    let pool: DatabasePool

    func withSession<Value>(_ work: (any SQLSession) throws -> Value) throws -> Value {
        do {
            return try pool.writeWithoutTransaction { db in try work(SQLiteSession(db: db)) }
        } catch let error as DatabaseError {
            throw JournalUnavailable(sqlite: error)
        }
    }
}
