import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    /// `retention.deliveries`: of each source the newest so many are kept.
    @Suite("Housekeeping by number")
    struct SurplusTests {
        /// Age drops nothing here.
        private static func prune(_ journal: any TestedJournal, keeping most: Int, now: Double = 0) async throws {
            while try await journal.prune(before: moment(-9999), keeping: most, now: moment(now)) {}
        }

        /// A delivery whose only run has ended like this; nil leaves it running.
        private static func append(
            _ number: Int, _ ending: AttemptEnding? = .sample(.started), keys: [DedupeKey] = [], expire: Double = 1000,
            to journal: any TestedJournal
        ) async throws {
            _ = try await journal.append(.sample(number, keys: keys, expire: expire))
            let run = try await journal.leaseOne(until: 9000)
            if let ending { #expect(try await journal.finish(run.lease, ending)) }
        }

        private static func kept(_ journal: any TestedJournal, _ source: String? = nil) async throws -> [String] {
            try await journal.deliveries(DeliveryQuery(source: source, limit: 999)).map(\.id)
        }

        @Test("Of each source the newest are kept, however many others have", arguments: JournalKind.allCases)
        func newest(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...9 {
                    let source = number % 3 == 0 ? "slack" : "github"
                    _ = try await journal.append(.sample(number, source: source, runs: .nothing(.ignored)))
                }
                try await Self.prune(journal, keeping: 6)
                #expect(try await Self.kept(journal).count == 9)
                try await Self.prune(journal, keeping: 3)
                #expect(try await Self.kept(journal, "github") == [8, 7, 5].map(id))
                #expect(try await Self.kept(journal, "slack") == [9, 6, 3].map(id))
                #expect(try await journal.delivery(id(4)) == nil)
            }
        }

        @Test("What is not over, or in doubt, is never dropped, and counts", arguments: JournalKind.allCases)
        func open(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await Self.append(1, .sample(.pending, next: 5000), to: journal)
                try await Self.append(2, .sample(.dead, isUncertain: true), to: journal)
                try await Self.append(3, nil, to: journal)
                try await Self.append(4, to: journal)
                try await Self.append(5, to: journal)
                try await Self.append(6, .sample(.pending, next: 5000), to: journal)
                try await Self.append(7, .sample(.refused), to: journal)
                try await Self.prune(journal, keeping: 2)
                #expect(try await Self.kept(journal) == [7, 6, 3, 2, 1].map(id))
                try await Self.prune(journal, keeping: 1)
                #expect(try await Self.kept(journal) == [7, 6, 3, 2, 1].map(id))
                #expect(try await journal.runs(of: 1).count == 1)
            }
        }

        @Test("It goes in small batches", arguments: JournalKind.allCases)
        func batches(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...250 { _ = try await journal.append(.sample(number, runs: .nothing(.ignored))) }
                #expect(try await journal.prune(before: moment(-9999), keeping: 10, now: moment(0)))
                let left = try await Self.kept(journal)
                #expect((11..<250).contains(left.count))
                #expect(left.prefix(10) == (241...250).reversed().map(id)[...])
                try await Self.prune(journal, keeping: 10)
                #expect(try await Self.kept(journal) == (241...250).reversed().map(id))
                #expect(!(try await journal.prune(before: moment(-9999), keeping: 10, now: moment(0))))
            }
        }

        @Test("A duplicate of what was dropped is told what came of it at last", arguments: JournalKind.allCases)
        func forgotten(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let keys = [DedupeKey.id("a"), .body("x")]
                try await Self.append(1, .sample(.dead), keys: keys, to: journal)
                #expect(try await journal.append(.sample(2, keys: keys)) == .redelivered(id(1)))
                let again = try await journal.leaseOne()
                #expect(try await journal.finish(again.lease, .sample(.started)))
                try await Self.append(3, .sample(.refused), keys: [.id("b")], to: journal)
                _ = try await journal.append(.sample(4, keys: [.id("c")], runs: .nothing(.denied)))
                _ = try await journal.append(.sample(5, keys: [.id("d")], runs: .nothing(.ignored)))
                try await Self.prune(journal, keeping: 1)
                #expect(try await Self.kept(journal) == [id(5)])
                let receipts = [
                    try await journal.append(.sample(6, keys: [.id("a")])),
                    try await journal.append(.sample(6, keys: [.id("z"), .body("x")])),
                    try await journal.append(.sample(6, keys: [.id("b")])),
                    try await journal.append(.sample(6, keys: [.id("c")])),
                ]
                #expect(
                    receipts == [
                        .forgotten(id(1), .started), .forgotten(id(1), .started), .forgotten(id(3), .refused),
                        .forgotten(id(4), .denied),
                    ])
                // None of it is done again: there is nothing left to do it with.
                #expect(try await Self.kept(journal) == [id(5)])
                #expect(try await journal.redeliver(id(1), as: .matched(1), at: moment(0)) == nil)
                #expect(try await journal.append(.sample(6, keys: [.id("z")])) == .accepted(id(6)))
            }
        }

        @Test("When the key expires, what was dropped is new again", arguments: JournalKind.allCases)
        func expired(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await Self.append(1, keys: [.id("a")], expire: 100, to: journal)
                _ = try await journal.append(.sample(2, runs: .nothing(.ignored)))
                try await Self.prune(journal, keeping: 1)
                let again = NewDelivery.sample(3, keys: [.id("a")], expire: 900, at: 99, runs: .refused(1))
                #expect(try await journal.append(again) == .forgotten(id(1), .started))
                _ = try await journal.append(
                    .sample(4, keys: [.id("a")], expire: 900, at: 101, runs: .nothing(.denied)))
                // The key is the new one's, and what came of the old one is not told any more.
                let third = NewDelivery.sample(5, keys: [.id("a")], at: 200, runs: .nothing(.ignored))
                #expect(try await journal.append(third) == .duplicate(id(4)))
                _ = try await journal.append(.sample(6, runs: .nothing(.ignored)))
                try await Self.prune(journal, keeping: 1)
                #expect(try await journal.append(third) == .forgotten(id(4), .denied))
            }
        }
    }
}
