import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    /// DESIGN §6.5.
    @Suite("Redelivery by today's rules")
    struct RerouteTests {
        typealias Way = RedeliveryTests.Way

        @Test(
            "What ran nothing is routed by today's rules", arguments: JournalKind.allCases,
            [
                Decision.Outcome.ignored, .denied, .dryRun,
            ])
        func ranNothing(_ kind: JournalKind, _ outcome: Decision.Outcome) async throws {
            for way in Way.allCases {
                try await kind.run { journal async throws in
                    _ = try await journal.append(.sample(1, keys: [.id("a")], runs: .nothing(outcome)))
                    let today = RecordedDecision.matched(5, 6)
                    #expect(try await way.redeliver(today, journal) == .redelivered(id(1)))
                    let delivery = try #require(try await journal.delivery(id(1)))
                    #expect(delivery.decision == .matched)
                    #expect(delivery.trace == today.trace)
                    #expect(delivery.rules == today.rules)
                    #expect(delivery.runs.map(\.target) == [.sample(5), .sample(6)])
                    #expect(delivery.runs.map(\.route) == ["route-5", "route-6"])
                    #expect(delivery.runs.map(\.budgetStart) == [moment(500), moment(500)])
                    #expect(delivery.receivedAt == moment(0))
                    #expect(try await journal.outcome(of: 1) == .pending)
                    #expect(try await journal.lease(limit: 9, now: moment(500), until: moment(560)).runs.count == 2)
                }
            }
        }

        @Test(
            "Where today's rules run nothing either, it is a duplicate", arguments: JournalKind.allCases,
            [
                Decision.Outcome.ignored, .denied, .dryRun,
            ])
        func nothingToday(_ kind: JournalKind, _ outcome: Decision.Outcome) async throws {
            for way in Way.allCases {
                try await kind.run { journal async throws in
                    _ = try await journal.append(.sample(1, keys: [.id("a")], runs: .nothing(.ignored)))
                    #expect(try await way.redeliver(.nothing(outcome), journal) == .duplicate(id(1)))
                    #expect(try await journal.delivery(id(1))?.rules == "v-ignored")
                }
                try await kind.run { journal async throws in
                    let before = try await RedeliveryTests.append([.refused, .dead], to: journal)
                    #expect(try await way.redeliver(.nothing(outcome), journal) == .duplicate(id(1)))
                    #expect(try await journal.runs(of: 1).map(\.state) == before.map(\.state))
                    #expect(try await journal.outcome(of: 1) == .dead)
                }
            }
        }

        @Test(
            "A failed run whose target today's rules give again goes on, with its past", arguments: JournalKind.allCases
        )
        func continued(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let before = try await RedeliveryTests.append([.refused, .dead], to: journal)
                #expect(
                    try await journal.append(.sample(2, keys: [.id("a")], at: 500, runs: .matched(1, 9)))
                        == .redelivered(id(1)))
                let after = try await journal.runs(of: 1)
                let same = try #require(after.first { $0.target == .sample(1) })
                #expect(after.count == 2)
                #expect(same.id == before[1].id)
                #expect(same.attempts == 1)
                #expect(same.budgetStart == moment(500))
                #expect(try await journal.history(of: same.id).map(\.step) == ["dead"])
                let new = try #require(after.first { $0.target == .sample(9) })
                #expect(new.attempts == 0)
                #expect(try await journal.history(of: new.id) == [])
            }
        }

        @Test("A run that replaces another does not answer to the old one's lease", arguments: JournalKind.allCases)
        func replaced(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("a")]))
                let stale = try await journal.leaseOne(until: 10)
                let holder = try await journal.leaseOne(at: 11)
                #expect(try await journal.finish(holder.lease, .sample(.refused, releasesClaim: true)))
                _ = try await journal.append(.sample(2, keys: [.id("a")], at: 20, runs: .matched(9)))
                let run = try await journal.leaseOne(at: 20)
                #expect(run.target == .sample(9))
                #expect(!(try await journal.renew(stale.lease, until: moment(90))))
                #expect(!(try await journal.finish(stale.lease, .sample(.started))))
                #expect(try await journal.runs(of: 1).map(\.state) == [.running])
            }
        }

        @Test("A run that today's rules refuse is not tried", arguments: JournalKind.allCases)
        func refusedToday(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("a")], runs: .nothing(.ignored)))
                _ = try await journal.append(.sample(2, keys: [.id("a")], at: 500, runs: .refused(5)))
                #expect(try await journal.outcome(of: 1) == .refused)
                #expect(try await journal.runs(of: 1).map(\.error?.code) == [.noToken])
                _ = try await journal.append(.sample(3, keys: [.id("a")], at: 600, runs: .refused(5)))
                #expect(try await journal.outcome(of: 1) == .refused)
                #expect(try await journal.runs(of: 1).map(\.state) == [.refused])
                #expect(try await journal.lease(limit: 9, now: moment(900), until: moment(960)).runs.isEmpty)
            }
        }

        @Test("There is no such delivery", arguments: JournalKind.allCases)
        func unknown(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                #expect(try await journal.redeliver(id(1), as: .matched(1), at: moment(0)) == nil)
                #expect(try await journal.lease(limit: 9, now: moment(0), until: moment(60)).runs.isEmpty)
            }
        }
    }
}
