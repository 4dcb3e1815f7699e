import FoundationEssentials
import Testing

@testable import Bridge

/// Whether a run's turn has come, as an attempt finds out from Buddy.
@Suite("Turns")
struct TurnTests {
    private static func run(_ overrun: StormControl.Overrun) -> Run {
        var target = Target.mission
        target.project = "web"
        target.execution = .number(5)
        var run = Run(.running, target: target)
        run.turn = Turn(key: "web", overrun: overrun)
        return run
    }

    /// An earlier run, which has started execution 4.
    private static func occupant(_ id: Int64, execution: Int? = 4) -> Run {
        var run = run(.serial)
        run.id = id
        run.delivery = "earlier"
        run.execution = execution
        run.state = .started
        return run
    }

    private static func running(_ id: Int, status: String = "INPROGRESS") -> Execution {
        var execution = Execution(id: id, status: status)
        execution.startDate = "2026-11-23T10:00:00.000Z"
        return execution
    }

    private static func over(_ id: Int) -> Execution {
        var execution = running(id, status: "SUCCESSFUL")
        execution.finishDate = "2026-11-23T10:05:00.000Z"
        return execution
    }

    private struct Played {
        var ending: AttemptEnding?
        var calls: [String]
        var vacated: [Int64]
    }

    private func play(
        _ run: Run, occupants: [Run], executions: [Int: [Result<Execution, BuddyFailure>]],
        patches: [Result<Execution, BuddyFailure>] = []
    ) async throws -> Played {
        var script = ScriptedBuddy.Script()
        script.executions = executions
        script.patches = patches
        let buddy = ScriptedBuddy(script)
        var journalScript = RecordingJournal.Script()
        journalScript.occupants = occupants
        let journal = RecordingJournal(journalScript, beside: buddy)
        let attempt = Attempt(
            run, heldUntil: noon.addingTimeInterval(60), client: buddy, journal: journal, rules: DispatchRules(),
            now: { noon }, random: { $0.upperBound })
        return Played(ending: try await attempt(), calls: buddy.calls, vacated: journal.vacated)
    }

    @Test(
        "While an earlier one runs at Buddy: serial and coalesce wait, and ask for nothing else",
        arguments: [
            StormControl.Overrun.serial, .coalesce,
        ])
    func waits(_ overrun: StormControl.Overrun) async throws {
        let played = try await play(
            Self.run(overrun), occupants: [Self.occupant(7)], executions: [4: [.success(Self.running(4))]])
        #expect(played.ending?.state == .pending)
        #expect(played.ending?.nextAttemptAt == noon.addingTimeInterval(15))
        #expect(played.ending?.error?.code == .waitsTurn)
        #expect(
            played.ending?.error?.message == "its turn has not come: execution #4 of delivery earlier is INPROGRESS")
        #expect(played.calls == ["get 4"])
        #expect(played.vacated == [])
    }

    @Test("skip does not wait")
    func skips() async throws {
        let played = try await play(
            Self.run(.skip), occupants: [Self.occupant(7)], executions: [4: [.success(Self.running(4))]])
        #expect(played.ending?.state == .skipped)
        #expect(played.ending?.error?.code == .overrun)
        #expect(played.calls == ["get 4"])
    }

    @Test("An execution that waits for a person is not over", arguments: ["WAITING_FOR_APPLY", "ENQUEUED", "NEW_WORD"])
    func person(_ status: String) async throws {
        let played = try await play(
            Self.run(.serial), occupants: [Self.occupant(7)],
            executions: [4: [.success(Self.running(4, status: status))]])
        #expect(played.ending?.error?.code == .waitsTurn)
    }

    @Test("When it is over, or gone, the turn has come")
    func free() async throws {
        let gone = BuddyFailure(.status(404), "gone")
        let played = try await play(
            Self.run(.serial),
            occupants: [Self.occupant(7), Self.occupant(8, execution: 3), Self.occupant(9, execution: nil)],
            executions: [4: [.success(Self.over(4))], 3: [.failure(gone)], 5: [.success(.waiting(5))]],
            patches: [.success(Self.running(5))])
        #expect(played.ending?.state == .started)
        #expect(played.ending?.occupies == true)
        #expect(played.calls == ["get 4", "get 3", "get 5", "patch 5"])
        #expect(played.vacated == [7, 8, 9])
    }

    @Test("While Buddy cannot tell, nothing is run")
    func unknown() async throws {
        let played = try await play(
            Self.run(.skip), occupants: [Self.occupant(7)],
            executions: [4: [.failure(BuddyFailure(.status(502), "no"))]])
        #expect(played.ending?.state == .pending)
        #expect(played.ending?.error?.code == .buddyUnavailable)
        #expect(played.calls == ["get 4"])
    }

    @Test("What may have been PATCHed is past waiting")
    func patched() async throws {
        var run = Self.run(.serial)
        run.execution = 5
        run.patchSent = true
        run.firstLook = .waiting(5)
        let played = try await play(
            run, occupants: [Self.occupant(7)], executions: [5: [.success(Self.running(5))]])
        #expect(played.ending?.state == .started)
        #expect(played.calls == ["get 5"])
    }

    @Test("A turn that does not come within the budget is given up")
    func budget() async throws {
        var run = Self.run(.serial)
        run.budgetStart = noon.addingTimeInterval(-86_400)
        let played = try await play(
            run, occupants: [Self.occupant(7)], executions: [4: [.success(Self.running(4))]])
        #expect(played.ending?.state == .dead)
        #expect(played.ending?.error?.code == .waitsTurn)
    }
}
