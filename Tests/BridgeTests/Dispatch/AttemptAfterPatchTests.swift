import FoundationEssentials
import Testing

@testable import Bridge

/// DESIGN §6.3, from the PATCH on, where no earlier PATCH is in doubt.
@Suite("An attempt after its PATCH")
struct AttemptAfterPatchTests {
    private static let four = Run.of(.number(4))
    private static let unconfirmed = RunError(
        code: .buddyUnavailable, message: "Buddy did not confirm the run, and it has not begun yet")

    /// A look, a commit, a PATCH with this answer, and what follows.
    private static func after(
        _ name: String, _ answer: Usual.Step, _ more: [Usual.Step], _ ending: AttemptMachine.Ending
    ) -> History {
        History(name, four, Usual.ready() + [answer] + more, ending)
    }

    @Test(
        "An answer that names the execution, unfinished, is a start",
        arguments: ["INPROGRESS", "ENQUEUED", "INITIAL", "NEW_ONE"])
    func started(_ status: String) {
        let answer = Execution.begun(4, status)
        Self.after("started", Usual.patch(answer), [], .started(answer)).play()
    }

    @Test("Any other answer that is no clear no: look, and compare", arguments: doubts)
    func compares(_ doubt: Doubt) {
        let running = Execution.begun()
        Self.after("it has begun", doubt.patch, [Usual.look(running)], .started(running)).play()
        Self.after(
            "it has not", doubt.patch, [Usual.look(.waiting())],
            .retry(Self.unconfirmed, uncertain: true, notBefore: nil)
        ).play()
        Self.after(
            "nobody can tell", doubt.patch, [Usual.look(.limited(429))],
            .retry(BuddyFailure.limited(429).runError, uncertain: true, notBefore: noon.addingTimeInterval(60))
        ).play()
        Self.after(
            "it is not shown", doubt.patch, [Usual.look(.status(404))],
            .retry(BuddyFailure.status(404).runError, uncertain: true, notBefore: nil)
        ).play()
    }

    struct Doubt: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var patch: Usual.Step
    }

    private static let doubts = [
        Doubt(testDescription: "no answer", patch: Usual.patch(.timeout)),
        Doubt(testDescription: "500", patch: Usual.patch(.status(500))),
        Doubt(testDescription: "502", patch: Usual.patch(.status(502))),
        Doubt(testDescription: "504", patch: Usual.patch(.status(504))),
        Doubt(testDescription: "408", patch: Usual.patch(.status(408))),
        Doubt(testDescription: "a redirect", patch: Usual.patch(.status(302))),
        Doubt(testDescription: "2xx that cannot be read", patch: Usual.patch(.unreadable)),
        Doubt(testDescription: "2xx of another execution", patch: Usual.patch(Execution.begun(5))),
        Doubt(
            testDescription: "2xx, but finished", patch: Usual.patch(Execution.begun(4, "SUCCESSFUL", finished: true))),
    ]

    @Test("Status, start and delay are compared")
    func changed() {
        let before = Execution.waiting()
        let changes = [
            before.with(\.status, "ENQUEUED"), before.with(\.startDate, "2027-01-15T08:00:00Z"),
            before.with(\.delayUntil, nil),
            before.with(\.delayUntil, "2027-01-15T10:00:00.000Z"), .begun(4, "FAILED", finished: true), .calledOff(),
        ]
        for seen in changes {
            Self.after("changed", Usual.patch(.timeout), [Usual.look(seen)], .started(seen)).play()
        }
    }

    @Test("Nothing else is a change")
    func unchanged() {
        let before = Execution.waiting()
        let same = [
            before.with(\.comment, "new"), before.with(\.branch, "dev"), before.with(\.htmlURL, nil),
            before.with(\.creator, "me"),
            before.with(\.actions, [.init(name: "a", type: "FTP", status: "INITIAL", progress: 0)]),
        ]
        for seen in same {
            Self.after(
                "unchanged", Usual.patch(.timeout), [Usual.look(seen)],
                .retry(Self.unconfirmed, uncertain: true, notBefore: nil)
            ).play()
        }
    }

    @Test("A clear no: look whether it runs", arguments: [400, 403, 404, 409, 410, 415, 422])
    func refusals(_ status: Int) {
        let no = BuddyFailure.status(status, "It cannot be run")
        let words = RunError(code: .buddyRefused, status: status, message: "It cannot be run")
        let (waiting, running) = (Execution.waiting(), Execution.begun())
        Self.after("it runs", Usual.patch(no), [Usual.look(running)], .alreadyRunning(running)).play()
        Self.after("it waits", Usual.patch(no), [Usual.look(waiting)], .refused(words, waiting)).play()
        Self.after("it is called off", Usual.patch(no), [Usual.look(.calledOff())], .refused(words, .calledOff()))
            .play()
        Self.after("it is gone", Usual.patch(no), [Usual.look(.status(404))], .refused(words, nil)).play()
        Self.after("it is not shown", Usual.patch(no), [Usual.look(.status(403))], .refused(words, nil)).play()
        Self.after(
            "nobody can tell now", Usual.patch(no), [Usual.look(.timeout)],
            .retry(BuddyFailure.timeout.runError, uncertain: false, notBefore: nil)
        ).play()
    }

    @Test("A token that Buddy does not know is refused without a look")
    func unauthorized() {
        let no = BuddyFailure.status(401)
        Self.after("401", Usual.patch(no), [], .refused(no.runError, nil)).play()
        Self.after("no token", Usual.patch(.noToken), [], .refused(BuddyFailure.noToken.runError, nil)).play()
    }

    @Test(
        "What was certainly not run is tried again, without doubt",
        arguments: [BuddyFailure.limited(429), .limited(403), .status(425), .status(429), .notSent])
    func certainlyNot(_ failure: BuddyFailure) {
        Self.after(
            "again", Usual.patch(failure), [], .retry(failure.runError, uncertain: false, notBefore: failure.retryAt)
        ).play()
    }

    @Test("What Buddy never showed is compared with what a waiting execution looks like")
    func neverShown() {
        let hidden = [Usual.look(.status(403)), Usual.commit(nil), Usual.patch(.timeout)]
        History("begun", Self.four, hidden + [Usual.look(.begun())], .started(.begun())).play()
        History(
            "waits", Self.four, hidden + [Usual.look(.waiting())],
            .retry(Self.unconfirmed, uncertain: true, notBefore: nil)
        ).play()
        let words =
            "it is unknown whether the execution was started (Buddy does not show execution #4); look at its page"
        History(
            "never shown", Self.four, hidden + [Usual.look(.status(403))],
            .unknown(RunError(code: .unknown, message: words))
        ).play()
    }
}
