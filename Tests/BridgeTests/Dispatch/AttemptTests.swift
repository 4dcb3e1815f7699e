import FoundationEssentials
import Testing

@testable import Bridge

/// An attempt with its journal and its client: DESIGN §6.2, §6.3, §6.4, §6.7.
@Suite("An attempt, its journal and its lease")
struct AttemptTests {
    private static let earliest = ExecutionReference.selector(Selector(.earliest))

    private func script(_ executions: [Execution], patches: [Result<Execution, BuddyFailure>]) -> ScriptedBuddy {
        var script = ScriptedBuddy.Script()
        script.pages = [.success(ExecutionPage(executions: executions, pages: 1))]
        for one in executions { script.executions[one.id] = [.success(one)] }
        script.patches = patches
        return ScriptedBuddy(script)
    }

    private func attempt(
        _ run: Run, _ buddy: ScriptedBuddy, _ journal: RecordingJournal, heldFor: Double = 60,
        rules: DispatchRules = DispatchRules(), at time: Date = noon
    ) async throws -> AttemptEnding? {
        let attempt = Attempt(
            run, heldUntil: time.addingTimeInterval(heldFor), client: buddy, journal: journal, rules: rules,
            now: { time },
            random: { $0.upperBound })
        return try await attempt()
    }

    @Test("What was seen, the number, the claim and the PATCH are committed before the PATCH is sent")
    func happy() async throws {
        let buddy = script([.waiting(7)], patches: [.success(.begun(7))])
        let journal = RecordingJournal(beside: buddy)
        let ending = try #require(try await attempt(.of(Self.earliest), buddy, journal))
        #expect(buddy.calls == ["list 1", "get 7", "patch 7"])
        let look = try #require(journal.looks.first)
        #expect(look.execution == 7 && look.firstLook == .waiting(7) && look.needsClaim)
        #expect(look.pipeline == ScriptedBuddy.pipeline && look.lease == Lease(run: 1, number: 1))
        #expect(ending.state == .started && ending.lastLook == .begun(7) && ending.pipelineNumber == 2)
        #expect(ending.nextAttemptAt == nil && !ending.isUncertain && !ending.releasesClaim)
        #expect(journal.endings.count == 1)
    }

    @Test("If that commit fails nothing is sent, and the attempt ends unrecorded")
    func brokenJournal() async throws {
        let buddy = script([.waiting(4)], patches: [])
        let journal = RecordingJournal(.init(isBroken: true), beside: buddy)
        await #expect(throws: JournalUnavailable.self) { try await attempt(.of(.number(4)), buddy, journal) }
        #expect(buddy.calls == ["get 4"] && journal.endings.isEmpty)
    }

    @Test("A lost lease ends the attempt without a PATCH and without an ending")
    func lostLease() async throws {
        let buddy = script([.waiting(4)], patches: [])
        let journal = RecordingJournal(.init(commits: [.leaseLost]), beside: buddy)
        #expect(try await attempt(.of(.number(4)), buddy, journal) == nil)
        #expect(buddy.calls == ["get 4"] && journal.endings.isEmpty)
    }

    @Test("What others have claimed is passed over")
    func claims() async throws {
        let buddy = script([.waiting(8, 90), .waiting(7, 10)], patches: [.success(.begun(8))])
        let journal = RecordingJournal(.init(claims: [7]), beside: buddy)
        #expect(try await attempt(.of(Self.earliest), buddy, journal)?.lastLook?.id == 8)
    }

    @Test("A retry waits as the rules say, and keeps the doubt")
    func retries() async throws {
        var run = Run.of(.number(4))
        run.attempts = 3
        let buddy = script([.waiting(4)], patches: [.failure(.timeout)])
        let journal = RecordingJournal(beside: buddy)
        let ending = try #require(try await attempt(run, buddy, journal))
        #expect(ending.state == .pending && ending.isUncertain && !ending.releasesClaim)
        #expect(ending.nextAttemptAt == noon.addingTimeInterval(4))
    }

    @Test(
        "When the budget is used up a run is dead; one in doubt says that it is unknown, and keeps its claim",
        arguments: [false, true])
    func givesUp(_ inDoubt: Bool) async throws {
        var run = Run.of(.number(4))
        run.budgetStart = noon.addingTimeInterval(-86_400)
        let buddy = script([.waiting(4)], patches: [.failure(inDoubt ? .timeout : .limited(429))])
        let ending = try #require(try await attempt(run, buddy, RecordingJournal(beside: buddy)))
        #expect(ending.state == .dead && ending.nextAttemptAt == nil)
        #expect(ending.isUncertain == inDoubt && ending.releasesClaim == !inDoubt)
        #expect(ending.error?.code == (inDoubt ? .unknown : .buddyUnavailable))
    }

    @Test("A run in doubt that Buddy does not show is dead at once, keeps its claim, and says so")
    func unknown() async throws {
        var script = ScriptedBuddy.Script()
        script.executions[4] = [.failure(.status(403))]
        let buddy = ScriptedBuddy(script)
        let run = Run.of(.number(4), chosen: 4, patchSent: true, isUncertain: true)
        let ending = try #require(try await attempt(run, buddy, RecordingJournal(beside: buddy)))
        #expect(ending.state == .dead && ending.isUncertain && !ending.releasesClaim && ending.error?.code == .unknown)
    }

    /// DESIGN §6.3: "unknown, look at html_url".
    @Test("A run that is dead in doubt shows the page to look at")
    func unknownShowsPage() async throws {
        var run = Run.of(.number(4))
        run.budgetStart = noon.addingTimeInterval(-86_400)
        let buddy = script([.waiting(4)], patches: [.failure(.timeout)])
        let journal = RecordingJournal(beside: buddy)
        let ending = try #require(try await attempt(run, buddy, journal))
        // As the journal keeps it.
        (run.state, run.error, run.lastLook) = (ending.state, ending.error, ending.lastLook)
        (run.isUncertain, run.firstLook) = (ending.isUncertain, journal.looks.first?.firstLook)
        let summary = String(decoding: WireJSON.encode(Summary(Delivery(runs: [run]))), as: UTF8.self)
        #expect(summary.contains(try #require(Execution.waiting(4).htmlURL)))
    }

    @Test("A claim is let go of only with a certain refusal or where nothing was sent")
    func releases() async throws {
        let table: [(Run, [Execution], [Result<Execution, BuddyFailure>], Run.State, Bool)] = [
            (.of(Self.earliest), [.waiting(7)], [.failure(.status(401))], .refused, true),
            (.of(Self.earliest), [.waiting(7)], [.failure(.status(400))], .refused, true),
            (.of(Self.earliest), [], [], .nothing_scheduled, true),
            (.of(.number(4)), [.begun(4)], [], .already_running, false),
            (.of(Self.earliest), [.waiting(7)], [.success(.begun(7))], .started, false),
        ]
        for (run, executions, patches, state, releases) in table {
            let buddy = script(executions, patches: patches)
            let ending = try await attempt(run, buddy, RecordingJournal(beside: buddy))
            #expect(ending?.state == state && ending?.releasesClaim == releases, "\(state)")
        }
    }

    @Test(
        "A call begins only while the run is held for as long as it may take, and 5 s",
        arguments: [(35, 0), (34.9, 1), (0, 1)] as [(Double, Int)])
    func renews(_ heldFor: Double, _ renewals: Int) async throws {
        let buddy = script([.begun(4)], patches: [])
        let journal = RecordingJournal(beside: buddy)
        _ = try await attempt(.of(.number(4)), buddy, journal, heldFor: heldFor)
        #expect(journal.renewals == Array(repeating: noon.addingTimeInterval(60), count: renewals))
        #expect(buddy.calls == ["get 4"])
    }

    @Test("A run that cannot be held makes no call")
    func notHeld() async throws {
        let buddy = script([.waiting(4)], patches: [])
        let journal = RecordingJournal(.init(renews: false), beside: buddy)
        let ending = try await attempt(.of(.number(4)), buddy, journal, heldFor: 10)
        #expect(buddy.calls.isEmpty)
        #expect(ending?.state != .started && ending?.isUncertain != true)
    }
}
