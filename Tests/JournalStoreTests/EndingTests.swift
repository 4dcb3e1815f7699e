import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    @Suite("How an attempt ends")
    struct EndingTests {
        @Test("A run takes what its ending says", arguments: JournalKind.allCases)
        func values(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let run = try await journal.leaseOne()
                var error = RunError(code: .severalScheduled, status: 409, message: "zwei: \"4\", \\5\n\u{1}")
                error.candidates = [.init(id: 4, delayUntil: "2026-11-24T10:00:00Z", branch: nil)]
                let seen = Execution(id: 4, status: "FAILED")
                #expect(
                    try await journal.finish(
                        run.lease,
                        .sample(.pending, next: 7.5, isUncertain: true, error: error, seen: seen, pipeline: 9)))
                let after = try #require(try await journal.runs(of: 1).first)
                #expect(after.state == .pending)
                #expect(after.nextAttemptAt == moment(7.5))
                #expect(after.isUncertain)
                #expect(after.error == error)
                #expect(after.lastLook == seen)
                #expect(after.pipelineNumber == 9)
                #expect(after.budgetStart == moment(0))
                #expect(after.attempts == 1)
            }
        }

        @Test("What an ending does not say stays, but an error", arguments: JournalKind.allCases)
        func kept(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let first = try await journal.leaseOne()
                let seen = Execution(id: 4, status: "INITIAL")
                let error = RunError(code: .buddyUnavailable, message: "x")
                #expect(
                    try await journal.finish(
                        first.lease, .sample(.pending, next: 1, error: error, seen: seen, pipeline: 9)))
                let second = try await journal.leaseOne(at: 1)
                #expect(second.error == error)
                #expect(second.attempts == 2)
                #expect(try await journal.finish(second.lease, .sample(.started)))
                let run = try #require(try await journal.runs(of: 1).first)
                #expect(run.lastLook == seen)
                #expect(run.pipelineNumber == 9)
                #expect(run.nextAttemptAt == moment(1))
                #expect(run.error == nil)
            }
        }

        @Test(
            "A PATCH counts as sent until it was certainly refused", arguments: JournalKind.allCases,
            [
                (Run.State.started, false, true), (.pending, true, true), (.dead, true, true), (.pending, false, false),
                (.refused, false, false), (.dead, false, false),
            ])
        func patchSent(_ kind: JournalKind, _ ending: (state: Run.State, isUncertain: Bool, isSent: Bool)) async throws
        {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let run = try await journal.leaseOne()
                #expect(try await journal.commit(.sample(run, 4)) == .committed)
                #expect(
                    try await journal.finish(
                        run.lease, .sample(ending.state, next: 5, isUncertain: ending.isUncertain)))
                let after = try #require(try await journal.runs(of: 1).first)
                #expect(after.patchSent == ending.isSent)
                #expect(after.isUncertain == ending.isUncertain)
                // Once PATCHed, it is the run's for life.
                #expect(after.execution == 4)
            }
        }

        @Test(
            "A delivery's outcome follows its runs", arguments: JournalKind.allCases,
            [
                ([Run.State.started], DeliveryOutcome.started), ([.already_running], .already_running),
                ([.nothing_scheduled], .nothing_scheduled), ([.refused], .refused), ([.dead], .dead),
                ([.pending], .pending), ([.started, .nothing_scheduled], .started),
                ([.already_running, .nothing_scheduled], .already_running), ([.started, .already_running], .started),
                ([.refused, .started], .refused), ([.dead, .refused, .started], .dead), ([.pending, .dead], .pending),
            ])
        func outcomes(_ kind: JournalKind, _ row: (states: [Run.State], outcome: DeliveryOutcome)) async throws {
            try await kind.run { journal async throws in
                var decision = RecordedDecision.matched()
                for number in row.states.indices { decision.runs += RecordedDecision.matched(number).runs }
                _ = try await journal.append(.sample(1, runs: decision))
                _ = try await journal.append(.sample(2, runs: .nothing(.ignored)))
                #expect(try await journal.outcome(of: 1) == .pending)
                for (run, state) in zip(
                    try await journal.lease(limit: 9, now: moment(0), until: moment(60)).runs, row.states)
                {
                    #expect(try await journal.outcome(of: 1) == .pending)
                    #expect(try await journal.finish(run.lease, .sample(state, next: state == .pending ? 30 : nil)))
                }
                #expect(try await journal.outcome(of: 1) == row.outcome)
                #expect(try await journal.outcome(of: 2) == .ignored)
            }
        }

        @Test(
            "A delivery without runs has the outcome of its decision", arguments: JournalKind.allCases,
            [
                (Decision.Outcome.ignored, DeliveryOutcome.ignored), (.denied, .denied), (.dryRun, .dry_run),
            ])
        func decisions(_ kind: JournalKind, _ row: (decision: Decision.Outcome, outcome: DeliveryOutcome)) async throws
        {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, runs: .nothing(row.decision)))
                #expect(try await journal.outcome(of: 1) == row.outcome)
                #expect(try await journal.delivery(id(1))?.decision == row.decision)
            }
        }

        @Test("A run that was refused at intake is refused", arguments: JournalKind.allCases)
        func refusedAtIntake(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, runs: .refused(5)))
                #expect(try await journal.outcome(of: 1) == .refused)
                let run = try #require(try await journal.runs(of: 1).first)
                #expect(run.error == RunError(code: .noToken, message: "no token"))
                #expect(run.attempts == 0)
                #expect(try await journal.lease(limit: 9, now: moment(900), until: moment(960)).runs.isEmpty)
            }
        }

        @Test("Of a run's past the last 50 steps are kept, in their order", arguments: JournalKind.allCases)
        func history(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1, runs: .matched(1, 2)))
                let runs = try await journal.lease(limit: 2, now: moment(0), until: moment(60)).runs
                let run = try #require(runs.first)
                let other = try #require(runs.last)
                #expect(try await journal.history(of: run.id) == [])
                #expect(try await journal.finish(other.lease, .sample(.started, step: "other")))
                let stale = Lease(run: run.id, number: 0)
                for number in 1...60 {
                    #expect(!(try await journal.finish(stale, .sample(.dead, step: "\(number)"))))
                    #expect(try await journal.history(of: run.id).count == min(number, 50))
                }
                #expect(try await journal.history(of: run.id).map(\.step) == (11...60).map { "\($0)" })
                #expect(try await journal.history(of: other.id).map(\.step) == ["other"])
            }
        }

        @Test("A step is kept as it was", arguments: JournalKind.allCases)
        func record(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let run = try await journal.leaseOne()
                var ending = AttemptEnding.sample(.pending, next: 9)
                ending.record = AttemptRecord(
                    at: moment(1.5), attempt: 3, step: "retry", execution: 4, status: "INITIAL",
                    error: RunError(code: .buddyUnavailable, status: 503, message: "später"))
                #expect(try await journal.finish(run.lease, ending))
                #expect(try await journal.history(of: run.id) == [ending.record])
            }
        }
    }
}
