import FoundationEssentials
import Testing

@testable import Bridge

/// DESIGN §6.3, up to the PATCH.
@Suite("An attempt before its PATCH")
struct AttemptBeforePatchTests {
    private static let four = Run.of(.number(4))
    private static let earliest = ExecutionReference.selector(Selector(.earliest))
    private static let page = ExecutionReference.page("https://app.buddy.works/x")
    private static let nothing = RunError(code: .nothingScheduled, message: "none")

    private static func refused(_ failure: BuddyFailure) -> AttemptMachine.Ending { .refused(failure.runError, nil) }

    private static func retry(_ failure: BuddyFailure) -> AttemptMachine.Ending {
        .retry(failure.runError, uncertain: false, notBefore: failure.retryAt)
    }

    private static func notWaiting(_ seen: Execution) -> AttemptMachine.Ending {
        .refused(
            RunError(
                code: .notWaiting,
                message: "execution #\(seen.id) is \(seen.status) and never started: there is nothing to run"), seen)
    }

    @Test("The happy path: look, commit, PATCH, started", arguments: ["INITIAL", "ENQUEUED"])
    func happy(_ status: String) {
        let waiting = Execution.waiting(status: status)
        let steps = Usual.ready(waiting) + [Usual.patch(Execution.begun())]
        History("happy", Self.four, steps, .started(.begun())).play()
    }

    @Test("What a first look tells", arguments: firstLooks)
    func firstLook(_ history: History) { history.play() }

    private static let ended = Execution.waiting().with(\.finishDate, "2027-01-15T07:00:00Z")

    private static let firstLooks: [History] = [
        History("it runs", four, [Usual.look(.begun())], .alreadyRunning(.begun())),
        History(
            "it ran", four, [Usual.look(.begun(4, "SUCCESSFUL", finished: true))],
            .alreadyRunning(.begun(4, "SUCCESSFUL", finished: true))),
        History(
            "it failed", four, [Usual.look(.begun(4, "FAILED", finished: true))],
            .alreadyRunning(.begun(4, "FAILED", finished: true))),
        History(
            "it runs by another status", four, [Usual.look(.begun(4, "WAITING_FOR_APPLY"))],
            .alreadyRunning(.begun(4, "WAITING_FOR_APPLY"))),
        History(
            "it was queued without a time", four, [Usual.look(.begun(4, "ENQUEUED"))],
            .alreadyRunning(.begun(4, "ENQUEUED"))),
        History(
            "it has ended, though its status says that it waits", four, [Usual.look(ended)], .alreadyRunning(ended)),
        History("TERMINATED, never started", four, [Usual.look(.calledOff())], notWaiting(.calledOff())),
        History("SKIPPED, never started", four, [Usual.look(.calledOff("SKIPPED"))], notWaiting(.calledOff("SKIPPED"))),
        History("NOT_EXECUTED", four, [Usual.look(.calledOff("NOT_EXECUTED"))], notWaiting(.calledOff("NOT_EXECUTED"))),
        History(
            "TERMINATED after it had started", four, [Usual.look(.begun(4, "TERMINATED", finished: true))],
            .alreadyRunning(.begun(4, "TERMINATED", finished: true))),
        History(
            "403: Buddy may let us run what it does not show", four,
            [Usual.look(.status(403)), Usual.commit(nil), Usual.patch(Execution.begun())], .started(.begun())),
        History("403 about a limit is none", four, [Usual.look(.limited(403))], retry(.limited(403))),
        History("404", four, [Usual.look(.status(404))], refused(.status(404))),
        History("400", four, [Usual.look(.status(400))], refused(.status(400))),
        History("401", four, [Usual.look(.status(401))], refused(.status(401))),
        History("408", four, [Usual.look(.status(408))], retry(.status(408))),
        History("425", four, [Usual.look(.status(425))], retry(.status(425))),
        History("429", four, [Usual.look(.limited(429))], retry(.limited(429))),
        History("500", four, [Usual.look(.status(500))], retry(.status(500))),
        History("503", four, [Usual.look(.status(503))], retry(.status(503))),
        History("no connection", four, [Usual.look(.notSent)], retry(.notSent)),
        History("no answer", four, [Usual.look(.timeout)], retry(.timeout)),
        History("an answer that cannot be read", four, [Usual.look(.unreadable)], retry(.unreadable)),
        History("no token", four, [Usual.look(.noToken)], refused(.noToken)),
    ]

    @Test("Buddy's words and status are in the error")
    func words() {
        #expect(
            BuddyFailure.status(404).runError
                == RunError(code: .buddyRefused, status: 404, message: "Buddy's own words"))
        #expect(BuddyFailure.status(503).runError.code == .buddyUnavailable)
        #expect(BuddyFailure.noToken.runError.code == .noToken)
    }

    @Test("A pipeline's name is resolved first", arguments: resolutions)
    func resolution(_ history: History) { history.play() }

    private static let named = Run.of(.number(4), pipeline: .identifier("release"))

    private static let resolutions: [History] = [
        History(
            "resolved", named,
            [(.resolvePipeline("release"), .pipeline(.success(2)))] + Usual.ready() + [Usual.patch(Execution.begun())],
            .started(.begun())),
        History(
            "unknown", named, [(.resolvePipeline("release"), .pipeline(.failure(.status(404))))], refused(.status(404))),
        History(
            "unreachable", named, [(.resolvePipeline("release"), .pipeline(.failure(.timeout)))], retry(.timeout)),
        History(
            "known from an earlier attempt", Run.of(.number(4), pipeline: .identifier("release"), pipelineNumber: 2),
            [Usual.look(.begun())], .alreadyRunning(.begun())),
    ]

    @Test("What has no number is searched for", arguments: searches)
    func search(_ history: History) { history.play() }

    private static let searches: [History] = [
        History(
            "a selector's choice is claimed", .of(earliest),
            [
                Usual.search(earliest, .found(.waiting(7))), Usual.commit(.waiting(7), 7, claim: true),
                Usual.patch(Execution.begun(7), 7),
            ], .started(.begun(7))),
        History("nothing waits", .of(earliest), [Usual.search(earliest, .none(nothing))], .nothingScheduled(nothing)),
        History("several wait", .of(earliest), [Usual.search(earliest, .refused(nothing))], .refused(nothing, nil)),
        History(
            "no list", .of(earliest), [(.search(earliest), .search(.failure(.status(404))))], refused(.status(404))),
        History(
            "no list now", .of(earliest), [(.search(earliest), .search(.failure(.limited(429))))], retry(.limited(429))),
        History(
            "a page needs no claim", .of(page),
            [
                Usual.search(page, .found(.waiting(7))), Usual.commit(.waiting(7), 7),
                Usual.patch(Execution.begun(7), 7),
            ],
            .started(.begun(7))),
        History(
            "a page's execution is judged as a number's is", .of(page), [Usual.search(page, .found(.begun(7)))],
            .alreadyRunning(.begun(7))),
        History("no such page", .of(page), [Usual.search(page, .none(nothing))], .nothingScheduled(nothing)),
    ]

    @Test("What a commit may say", arguments: commits)
    func commit(_ history: History) { history.play() }

    private static let commits: [History] = [
        History(
            "a lost claim: choose again", .of(earliest),
            [
                Usual.search(earliest, .found(.waiting(7))), Usual.commit(.waiting(7), 7, claim: true, .claimTaken),
                Usual.search(earliest, .found(.waiting(9))), Usual.commit(.waiting(9), 9, claim: true, .claimTaken),
                Usual.search(earliest, .none(nothing)),
            ], .nothingScheduled(nothing)),
        History("a lost lease", four, [Usual.look(.waiting()), Usual.commit(.waiting(), 4, .leaseLost)], .lost),
        History(
            "a lost lease of a choice", .of(earliest),
            [Usual.search(earliest, .found(.waiting(7))), Usual.commit(.waiting(7), 7, claim: true, .leaseLost)], .lost),
    ]

    @Test("A choice is the run's from its first commit: the next attempt looks at it, and searches no more")
    func chosenBefore() {
        let run = Run.of(Self.earliest, chosen: 7)
        let steps = [
            Usual.look(.waiting(7)), Usual.commit(.waiting(7), 7, claim: true), Usual.patch(Execution.begun(7), 7),
        ]
        History("chosen before", run, steps, .started(.begun(7))).play()
    }
}
