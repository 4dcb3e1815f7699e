import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    @Suite("Many at once")
    struct ConcurrencyTests {
        /// What each of `count` tasks gives, all of them started at once.
        private static func all<Value: Sendable>(
            _ count: Int, _ work: @escaping @Sendable (Int) async throws -> Value
        ) async throws -> [Value] {
            try await withThrowingTaskGroup(of: Value.self) { group in
                for number in 1...count { group.addTask { try await work(number) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
        }

        @Test(
            "Of a hundred with one key, one is accepted and the others are its duplicates",
            arguments: JournalKind.allCases)
        func equalKeys(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let receipts = try await Self.all(100) { number in
                    try await journal.append(.sample(number, keys: [.id("a"), .body("\(number)")]))
                }
                let accepted = receipts.filter { if case .accepted = $0 { true } else { false } }
                let winner = try #require(accepted.first).id
                #expect(accepted.count == 1)
                #expect(receipts.filter { $0 == .duplicate(winner) }.count == 99)
                #expect(try await journal.deliveries(DeliveryQuery(limit: 999)).map(\.id) == [winner])
                #expect(try await journal.backlog().pending == 1)
            }
        }

        @Test("A hundred different ones are all accepted", arguments: JournalKind.allCases)
        func different(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let receipts = try await Self.all(100) { number in
                    try await journal.append(.sample(number, keys: [.id("\(number)")]))
                }
                #expect(Set(receipts.map(\.id)) == Set((1...100).map(id)))
                #expect(receipts.allSatisfy { if case .accepted = $0 { true } else { false } })
                #expect(try await journal.deliveries(DeliveryQuery(limit: 999)).count == 100)
            }
        }

        @Test("One that cannot be kept fails alone", arguments: JournalKind.allCases)
        func oneBad(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(50))
                let isKept = try await Self.all(100) { number in
                    (try? await journal.append(.sample(number, keys: [.id("\(number)")]))) != nil
                }
                #expect(isKept.filter { !$0 }.count == 1)
                #expect(try await journal.deliveries(DeliveryQuery(limit: 999)).count == 100)
            }
        }

        @Test("No run is leased twice", arguments: JournalKind.allCases)
        func leases(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...30 { _ = try await journal.append(.sample(number)) }
                let leased = try await Self.all(20) { _ in
                    try await journal.lease(limit: 3, now: moment(0), until: moment(60)).runs
                }.flatMap(\.self)
                #expect(leased.count == 30)
                #expect(Set(leased.map(\.id)).count == 30)
                #expect(leased.allSatisfy { $0.leaseNumber == 1 })
            }
        }

        @Test("One run wins an execution", arguments: JournalKind.allCases)
        func claims(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...30 { _ = try await journal.append(.sample(number)) }
                let runs = try await journal.lease(limit: 30, now: moment(0), until: moment(60)).runs
                try #require(runs.count == 30)
                let results = try await Self.all(30) { number in try await journal.commit(.sample(runs[number - 1], 4))
                }
                #expect(results.filter { $0 == .committed }.count == 1)
                #expect(results.filter { $0 == .claimTaken }.count == 29)
            }
        }

        @Test("Who takes a lapsed run over shuts its old holder out", arguments: JournalKind.allCases)
        func takeover(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for number in 1...20 { _ = try await journal.append(.sample(number)) }
                let old = try await journal.lease(limit: 20, now: moment(0), until: moment(10)).runs
                let new = try await journal.lease(limit: 20, now: moment(10), until: moment(60)).runs
                try #require(old.count == 20 && new.count == 20)
                let finished = try await Self.all(40) { number in
                    let holder = number <= 20 ? old[number - 1] : new[number - 21]
                    return try await journal.finish(holder.lease, .sample(number <= 20 ? .dead : .started))
                }
                #expect(finished.filter(\.self).count == 20)
                #expect(try await journal.deliveries(DeliveryQuery(outcome: .started)).count == 20)
            }
        }

        @Test(
            "A failed delivery that comes again several times at once is redelivered once",
            arguments: JournalKind.allCases)
        func redeliveries(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, keys: [.id("a")]))
                let run = try await journal.leaseOne()
                #expect(try await journal.finish(run.lease, .sample(.dead)))
                let receipts = try await Self.all(20) { number in
                    try await journal.append(.sample(1 + number, keys: [.id("a")], at: 5))
                }
                #expect(receipts.filter { $0 == .redelivered(id(1)) }.count == 1)
                #expect(receipts.filter { $0 == .duplicate(id(1)) }.count == 19)
                #expect(try await journal.runs(of: 1).count == 1)
            }
        }

        @Test("A request that is cancelled cancels its wait, not what it asked for", arguments: JournalKind.allCases)
        func cancelled(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let task = Task {
                    withUnsafeCurrentTask { $0?.cancel() }
                    return try? await journal.append(.sample(1, keys: [.id("a")]))
                }
                _ = await task.value
                #expect(try await journal.append(.sample(2, keys: [.id("a")])) == .duplicate(id(1)))
            }
        }
    }
}
