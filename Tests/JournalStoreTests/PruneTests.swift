import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    /// DESIGN §6.8.
    @Suite("Housekeeping")
    struct PruneTests {
        /// Everything here is received long ago.
        private static let old = -1000.0

        private static func prune(_ journal: any TestedJournal, before seconds: Double, now: Double = 0) async throws {
            while try await journal.prune(before: moment(seconds), now: moment(now)) {}
        }

        /// A delivery whose only run has ended like this; nil leaves it running.
        private static func append(
            _ number: Int, _ ending: AttemptEnding?, keys: [DedupeKey] = [], expire: Double = -500,
            at seconds: Double = old,
            to journal: any TestedJournal
        ) async throws {
            _ = try await journal.append(.sample(number, keys: keys, expire: expire, at: seconds))
            let run = try await journal.leaseOne(until: 9000)
            if let ending { #expect(try await journal.finish(run.lease, ending)) }
        }

        @Test("What is over is dropped by age, what is not never is", arguments: JournalKind.allCases)
        func rules(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await Self.append(1, .sample(.started), to: journal)
                try await Self.append(2, .sample(.pending, next: 5000), to: journal)
                try await Self.append(3, nil, to: journal)
                try await Self.append(4, .sample(.pending, next: 5000, isUncertain: true), to: journal)
                try await Self.append(5, .sample(.dead, isUncertain: true), to: journal)
                try await Self.append(6, .sample(.dead), to: journal)
                try await Self.append(7, .sample(.refused), to: journal)
                try await Self.append(8, .sample(.nothing_scheduled), to: journal)
                try await Self.append(9, .sample(.already_running), to: journal)
                try await Self.append(10, .sample(.started), keys: [.id("alive")], expire: 1, to: journal)
                try await Self.append(11, .sample(.started), keys: [.id("expired")], expire: -1, to: journal)
                try await Self.append(12, .sample(.started), keys: [.id("a"), .body("b")], expire: 1, to: journal)
                try await Self.append(13, .sample(.started), at: -99, to: journal)
                for (number, outcome) in [(14, Decision.Outcome.ignored), (15, .denied), (16, .dryRun)] {
                    _ = try await journal.append(.sample(number, at: Self.old, runs: .nothing(outcome)))
                }
                try await Self.prune(journal, before: -100)
                let kept = try await journal.deliveries(DeliveryQuery()).map(\.id)
                #expect(kept == [13, 12, 10, 5, 4, 3, 2].map(id))
                #expect(try await journal.delivery(id(1)) == nil)
            }
        }

        @Test("A delivery with several runs is over when all are", arguments: JournalKind.allCases)
        func several(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, at: Self.old, runs: .matched(1, 2)))
                let runs = try await journal.lease(limit: 2, now: moment(0), until: moment(60)).runs
                #expect(try await journal.finish(runs[0].lease, .sample(.started)))
                #expect(try await journal.finish(runs[1].lease, .sample(.dead, isUncertain: true)))
                try await Self.prune(journal, before: -100)
                #expect(try await journal.runs(of: 1).count == 2)
            }
        }

        @Test("With a delivery goes the past of its runs", arguments: JournalKind.allCases)
        func history(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await Self.append(1, .sample(.started), to: journal)
                let run = try #require(try await journal.runs(of: 1).first)
                #expect(try await journal.history(of: run.id).count == 1)
                try await Self.prune(journal, before: -100)
                #expect(try await journal.history(of: run.id) == [])
            }
        }

        @Test(
            "Keys are dropped when they have expired, whatever becomes of their delivery",
            arguments: JournalKind.allCases)
        func keys(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("gone")], expire: 100))
                _ = try await journal.append(.sample(2, keys: [.id("alive")], expire: 300))
                try await Self.prune(journal, before: -100, now: 200)
                #expect(try await journal.append(.sample(3, keys: [.id("gone")], at: 50)) == .accepted(id(3)))
                #expect(try await journal.append(.sample(4, keys: [.id("alive")], at: 50)) == .duplicate(id(2)))
                #expect(try await journal.delivery(id(1))?.id == id(1))
            }
        }

        @Test("A claim outlives its run, until it is old itself", arguments: JournalKind.allCases)
        func claims(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, at: Self.old))
                let run = try await journal.leaseOne()
                #expect(try await journal.commit(.sample(run, 4)) == .committed)
                #expect(try await journal.finish(run.lease, .sample(.started)))
                try await Self.prune(journal, before: -100)
                #expect(try await journal.delivery(id(1)) == nil)
                #expect(try await journal.claims(on: .sample(41)) == [4])
                try await Self.prune(journal, before: 9000)
                #expect(try await journal.claims(on: .sample(41)) == [])
            }
        }

        @Test("The claim of a run that was dropped is nobody else's", arguments: JournalKind.allCases)
        func foreignClaim(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, at: Self.old))
                let first = try await journal.leaseOne()
                #expect(try await journal.commit(.sample(first, 4)) == .committed)
                #expect(try await journal.finish(first.lease, .sample(.started)))
                try await Self.prune(journal, before: -100)
                _ = try await journal.append(.sample(2))
                let second = try await journal.leaseOne()
                #expect(try await journal.commit(.sample(second, 4)) == .claimTaken)
                #expect(try await journal.finish(second.lease, .sample(.refused, releasesClaim: true)))
                #expect(try await journal.claims(on: .sample(41)) == [4])
            }
        }

        @Test("The claim of a run that is still there is kept, however old", arguments: JournalKind.allCases)
        func oldClaim(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, at: Self.old))
                let run = try await journal.leaseOne()
                #expect(try await journal.commit(.sample(run, 4)) == .committed)
                #expect(try await journal.finish(run.lease, .sample(.dead, isUncertain: true)))
                try await Self.prune(journal, before: 9000)
                #expect(try await journal.claims(on: .sample(41)) == [4])
            }
        }

        @Test("It goes in small batches", arguments: JournalKind.allCases)
        func batches(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...250 {
                    _ = try await journal.append(
                        .sample(number, keys: [.id("\(number)")], expire: -1, at: Self.old, runs: .nothing(.ignored)))
                }
                #expect(try await journal.prune(before: moment(-100), now: moment(0)))
                let left = try await journal.deliveries(DeliveryQuery(limit: 999)).count
                #expect((1..<250).contains(left))
                try await Self.prune(journal, before: -100)
                #expect(try await journal.deliveries(DeliveryQuery()).isEmpty)
                #expect(!(try await journal.prune(before: moment(-100), now: moment(0))))
            }
        }

        @Test("The backlog counts what has not come to an end, and since when", arguments: JournalKind.allCases)
        func backlog(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                #expect(try await journal.backlog().pending == 0)
                #expect(try await journal.backlog().oldest == nil)
                _ = try await journal.append(.sample(1, at: 1, runs: .matched(1, 2)))
                _ = try await journal.append(.sample(2, at: 2))
                _ = try await journal.append(.sample(3, at: 0, runs: .refused(1)))
                #expect(try await journal.backlog().pending == 3)
                #expect(try await journal.backlog().oldest == moment(1))
                for run in try await journal.lease(limit: 2, now: moment(1), until: moment(60)).runs {
                    #expect(try await journal.backlog().oldest == moment(1))
                    #expect(try await journal.finish(run.lease, .sample(.started)))
                }
                #expect(try await journal.backlog().pending == 1)
                #expect(try await journal.backlog().oldest == moment(2))
                try await journal.check()
                #expect(try await journal.deliveries(DeliveryQuery()).count == 3)
            }
        }
    }
}
