import Foundation
import JournalStore
import TestSupport
import Testing

@testable import Bridge

/// Whatever is asked of them in whatever order, the real journals answer as the one in memory does.
@Suite("The journals beside their model", .timeLimit(.minutes(5)))
struct ModelTests {
    private static let steps = 120

    private static func walk(_ model: any TestedJournal, _ tested: any TestedJournal, seed: UInt64) async throws {
        var walk = JournalWalk(model, tested, seed: seed)
        for _ in 1...steps { try await walk.step() }
        try await walk.compare()
        try await walk.pruneAll()
        try await walk.compare()
    }

    @Test("SQLite", arguments: seeds.prefix(100))
    func sqlite(_ seed: UInt64) async throws {
        try await JournalKind.sqlite.run { journal async throws in
            try await Self.walk(MemoryJournal(), journal, seed: seed)
        }
    }

    @Test("PostgreSQL", .enabled(if: PostgreSQLServer.programs != nil), arguments: seeds.prefix(10))
    func postgreSQL(_ seed: UInt64) async throws {
        try await JournalKind.postgreSQL.run { journal async throws in
            try await Self.walk(MemoryJournal(), journal, seed: seed)
        }
    }

    @Test("The walks come by everything that can become of a delivery")
    func coverage() async throws {
        var outcomes: Set<DeliveryOutcome> = []
        var receipts: Set<String> = []
        var errors: Set<RunError.Code> = []
        var isUncertain = false
        for seed in seeds.prefix(60) {
            let journal = MemoryJournal()
            var walk = JournalWalk(journal, MemoryJournal(), seed: seed)
            for step in 1...Self.steps {
                try await walk.step()
                guard step.isMultiple(of: 10) else { continue }
                for delivery in try await journal.deliveries(DeliveryQuery()) {
                    outcomes.insert(delivery.outcome)
                    errors.formUnion(delivery.runs.compactMap(\.error?.code))
                    isUncertain = isUncertain || delivery.runs.contains(where: \.isUncertain)
                }
            }
            receipts.formUnion(walk.receipts.map { String("\($0)".prefix { $0 != "(" }) })
        }
        #expect(outcomes == Set(DeliveryOutcome.allCases))
        #expect(receipts == ["accepted", "duplicate", "redelivered", "forgotten"])
        #expect(errors.isSuperset(of: [.overrun, .coalesced, .throttled, .noToken]))
        #expect(isUncertain)
    }
}
