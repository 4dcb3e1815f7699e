import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    /// Who was proved, and who was not.
    @Suite("Rejections and credentials")
    struct RejectionTests {
        private static func rejection(_ number: Int, source: String = "github", at seconds: Double = 0) -> Rejection {
            Rejection(
                id: id(number), source: source, receivedAt: moment(seconds), client: "192.0.2.\(number)",
                reason: "mismatch", detail: "n\u{0}\(number)")
        }

        @Test("What was refused is kept, the newest first", arguments: JournalKind.allCases)
        func kept(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await journal.record([Self.rejection(1), Self.rejection(2, source: "slack")], keeping: 10)
                try await journal.record([Self.rejection(3)], keeping: 10)
                #expect(try await journal.rejections(source: nil, limit: 10).map(\.id) == [3, 2, 1].map(id))
                #expect(try await journal.rejections(source: "github", limit: 10).map(\.id) == [3, 1].map(id))
                #expect(try await journal.rejections(source: nil, limit: 1).map(\.id) == [id(3)])
                let one = try #require(try await journal.rejections(source: "slack", limit: 1).first)
                #expect(one.source == "slack" && one.receivedAt == moment(0) && one.client == "192.0.2.2")
                #expect(one.reason == "mismatch" && one.detail == "n\u{0}2")
            }
        }

        @Test("Of each source only so many, and none for longer than deliveries", arguments: JournalKind.allCases)
        func bounded(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await journal.record([Self.rejection(1, source: "slack")], keeping: 3)
                for number in 2...6 {
                    try await journal.record([Self.rejection(number, at: Double(number))], keeping: 3)
                }
                #expect(try await journal.rejections(source: nil, limit: 10).map(\.id) == [6, 5, 4, 1].map(id))
                while try await journal.prune(before: moment(6), now: moment(6)) {}
                #expect(try await journal.rejections(source: nil, limit: 10).map(\.id) == [id(6)])
            }
        }

        @Test("When each credential last proved a delivery", arguments: JournalKind.allCases)
        func lastUses(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for (number, credential) in [(1, "env:NEW"), (2, "env:OLD"), (3, "env:NEW")] {
                    _ = try await journal.append(.sample(number, at: Double(number), credential: credential))
                }
                _ = try await journal.append(.sample(4, source: "slack", credential: "env:SLACK"))
                _ = try await journal.append(.sample(5, at: 5))
                #expect(try await journal.lastUses(source: "github") == ["env:NEW": moment(3), "env:OLD": moment(2)])
                #expect(try await journal.lastUses(source: "none") == [:])
            }
        }
    }
}
