import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    @Suite("Keys tell deliveries apart")
    struct KeyTests {
        @Test("A delivery without a known key is accepted, and is there afterwards", arguments: JournalKind.allCases)
        func accepted(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                #expect(try await journal.delivery(id(1)) == nil)
                #expect(try await journal.append(.sample(1, keys: [.id("a")])) == .accepted(id(1)))
                #expect(try await journal.append(.sample(2, keys: [.id("b")])) == .accepted(id(2)))
                #expect(try await journal.delivery(id(1))?.id == id(1))
                #expect(try await journal.runs(of: 1).map(\.state) == [.pending])
                #expect(try await journal.deliveries(DeliveryQuery()).map(\.id) == [id(2), id(1)])
            }
        }

        @Test("The same key again is a duplicate: nothing of it is kept", arguments: JournalKind.allCases)
        func duplicate(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("a")]))
                #expect(
                    try await journal.append(.sample(2, keys: [.id("a")], at: 5, runs: .matched(7, 8)))
                        == .duplicate(id(1)))
                #expect(try await journal.delivery(id(2)) == nil)
                #expect(try await journal.runs(of: 1).map(\.target) == [.sample(41)])
                #expect(try await journal.lease(limit: 9, now: moment(5), until: moment(9)).runs.count == 1)
            }
        }

        @Test("A key belongs to its source and its kind", arguments: JournalKind.allCases)
        func scope(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let receipts = [
                    try await journal.append(.sample(1, source: "a", keys: [.id("x")])),
                    try await journal.append(.sample(2, source: "b", keys: [.id("x")])),
                    try await journal.append(.sample(3, source: "a", keys: [.body("x")])),
                    try await journal.append(.sample(4, source: "a", keys: [.id("X")])),
                    try await journal.append(.sample(5, source: "a", keys: [.id("x ")])),
                    try await journal.append(.sample(6, source: "A", keys: [.id("x")])),
                    try await journal.append(.sample(7, source: "a", keys: [.id("x")])),
                ]
                #expect(receipts == (1...6).map { .accepted(id($0)) } + [.duplicate(id(1))])
            }
        }

        @Test("Different values are different keys, whatever is in them", arguments: JournalKind.allCases)
        func anyValue(_ kind: JournalKind) async throws {
            let values = [
                "a", "a\0", "a\0b", "a\0c", "a\\0b", "\u{1}a\\0b", "\u{1}a\0b", "\u{1}a", "\u{1}\u{1}a", "", "\0", "A",
                "a ", " a", "e\u{301}",
                "\u{E9}", "%61",
            ]
            try await kind.run { journal async throws in
                for (number, value) in values.enumerated() {
                    #expect(
                        try await journal.append(.sample(number, keys: [.id(value)])) == .accepted(id(number)),
                        "\(value)")
                }
                for (number, value) in values.enumerated() {
                    #expect(
                        try await journal.append(.sample(99, keys: [.id(value)])) == .duplicate(id(number)), "\(value)")
                }
            }
        }

        @Test("Without keys everything is new", arguments: JournalKind.allCases)
        func none(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                #expect(try await journal.append(.sample(1)) == .accepted(id(1)))
                #expect(try await journal.append(.sample(2)) == .accepted(id(2)))
            }
        }

        @Test("One of two keys is enough", arguments: JournalKind.allCases)
        func either(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("a"), .body("x")]))
                #expect(try await journal.append(.sample(2, keys: [.id("a"), .body("y")])) == .duplicate(id(1)))
                #expect(try await journal.append(.sample(3, keys: [.id("b"), .body("x")])) == .duplicate(id(1)))
                #expect(try await journal.append(.sample(4, keys: [.body("x")])) == .duplicate(id(1)))
            }
        }

        @Test("A duplicate claims no key", arguments: JournalKind.allCases)
        func claimsNothing(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("a"), .body("x")]))
                #expect(try await journal.append(.sample(2, keys: [.id("b"), .body("x")])) == .duplicate(id(1)))
                #expect(try await journal.append(.sample(3, keys: [.id("b"), .body("z")])) == .accepted(id(3)))
            }
        }

        @Test("Nor does a redelivery", arguments: JournalKind.allCases)
        func redeliveryClaimsNothing(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("a"), .body("x")], runs: .nothing(.ignored)))
                #expect(try await journal.append(.sample(2, keys: [.id("b"), .body("x")])) == .redelivered(id(1)))
                #expect(try await journal.append(.sample(3, keys: [.id("b"), .body("z")])) == .accepted(id(3)))
            }
        }

        @Test("A key that has expired gives way to the new one", arguments: JournalKind.allCases)
        func expired(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("a")], expire: 100))
                #expect(try await journal.append(.sample(2, keys: [.id("a")], at: 99)) == .duplicate(id(1)))
                #expect(
                    try await journal.append(.sample(3, keys: [.id("a")], expire: 300, at: 101)) == .accepted(id(3)))
                #expect(try await journal.append(.sample(4, keys: [.id("a")], at: 299)) == .duplicate(id(3)))
                #expect(try await journal.delivery(id(1))?.id == id(1))
            }
        }

        @Test("A duplicate does not make a key live longer", arguments: JournalKind.allCases)
        func notProlonged(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("a")], expire: 100))
                _ = try await journal.append(.sample(2, keys: [.id("a")], expire: 900, at: 50))
                #expect(try await journal.append(.sample(3, keys: [.id("a")], at: 150)) == .accepted(id(3)))
            }
        }

        @Test(
            "A delivery that cannot be kept leaves no key behind, and takes no other with it",
            arguments: JournalKind.allCases)
        func halfDone(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("a")]))
                await #expect(throws: JournalUnavailable.self) {
                    try await journal.append(.sample(1, keys: [.id("b")], runs: .matched(1, 2)))
                }
                #expect(try await journal.runs(of: 1).map(\.target) == [.sample(41)])
                #expect(try await journal.append(.sample(2, keys: [.id("b")])) == .accepted(id(2)))
            }
        }
    }
}
