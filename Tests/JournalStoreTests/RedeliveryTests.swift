import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    /// DESIGN §6.5.
    @Suite("Redelivery")
    struct RedeliveryTests {
        /// What has become of a run before the delivery comes again.
        enum Fate: Sendable {
            case pending, running, started, already_running, uncertain
            case uncertainDead, refused, nothing_scheduled, dead
        }

        enum Way: CaseIterable, Sendable {
            /// The sender sends it again.
            case webhook
            /// Somebody asks for it by its id.
            case byHand

            func redeliver(_ decision: RecordedDecision, _ journal: any TestedJournal) async throws -> Receipt? {
                switch self {
                case .webhook: try await journal.append(.sample(2, keys: [.id("a")], at: 500, runs: decision))
                case .byHand: try await journal.redeliver(id(1), as: decision, at: moment(500))
                }
            }
        }

        struct Row: Sendable, CustomTestStringConvertible {
            var way: Way
            var fates: [Fate]
            /// Which runs are tried again as they were; nil where today's rules decide.
            var again: [Int]?

            var testDescription: String { "\(way): \(fates)" }
        }

        static let rows: [Row] = Way.allCases.flatMap { way in
            [
                ([.pending], []), ([.running], []), ([.started], []), ([.already_running], []), ([.uncertain], []),
                ([.started, .already_running], []), ([.uncertainDead], [0]),
                ([.pending, .refused], [1]), ([.running, .dead], [1]), ([.already_running, .nothing_scheduled], [1]),
                ([.uncertain, .refused], [1]), ([.uncertainDead, .refused], [0, 1]),
                ([.started, .refused, .nothing_scheduled, .dead], [1, 2, 3]),
                ([.refused], nil), ([.nothing_scheduled], nil), ([.dead], nil),
                ([.refused, .nothing_scheduled, .dead], nil),
            ].map { (row: ([Fate], [Int]?)) in Row(way: way, fates: row.0, again: row.1) }
        }

        /// A delivery whose runs have met these fates. Run `n` is for pipeline `n`, and PATCHed execution `n` if any.
        static func append(_ fates: [Fate], to journal: any TestedJournal) async throws -> [Run] {
            var decision = RecordedDecision.matched()
            for number in fates.indices { decision.runs += RecordedDecision.matched(number).runs }
            _ = try await journal.append(.sample(1, keys: [.id("a")], runs: decision))
            for run in try await journal.lease(limit: 9, now: moment(0), until: moment(60)).runs {
                let number = try #require((0..<fates.count).first { run.target == .sample($0) })
                func look() async throws {
                    let look = Look.sample(
                        run, number, seen: Execution(id: number, status: "INITIAL"), pipeline: number)
                    #expect(try await journal.commit(look) == .committed)
                }
                let error = RunError(code: .buddyUnavailable, message: "before")
                let ending: AttemptEnding? =
                    switch fates[number] {
                    case .pending: .sample(.pending, next: 30, error: error)
                    case .running: nil
                    case .started: .sample(.started)
                    case .already_running: .sample(.already_running)
                    case .uncertain: .sample(.pending, next: 30, isUncertain: true, error: error)
                    case .uncertainDead: .sample(.dead, isUncertain: true, error: error)
                    case .refused: .sample(.refused, releasesClaim: true, error: error)
                    case .nothing_scheduled: .sample(.nothing_scheduled, releasesClaim: true, error: error)
                    case .dead: .sample(.dead, releasesClaim: true, error: error)
                    }
                if [.started, .uncertain, .uncertainDead].contains(fates[number]) { try await look() }
                if let ending { #expect(try await journal.finish(run.lease, ending)) }
            }
            return try await journal.runs(of: 1)
        }

        @Test("What is tried again depends on what became of it", arguments: JournalKind.allCases, rows)
        func table(_ kind: JournalKind, _ row: Row) async throws {
            try await kind.run { journal async throws in
                let before = try await Self.append(row.fates, to: journal)
                let today = RecordedDecision.matched(77)
                let receipt = try await row.way.redeliver(today, journal)
                let after = try await journal.runs(of: 1)
                #expect(try await journal.delivery(id(2)) == nil)
                guard let again = row.again else {
                    #expect(receipt == .redelivered(id(1)))
                    #expect(after.map(\.target) == [.sample(77)])
                    #expect(after.map(\.state) == [.pending])
                    #expect(try await journal.delivery(id(1))?.trace == today.trace)
                    #expect(try await journal.delivery(id(1))?.rules == today.rules)
                    #expect(try await journal.outcome(of: 1) == .pending)
                    return
                }
                #expect(receipt == (again.isEmpty ? .duplicate(id(1)) : .redelivered(id(1))))
                #expect(after.map(\.id) == before.map(\.id))
                #expect(after.map(\.target) == before.map(\.target))
                #expect(try await journal.delivery(id(1))?.trace != today.trace)
                #expect(try await journal.delivery(id(1))?.rules != today.rules)
                for (number, run) in after.enumerated() {
                    guard again.contains(number) else {
                        #expect(run.state == before[number].state)
                        #expect(run.budgetStart == moment(0))
                        #expect(run.error == before[number].error)
                        continue
                    }
                    #expect(run.state == .pending)
                    #expect(run.budgetStart == moment(500))
                    #expect(run.nextAttemptAt == moment(500))
                    #expect(run.error == nil)
                    #expect(run.attempts == 1)
                    #expect(run.execution == before[number].execution)
                    #expect(run.firstLook == before[number].firstLook)
                    #expect(run.isUncertain == before[number].isUncertain)
                    #expect(run.patchSent == before[number].patchSent)
                }
                _ = try await journal.outcome(of: 1)
            }
        }
    }
}
