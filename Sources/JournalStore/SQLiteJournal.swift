package import Bridge
package import FoundationEssentials
import GRDB

/// The journal in one SQLite file: for one process on one machine.
package final class SQLiteJournal: Sendable {
    let pool: DatabasePool
    let writer: GroupCommit
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
        do {
            var configuration = Configuration()
            configuration.label = "buddy-bridge.journal"
            configuration.busyMode = .timeout(5)
            configuration.maximumReaderCount = 4
            pool = try DatabasePool(path: path, configuration: configuration)
            writer = GroupCommit(pool)
            if try pool.read(SQLiteSchema.migrator.hasBeenSuperseded) {
                throw JournalUnavailable("\(path) was written by a newer version of buddy-bridge")
            }
            try SQLiteSchema.migrator.migrate(pool)
            try pool.writeWithoutTransaction { db in
                // GRDB sets NORMAL when it opens a WAL file; that may lose the last commits in a power cut.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                try Self.takeBack(db, due: now.advanced(by: pause).milliseconds)
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
        do {
            var configuration = Configuration()
            configuration.readonly = true
            pool = try DatabasePool(path: path, configuration: configuration)
            writer = GroupCommit(pool)
        } catch {
            throw JournalUnavailable("cannot read \(path): \(error)")
        }
    }

    private static func takeBack(_ db: Database, due: Int64) throws {
        try db.execute(
            sql: """
                UPDATE runs SET state = 'pending', lease_until = NULL, lease_number = lease_number + 1,
                    uncertain = max(uncertain, patch_sent),
                    next_attempt_at = CASE WHEN patch_sent = 1 THEN max(next_attempt_at, ?) ELSE next_attempt_at END
                WHERE state = 'running'
                """, arguments: [due])
    }

    /// 2 (FULL) on the connection that commits.
    package func synchronousMode() throws -> Int? {
        try pool.writeWithoutTransaction { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") }
    }

    /// Ends all connections; what was committed is on the disk.
    package func close() throws { try pool.close() }

    func read<Value: Sendable>(
        _ work: @escaping @Sendable (Database) throws -> Value
    ) async throws(JournalUnavailable) -> Value {
        do {
            return try await pool.read(work)
        } catch {
            throw JournalUnavailable("\(error)")
        }
    }
}

extension SQLiteJournal: JournalHealth {
    package func check() async throws(JournalUnavailable) {
        // As much as a large push has: a disk that is nearly full still takes a page or two.
        try await writer.write { db in
            try db.execute(sql: "REPLACE INTO probe (id, filler) VALUES (1, zeroblob(65536))")
        }
    }

    package func backlog() async throws(JournalUnavailable) -> Backlog {
        try await read { db in
            let row = try Row.fetchOne(
                db,
                sql: """
                    SELECT count(*) AS pending, min(budget_start) AS oldest FROM runs
                    WHERE state IN ('pending', 'running')
                    """)
            return Backlog(
                pending: row?["pending"] ?? 0, oldest: (row?["oldest"] as Int64?).map(Date.init(milliseconds:)))
        }
    }
}

extension Date {
    var milliseconds: Int64 { Int64((timeIntervalSince1970 * 1000).rounded()) }

    init(milliseconds: Int64) { self.init(timeIntervalSince1970: Double(milliseconds) / 1000) }
}
