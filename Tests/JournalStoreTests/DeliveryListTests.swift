import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    @Suite("Deliveries, one and many")
    struct DeliveryListTests {
        @Test("A delivery comes back as it was, byte for byte", arguments: JournalKind.allCases)
        func whole(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let headers = Headers([
                    ("X-Twice", "1"), ("Content-Type", "application/json"), ("x-twice", "2"), ("X-Empty", ""),
                    ("X-Odd", "grün \u{1F994} \"\\"), ("X-Nfd", "e\u{301}"), ("X-Nfc", "\u{e9}"),
                ])
                let body =
                    Array(0...255) + [UInt8](repeating: 0, count: 3) + Array("\r\n\u{feff}é".utf8) + [0xC0, 0x80]
                let new = NewDelivery.sample(
                    1, at: 1.234, event: "repo:push", senderID: "72d3-é", user: Party(id: "U1", name: "Ann \"A\""),
                    headers: headers, body: body, runs: .matched(2, 1))
                _ = try await journal.append(new)
                let delivery = try #require(try await journal.delivery(id(1)))
                #expect(delivery.body == body)
                #expect(delivery.headers == headers)
                #expect(Array(delivery.headers.values("X-Nfd").joined().utf8) == Array("e\u{301}".utf8))
                #expect(delivery.source == "github")
                #expect(delivery.event == "repo:push")
                #expect(delivery.senderID == "72d3-é")
                #expect(delivery.user == Party(id: "U1", name: "Ann \"A\""))
                #expect(delivery.receivedAt == moment(1.234))
                #expect(delivery.method == "POST")
                #expect(delivery.query == "a=1")
                #expect(delivery.decision == .matched)
                #expect(delivery.rules == "v[2, 1]")
                #expect(delivery.trace == new.decision.trace)
                #expect(try await journal.deliveries(DeliveryQuery()).map(\.rules) == ["v[2, 1]"])
                #expect(delivery.runs.map(\.target) == [.sample(2), .sample(1)])
                #expect(delivery.runs.map(\.nextAttemptAt) == [moment(1.234), moment(1.234)])
            }
        }

        @Test("What is missing stays missing, and an empty body empty", arguments: JournalKind.allCases)
        func empty(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, runs: .nothing(.ignored)))
                let delivery = try #require(try await journal.delivery(id(1)))
                #expect(delivery.senderID == nil)
                #expect(delivery.user == nil)
                #expect(delivery.body == [])
                #expect(delivery.headers == Headers())
                #expect(delivery.runs.isEmpty)
            }
        }

        @Test("A large body is kept whole", arguments: JournalKind.allCases)
        func large(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let body = (0..<(3 << 20)).map { UInt8(truncatingIfNeeded: $0 &* 31) }
                _ = try await journal.append(.sample(1, body: body))
                #expect(try await journal.delivery(id(1))?.body == body)
            }
        }

        @Test(
            "Text that a column cannot hold comes back whole, and so does what looks like it",
            arguments: JournalKind.allCases)
        func anyText(_ kind: JournalKind) async throws {
            let texts = [
                "one\0two", "\0", "\0\0\\", "\u{1}x", "\u{1}\\0", "\\0", "a\\\0\\0", "", "\u{FFFF}", "\u{1F994}\0é",
                "%00", "\r\n\t\u{7F}",
            ]
            try await kind.run { journal async throws in
                for (number, text) in texts.enumerated() {
                    _ = try await journal.append(
                        .sample(number, event: text, senderID: text, user: Party(id: text, name: text)))
                }
                for (number, text) in texts.enumerated() {
                    let delivery = try #require(try await journal.delivery(id(number)))
                    let found = [delivery.event, delivery.senderID, delivery.user?.id, delivery.user?.name]
                    #expect(found.map { $0.map { Array($0.utf8) } } == Array(repeating: Array(text.utf8), count: 4))
                }
            }
        }

        @Test("The newest come first, page by page, without their bodies", arguments: JournalKind.allCases)
        func pages(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in [3, 1, 5, 2, 4] { _ = try await journal.append(.sample(number, body: [1, 2, 3])) }
                let first = try await journal.deliveries(DeliveryQuery(limit: 2))
                #expect(first.map(\.id) == [id(5), id(4)])
                #expect(first.map(\.body) == [[], []])
                #expect(first.map { $0.runs.map(\.target) } == [[.sample(41)], [.sample(41)]])
                let second = try await journal.deliveries(DeliveryQuery(before: first.last?.id, limit: 2))
                #expect(second.map(\.id) == [id(3), id(2)])
                let third = try await journal.deliveries(DeliveryQuery(before: second.last?.id, limit: 2))
                #expect(third.map(\.id) == [id(1)])
                #expect(try await journal.deliveries(DeliveryQuery(before: id(1), limit: 2)).isEmpty)
                #expect(try await journal.deliveries(DeliveryQuery()).count == 5)
                #expect(try await journal.deliveries(DeliveryQuery(limit: 0)).isEmpty)
            }
        }

        @Test("Filters narrow the list, together too", arguments: JournalKind.allCases)
        func filters(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, source: "a"))
                _ = try await journal.append(.sample(2, source: "b"))
                _ = try await journal.append(.sample(3, source: "a", runs: .nothing(.ignored)))
                _ = try await journal.append(.sample(4, source: "b", runs: .nothing(.ignored)))
                _ = try await journal.append(.sample(5, source: "a", runs: .nothing(.denied)))
                func found(_ query: DeliveryQuery) async throws -> [String] {
                    try await journal.deliveries(query).map(\.id)
                }
                #expect(try await found(DeliveryQuery(source: "a")) == [id(5), id(3), id(1)])
                #expect(try await found(DeliveryQuery(outcome: .ignored)) == [id(4), id(3)])
                #expect(try await found(DeliveryQuery(source: "a", outcome: .ignored)) == [id(3)])
                #expect(try await found(DeliveryQuery(source: "a", before: id(5), limit: 1)) == [id(3)])
                #expect(try await found(DeliveryQuery(outcome: .pending, before: id(2))) == [id(1)])
                #expect(try await found(DeliveryQuery(source: "A")) == [])
                #expect(try await found(DeliveryQuery(outcome: .dead)) == [])
            }
        }
    }
}
