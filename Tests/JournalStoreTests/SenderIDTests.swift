import GRDB
import JournalStore
import Testing

@testable import Bridge

extension JournalConformanceTests {
    /// Which deliveries the journal has, by what their senders call them.
    @Suite("Deliveries by their senders' ids")
    struct SenderIDTests {
        @Test("Those that it has, of that source, and no others", arguments: JournalKind.allCases)
        func known(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, senderID: "0b989ba4"))
                _ = try await journal.append(.sample(2, source: "other", senderID: "f00"))
                _ = try await journal.append(.sample(3))
                #expect(try await journal.knows(senderID: "0b989ba4", source: "github"))
                #expect(try await journal.knows(senderID: "f00", source: "other"))
                #expect(try await !journal.knows(senderID: "0b989ba4", source: "other"))
                #expect(try await !journal.knows(senderID: "0B989BA4", source: "github"))
                #expect(try await !journal.knows(senderID: "", source: "github"))
            }
        }

        @Test("Ids that a column cannot hold as they are, too", arguments: JournalKind.allCases)
        func escaped(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for (number, id) in ["a\u{0}b", "\u{1}a\\0b", "\u{1}"].enumerated() {
                    #expect(try await !journal.knows(senderID: id, source: "github"))
                    _ = try await journal.append(.sample(number, senderID: id))
                    #expect(try await journal.knows(senderID: id, source: "github"))
                    #expect(try await !journal.knows(senderID: "a", source: "github"))
                }
            }
        }

        @Test("SQLite looks it up instead of searching, and a reader beside the service may ask, too")
        func index() async throws {
            let folder = try TemporaryFolder()
            let path = folder.path("journal.sqlite")
            let journal = try SQLiteJournal(path: path)
            _ = try await journal.append(.sample(1, senderID: "a"))
            let reader = try SQLiteJournal(reading: path)
            #expect(try await reader.knows(senderID: "a", source: "github"))
            try reader.close()
            let plan = try await DatabaseQueue(path: path).read { db in
                try Row.fetchAll(
                    db, sql: "EXPLAIN QUERY PLAN SELECT id FROM deliveries WHERE source = 'github' AND sender_id = 'a'"
                ).map { $0["detail"] as String }
            }
            #expect(plan.contains { $0.contains("deliveries_by_sender_id (source=? AND sender_id=?)") }, "\(plan)")
            try journal.close()
        }
    }
}
