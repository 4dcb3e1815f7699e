import Foundation
import GRDB
import TestSupport
import Testing

@testable import Bridge
@testable import JournalStore

/// A journal that an earlier version has written.
@Suite("A journal of an earlier version", .timeLimit(.minutes(2)))
struct UpgradeTests {
    /// A delivery that ran nothing, as it was written before there was a column for the version of the rules.
    ///
    /// - Parameter body: an empty one, as the engine writes it.
    private static func row(_ body: String) -> String {
        """
        INSERT INTO deliveries (id, source, event, received_at, method, query, headers, body, decision, trace, outcome)
        VALUES ('\(id(1))', 'github', 'push', 1700000000000, 'POST', '', '{"fields":[]}', \(body), 'ignored', '[]', 'ignored')
        """
    }

    /// What it holds is there, of unknown rules; what today's rules make of it is of theirs.
    private func check(_ journal: any TestedJournal) async throws {
        let old = try #require(try await journal.delivery(id(1)))
        #expect(old.event == "push")
        #expect(old.rules == nil)
        #expect(try await journal.deliveries(DeliveryQuery()).map(\.rules) == [nil])
        #expect(try await journal.redeliver(id(1), as: .matched(5), at: moment(0)) == .redelivered(id(1)))
        #expect(try await journal.delivery(id(1))?.rules == "v[5]")
        _ = try await journal.append(.sample(2))
        #expect(try await journal.delivery(id(2))?.rules == "v[41]")
    }

    @Test("A SQLite file is brought up to date with what is in it; before that, it can be read")
    func sqlite() async throws {
        let folder = try TemporaryFolder()
        let path = folder.path("journal.sqlite")
        let pool = try DatabasePool(path: path)
        try SQLiteSchema.migrator.migrate(pool, upTo: "3")
        try await pool.write { db in try db.execute(sql: Self.row("x''")) }
        let reader = try SQLiteJournal(reading: path)
        #expect(try await reader.delivery(id(1))?.rules == nil)
        try reader.close()
        try pool.close()
        for _ in 1...2 { try SQLiteJournal(path: path).close() }
        let journal = try SQLiteJournal(path: path)
        try await check(journal)
        try journal.close()
    }

    @Test(
        "A PostgreSQL database is brought up to date with what is in it",
        .enabled(if: PostgreSQLServer.programs != nil, "apt-get install postgresql"))
    func postgreSQL() async throws {
        let address = try #require(PostgreSQLAddress(try await SharedPostgreSQL.server().database()))
        let session = try PostgreSQLSession(address)
        try session.script("CREATE TABLE schema_version (version BIGINT PRIMARY KEY)")
        try session.script(PostgreSQLSchema.migrations[0])
        try session.script("INSERT INTO schema_version VALUES (1); \(Self.row("''"))")
        for _ in 1...2 { try PostgreSQLJournal(address).close() }
        let journal = try PostgreSQLJournal(address)
        try await check(journal)
        journal.close()
    }
}
