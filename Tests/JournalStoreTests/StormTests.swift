import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    /// `overrun`, `concurrency_key` and `throttle` of a route.
    @Suite("Storms")
    struct StormTests {
        private static func turn(
            _ overrun: StormControl.Overrun, key: String = "web", throttle: StormControl.Throttle? = nil
        ) -> RecordedDecision {
            var decision = RecordedDecision.matched(41)
            decision.runs[0].turn = Turn(key: key, overrun: overrun, throttle: throttle)
            return decision
        }

        private static func run(_ journal: any TestedJournal, _ number: Int) async throws -> Run {
            try #require(try await journal.runs(of: number).first)
        }

        @Test("A key may hold whatever a sender sends, and an id be as long", arguments: JournalKind.allCases)
        func oddKeys(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let long = String(repeating: "0123456789abcdef", count: 2000)
                for number in 1...2 {
                    _ = try await journal.append(
                        .sample(number, senderID: "\(long)\(number)", runs: Self.turn(.skip, key: "a\0b\u{1}")))
                }
                #expect(try await journal.outcome(of: 1) == .pending)
                #expect(try await journal.outcome(of: 2) == .skipped)
                #expect(try await journal.knows(senderID: "\(long)1", source: "github"))
                #expect(!(try await journal.knows(senderID: "\(long)3", source: "github")))
                #expect(try await journal.leaseOne().turn?.key == "a\0b\u{1}")
            }
        }

        @Test("parallel: nobody waits for anybody", arguments: JournalKind.allCases)
        func parallel(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...3 { _ = try await journal.append(.sample(number, runs: Self.turn(.parallel))) }
                #expect(try await journal.lease(limit: 9, now: moment(0), until: moment(60)).runs.count == 3)
            }
        }

        @Test(
            "serial: one after the other, in the order of receipt; other keys go their own way",
            arguments: JournalKind.allCases)
        func serial(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...3 { _ = try await journal.append(.sample(number, runs: Self.turn(.serial))) }
                _ = try await journal.append(.sample(4, runs: Self.turn(.serial, key: "shop")))
                var leased = try await journal.lease(limit: 9, now: moment(0), until: moment(60))
                #expect(leased.runs.map(\.delivery) == [id(1), id(4)])
                // Those that wait for their turn are not due: somebody's end makes them so.
                #expect(leased.nextDue == moment(60))
                // A retry keeps its turn.
                #expect(try await journal.finish(leased.runs[0].lease, .sample(.pending, next: 50)))
                #expect(try await journal.lease(limit: 9, now: moment(10), until: moment(60)).runs.isEmpty)
                leased = try await journal.lease(limit: 9, now: moment(50), until: moment(90))
                #expect(leased.runs.map(\.delivery) == [id(1)])
                #expect(try await journal.finish(leased.runs[0].lease, .sample(.dead)))
                leased = try await journal.lease(limit: 9, now: moment(50), until: moment(90))
                #expect(leased.runs.map(\.delivery) == [id(2)])
                #expect(leased.runs.first?.turn == Turn(key: "web", overrun: .serial))
            }
        }

        @Test("serial: the runs of one delivery do not wait for each other", arguments: JournalKind.allCases)
        func oneDelivery(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                var decision = RecordedDecision.matched(41, 42)
                for position in 0...1 { decision.runs[position].turn = Turn(key: "web", overrun: .serial) }
                for number in 1...2 { _ = try await journal.append(.sample(number, runs: decision)) }
                let leased = try await journal.lease(limit: 9, now: moment(0), until: moment(60)).runs
                #expect(leased.map(\.delivery) == [id(1), id(1)])
            }
        }

        @Test("serial: who is redelivered waits for who runs meanwhile", arguments: JournalKind.allCases)
        func redelivered(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...2 {
                    _ = try await journal.append(.sample(number, keys: [.id("\(number)")], runs: Self.turn(.serial)))
                }
                let first = try await journal.leaseOne()
                #expect(try await journal.finish(first.lease, .sample(.dead)))
                let second = try await journal.leaseOne()
                #expect(second.delivery == id(2))
                #expect(try await journal.append(.sample(3, keys: [.id("1")])) == .redelivered(id(1)))
                #expect(try await journal.lease(limit: 9, now: moment(1), until: moment(60)).runs.isEmpty)
                #expect(try await journal.finish(second.lease, .sample(.started)))
                #expect(try await journal.leaseOne(at: 1).delivery == id(1))
            }
        }

        @Test("skip: not run while another is under way, and it says so", arguments: JournalKind.allCases)
        func skip(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...2 {
                    _ = try await journal.append(.sample(number, keys: [.id("\(number)")], runs: Self.turn(.skip)))
                }
                #expect(try await journal.outcome(of: 2) == .skipped)
                let skipped = try await Self.run(journal, 2)
                #expect(skipped.error?.code == .overrun)
                #expect(skipped.error?.message == "skipped, because delivery \(id(1)) is under way")
                let first = try await journal.leaseOne()
                #expect(try await journal.finish(first.lease, .sample(.started)))
                _ = try await journal.append(.sample(3, runs: Self.turn(.skip)))
                #expect(try await journal.outcome(of: 3) == .pending)
                // The sender's repetition changes nothing; somebody who wants it all the same does.
                #expect(try await journal.append(.sample(4, keys: [.id("2")])) == .duplicate(id(2)))
                #expect(try await journal.redeliver(id(2), as: Self.turn(.skip), at: moment(5)) == .redelivered(id(2)))
                let leased = try await journal.lease(limit: 9, now: moment(5), until: moment(60)).runs
                #expect(leased.map(\.delivery) == [id(2)])
                #expect(try await journal.finish(leased[0].lease, .sample(.started)))
                #expect(try await journal.leaseOne(at: 5).delivery == id(3))
            }
        }

        @Test(
            "coalesce: the latest stands for those that wait, not for one that is at work",
            arguments: JournalKind.allCases)
        func coalesce(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, runs: Self.turn(.coalesce)))
                let first = try await journal.leaseOne()
                for number in 2...4 { _ = try await journal.append(.sample(number, runs: Self.turn(.coalesce))) }
                #expect(try await journal.outcome(of: 1) == .pending)
                for number in 2...3 {
                    #expect(try await journal.outcome(of: number) == .coalesced)
                    let run = try await Self.run(journal, number)
                    #expect(run.error?.code == .coalesced)
                    #expect(run.error?.message == "delivery \(id(number + 1)) came later and stands for it")
                }
                #expect(try await journal.lease(limit: 9, now: moment(1), until: moment(60)).runs.isEmpty)
                #expect(try await journal.finish(first.lease, .sample(.started)))
                #expect(try await journal.leaseOne(at: 1).delivery == id(4))
            }
        }

        @Test(
            "coalesce: one that was looked after gives way when it goes back to waiting",
            arguments: JournalKind.allCases)
        func overtaken(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, runs: Self.turn(.coalesce)))
                let first = try await journal.leaseOne()
                _ = try await journal.append(.sample(2, runs: Self.turn(.coalesce)))
                #expect(try await journal.finish(first.lease, .sample(.pending, next: 5)))
                #expect(try await journal.outcome(of: 1) == .coalesced)
                #expect(try await journal.leaseOne(at: 9).delivery == id(2))
            }
        }

        @Test("coalesce: what may have been PATCHed never gives way", arguments: JournalKind.allCases)
        func uncertain(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, runs: Self.turn(.coalesce)))
                let first = try await journal.leaseOne()
                #expect(try await journal.commit(.sample(first, 4)) == .committed)
                #expect(try await journal.finish(first.lease, .sample(.pending, next: 5, isUncertain: true)))
                _ = try await journal.append(.sample(2, runs: Self.turn(.coalesce)))
                #expect(try await journal.outcome(of: 1) == .pending)
                #expect(try await journal.leaseOne(at: 5).delivery == id(1))
            }
        }

        @Test("What has been started occupies its key until it is seen to be over", arguments: JournalKind.allCases)
        func occupied(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...2 { _ = try await journal.append(.sample(number, runs: Self.turn(.serial))) }
                let first = try await journal.leaseOne()
                #expect(try await journal.commit(.sample(first, 4)) == .committed)
                var ending = AttemptEnding.sample(.started)
                ending.occupies = true
                #expect(try await journal.finish(first.lease, ending))
                let second = try await journal.leaseOne()
                let occupants = try await journal.occupants(before: second)
                #expect(occupants.map(\.id) == [first.id])
                #expect(occupants.first?.execution == 4)
                #expect(try await journal.occupants(before: try await Self.run(journal, 1)).isEmpty)
                try await journal.vacate(first.id)
                #expect(try await journal.occupants(before: second).isEmpty)
            }
        }

        @Test(
            "throttle: so many within a sliding time; what was not run does not count", arguments: JournalKind.allCases)
        func throttle(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let decision = Self.turn(.parallel, throttle: .init(runs: 2, per: .seconds(60)))
                for (number, seconds) in [(1, 0.0), (2, 10), (3, 20), (4, 59), (5, 60), (6, 61), (7, 70)] {
                    _ = try await journal.append(.sample(number, at: seconds, runs: decision))
                }
                var outcomes: [DeliveryOutcome] = []
                for number in 1...7 { outcomes.append(try await journal.outcome(of: number)) }
                #expect(outcomes == [.pending, .pending, .skipped, .skipped, .pending, .skipped, .pending])
                let error = try await Self.run(journal, 3).error
                #expect(error?.code == .throttled)
                #expect(error?.message.hasSuffix("the next may be at \(Timestamp.text(moment(60)))") == true)
                _ = try await journal.append(
                    .sample(
                        8, at: 71, runs: Self.turn(.parallel, key: "shop", throttle: .init(runs: 1, per: .seconds(60))))
                )
                #expect(try await journal.outcome(of: 8) == .pending)
            }
        }

        @Test(
            "Of many at once as many are let in as the throttle allows, and one that skips",
            arguments: JournalKind.allCases)
        func atOnce(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    for number in 1...40 {
                        group.addTask {
                            let throttle = StormControl.Throttle(runs: 5, per: .seconds(60))
                            let decision =
                                number <= 20
                                ? Self.turn(.parallel, throttle: throttle) : Self.turn(.skip, key: "shop")
                            _ = try await journal.append(.sample(number, runs: decision))
                        }
                    }
                    try await group.waitForAll()
                }
                let pending = try await journal.deliveries(DeliveryQuery(outcome: .pending, limit: 99)).map(\.id)
                #expect(pending.filter { $0 <= id(20) }.count == 5)
                #expect(pending.filter { $0 > id(20) }.count == 1)
            }
        }
    }
}
