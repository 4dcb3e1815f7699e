import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    @Suite("Runs that are given back")
    struct ReleaseTests {
        private static func run(_ journal: any TestedJournal) async throws -> Run {
            try #require(try await journal.runs(of: 1).first)
        }

        @Test(
            "A run that is given back counts as not taken, and is due again when it is said",
            arguments: JournalKind.allCases)
        func givenBack(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let taken = try await journal.leaseOne(until: 60)
                #expect(try await journal.release(taken.lease, due: moment(5)))
                let run = try await Self.run(journal)
                #expect(run.state == .pending)
                #expect(run.attempts == 0)
                #expect(run.nextAttemptAt == moment(5))
                #expect(run.budgetStart == moment(0))
                #expect(run.error == nil)
                #expect(try await journal.history(of: run.id) == [])
                #expect(try await journal.outcome(of: 1) == .pending)
                let early = try await journal.lease(limit: 9, now: moment(4.999), until: moment(60))
                #expect(early.runs.isEmpty)
                #expect(early.nextDue == moment(5))
                let again = try await journal.leaseOne(at: 5)
                #expect(again.attempts == 1)
                #expect(again.leaseNumber > taken.leaseNumber)
            }
        }

        @Test("What earlier attempts have left stays", arguments: JournalKind.allCases)
        func kept(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let first = try await journal.leaseOne()
                let seen = Execution(id: 4, status: "INITIAL")
                #expect(try await journal.commit(.sample(first, 4, seen: seen)) == .committed)
                let error = RunError(code: .buddyUnavailable, message: "x")
                #expect(
                    try await journal.finish(
                        first.lease, .sample(.pending, next: 1, isUncertain: true, error: error, seen: seen)))
                let second = try await journal.leaseOne(at: 1)
                #expect(try await journal.release(second.lease, due: moment(2)))
                let run = try await Self.run(journal)
                #expect(run.attempts == 1)
                #expect(run.isUncertain && run.patchSent)
                #expect(run.execution == 4 && run.firstLook == seen && run.lastLook == seen && run.error == error)
                #expect(try await journal.claims(on: .sample(41)) == [4])
                #expect(try await journal.history(of: run.id).map(\.step) == ["patch", "pending"])
            }
        }

        @Test("Who has given a run back has it no longer", arguments: JournalKind.allCases)
        func shutOut(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let taken = try await journal.leaseOne(until: 60)
                #expect(try await journal.release(taken.lease, due: moment(5)))
                #expect(!(try await journal.release(taken.lease, due: moment(1))))
                #expect(!(try await journal.renew(taken.lease, until: moment(900))))
                #expect(try await journal.commit(.sample(taken, 4)) == .leaseLost)
                #expect(!(try await journal.finish(taken.lease, .sample(.started))))
                let run = try await Self.run(journal)
                #expect(run.state == .pending)
                #expect(run.attempts == 0)
                #expect(run.nextAttemptAt == moment(5))
                #expect(try await journal.claims(on: .sample(41)) == [])
            }
        }

        @Test("Only who has a run can give it back", arguments: JournalKind.allCases)
        func stale(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let stale = try await journal.leaseOne(until: 10)
                let holder = try await journal.leaseOne(at: 10, until: 60)
                let ahead = Lease(run: holder.id, number: holder.leaseNumber + 1)
                let nobody = Lease(run: holder.id + 1000, number: holder.leaseNumber)
                for lease in [stale.lease, ahead, nobody] {
                    #expect(!(try await journal.release(lease, due: moment(20))))
                }
                let run = try await Self.run(journal)
                #expect(run.state == .running)
                #expect(run.attempts == 2)
                #expect(run.leaseNumber == holder.leaseNumber)
                #expect(try await journal.lease(limit: 9, now: moment(59), until: moment(90)).runs.isEmpty)
                #expect(try await journal.finish(holder.lease, .sample(.started)))
                #expect(!(try await journal.release(holder.lease, due: moment(20))))
                #expect(try await journal.outcome(of: 1) == .started)
            }
        }
    }
}
