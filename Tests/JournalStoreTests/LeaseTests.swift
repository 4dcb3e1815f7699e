import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    /// DESIGN §6.7.
    @Suite("Leases")
    struct LeaseTests {
        @Test("A run is leased when it is due, not before, and to one holder", arguments: JournalKind.allCases)
        func due(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, at: 10))
                let early = try await journal.lease(limit: 9, now: moment(9.999), until: moment(60))
                #expect(early.runs.isEmpty)
                #expect(early.nextDue == moment(10))
                let run = try await journal.leaseOne(at: 10, until: 70)
                #expect(run.state == .running)
                #expect(run.delivery == id(1))
                #expect(run.route == "route-41")
                #expect(run.buddy == "https://b")
                #expect(run.target == .sample(41))
                #expect(run.attempts == 1)
                #expect(run.leaseNumber == 1)
                #expect(run.budgetStart == moment(10))
                #expect(!run.patchSent && !run.isUncertain && run.execution == nil && run.error == nil)
                let late = try await journal.lease(limit: 9, now: moment(69.999), until: moment(99))
                #expect(late.runs.isEmpty)
            }
        }

        @Test("The longest due come first, up to the limit", arguments: JournalKind.allCases)
        func order(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                for (number, seconds) in [(1, 3.0), (2, 1), (3, 2), (4, 50)] {
                    _ = try await journal.append(.sample(number, at: seconds))
                }
                let first = try await journal.lease(limit: 2, now: moment(10), until: moment(70))
                #expect(first.runs.map(\.delivery) == [id(2), id(3)])
                #expect(first.nextDue == moment(3))
                let second = try await journal.lease(limit: 2, now: moment(10), until: moment(70))
                #expect(second.runs.map(\.delivery) == [id(1)])
                #expect(second.nextDue == moment(50))
            }
        }

        @Test("A limit of nothing leases nothing", arguments: JournalKind.allCases)
        func noLimit(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let leased = try await journal.lease(limit: 0, now: moment(5), until: moment(60))
                #expect(leased.runs.isEmpty)
                // Who has no room waits for room, not for runs.
                #expect(leased.nextDue == nil)
                #expect(try await journal.runs(of: 1).map(\.leaseNumber) == [0])
            }
        }

        @Test("Where nothing waits, nothing is due next", arguments: JournalKind.allCases)
        func nothing(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                #expect(try await journal.lease(limit: 9, now: moment(0), until: moment(60)).nextDue == nil)
                _ = try await journal.append(.sample(1, runs: .nothing(.denied)))
                _ = try await journal.append(.sample(2, runs: .refused(1)))
                _ = try await journal.append(.sample(3))
                let run = try await journal.leaseOne()
                #expect(try await journal.finish(run.lease, .sample(.started)))
                let leased = try await journal.lease(limit: 9, now: moment(900), until: moment(960))
                #expect(leased.runs.isEmpty)
                #expect(leased.nextDue == nil)
            }
        }

        @Test(
            "A held run is due next when its lease ends: somebody must take it over then",
            arguments: JournalKind.allCases)
        func heldIsDue(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                #expect(try await journal.lease(limit: 9, now: moment(0), until: moment(60)).nextDue == moment(60))
                _ = try await journal.append(.sample(2, at: 80))
                #expect(try await journal.lease(limit: 9, now: moment(1), until: moment(61)).nextDue == moment(60))
            }
        }

        @Test("A lease that has run out is taken over, with what its holder had done", arguments: JournalKind.allCases)
        func takeover(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let lost = try await journal.leaseOne(until: 60)
                let seen = Execution(id: 4, status: "INITIAL")
                #expect(try await journal.commit(.sample(lost, 4, until: 60, seen: seen)) == .committed)
                let run = try await journal.leaseOne(at: 60, until: 120)
                #expect(run.id == lost.id)
                #expect(run.leaseNumber == lost.leaseNumber + 1)
                #expect(run.attempts == 2)
                #expect(run.patchSent)
                #expect(run.execution == 4)
                #expect(run.firstLook == seen)
                #expect(run.pipelineNumber == 41)
            }
        }

        @Test("A lease can be made longer while it is held", arguments: JournalKind.allCases)
        func renew(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let run = try await journal.leaseOne(until: 60)
                #expect(try await journal.renew(run.lease, until: moment(100)))
                #expect(try await journal.lease(limit: 9, now: moment(99), until: moment(160)).runs.isEmpty)
                #expect(try await journal.lease(limit: 9, now: moment(100), until: moment(160)).runs.count == 1)
                #expect(!(try await journal.renew(run.lease, until: moment(200))))
                #expect(try await journal.lease(limit: 9, now: moment(160), until: moment(260)).runs.count == 1)
            }
        }

        @Test("A commit of a look holds the run for longer", arguments: JournalKind.allCases)
        func commitHolds(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let run = try await journal.leaseOne(until: 60)
                #expect(try await journal.commit(.sample(run, 4, until: 130)) == .committed)
                #expect(try await journal.lease(limit: 9, now: moment(129), until: moment(190)).runs.isEmpty)
                #expect(try await journal.lease(limit: 9, now: moment(130), until: moment(190)).runs.count == 1)
            }
        }

        @Test("A lease ends with its attempt", arguments: JournalKind.allCases)
        func ended(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let run = try await journal.leaseOne()
                #expect(try await journal.finish(run.lease, .sample(.pending, next: 5)))
                #expect(!(try await journal.renew(run.lease, until: moment(99))))
                #expect(!(try await journal.finish(run.lease, .sample(.started))))
                #expect(try await journal.commit(.sample(run, 4)) == .leaseLost)
                #expect(try await journal.runs(of: 1).map(\.state) == [.pending])
                #expect(try await journal.runs(of: 1).map(\.patchSent) == [false])
                #expect(try await journal.claims(on: .sample(41)) == [])
            }
        }

        @Test("Who has lost the lease writes history only", arguments: JournalKind.allCases)
        func fencing(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let stale = try await journal.leaseOne(until: 10)
                let holder = try await journal.leaseOne(at: 10, until: 20)
                #expect(!(try await journal.renew(stale.lease, until: moment(99))))
                #expect(try await journal.commit(.sample(stale, 4)) == .leaseLost)
                let ending = AttemptEnding.sample(
                    .dead, isUncertain: true, releasesClaim: true, error: RunError(code: .unknown, message: "x"),
                    seen: Execution(id: 4, status: "FAILED"), pipeline: 9, step: "stale")
                #expect(!(try await journal.finish(stale.lease, ending)))
                let run = try #require(try await journal.runs(of: 1).first)
                #expect(run.state == .running)
                #expect(run.leaseNumber == holder.leaseNumber)
                #expect(!run.patchSent && !run.isUncertain)
                #expect(run.execution == nil && run.error == nil && run.lastLook == nil && run.pipelineNumber == nil)
                #expect(try await journal.claims(on: .sample(41)) == [])
                #expect(try await journal.history(of: run.id).map(\.step) == ["patch", "stale"])
                #expect(try await journal.lease(limit: 9, now: moment(20), until: moment(80)).runs.count == 1)
            }
        }

        @Test("Who has lost the lease does not release the claim of who has it", arguments: JournalKind.allCases)
        func fencedClaim(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let stale = try await journal.leaseOne(until: 10)
                let holder = try await journal.leaseOne(at: 10, until: 20)
                #expect(try await journal.commit(.sample(holder, 4)) == .committed)
                #expect(!(try await journal.finish(stale.lease, .sample(.refused, releasesClaim: true))))
                #expect(try await journal.claims(on: .sample(41)) == [4])
            }
        }

        @Test("Nobody holds what there is not", arguments: JournalKind.allCases)
        func unknown(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let run = try await journal.leaseOne()
                let nobody = Lease(run: run.id + 1000, number: 1)
                let ahead = Lease(run: run.id, number: run.leaseNumber + 1)
                for lease in [nobody, ahead] {
                    #expect(!(try await journal.renew(lease, until: moment(99))))
                    #expect(!(try await journal.finish(lease, .sample(.started))))
                }
                #expect(try await journal.runs(of: 1).map(\.state) == [.running])
            }
        }
    }
}
