import FoundationEssentials
import Testing

@testable import Bridge

/// DESIGN §6.3 and §6.7: what an earlier attempt's PATCH may have done.
@Suite("An attempt at a run that is uncertain")
struct AttemptUncertainTests {
    /// As it was before the very first PATCH.
    private static let first = Execution.waiting().with(\.comment, "first look")
    /// As it is now: the same in all that counts.
    private static let later = Execution.waiting().with(\.comment, "later look")

    private static let unconfirmed = RunError(
        code: .buddyUnavailable, message: "Buddy did not confirm the run, and it has not begun yet")

    /// The ways in which a run becomes uncertain: it was marked, or its holder went away after the commit.
    static let runs: [(String, Run)] = [
        ("marked", .of(.number(4), chosen: 4, patchSent: true, isUncertain: true, firstLook: first)),
        ("holder lost", .of(.number(4), chosen: 4, patchSent: true, firstLook: first)),
        (
            "a selector's",
            .of(.selector(Selector(.only)), chosen: 4, patchSent: true, isUncertain: true, firstLook: first)
        ),
        ("a page's", .of(.page("https://x/y"), chosen: 4, isUncertain: true, firstLook: first)),
    ]

    private func play(_ name: String, _ steps: (Bool) -> [Usual.Step], _ ending: AttemptMachine.Ending) {
        for (kind, run) in Self.runs {
            let needsClaim = if case .selector = run.target.execution { true } else { false }
            History("\(name), \(kind)", run, steps(needsClaim), ending).play()
        }
    }

    private func retry(_ failure: BuddyFailure) -> AttemptMachine.Ending {
        .retry(failure.runError, uncertain: true, notBefore: failure.retryAt)
    }

    @Test("It begins with a look, and what has changed was started")
    func changed() {
        play("changed", { _ in [Usual.look(.begun())] }, .started(.begun()))
        play(
            "ended", { _ in [Usual.look(.begun(4, "FAILED", finished: true))] },
            .started(.begun(4, "FAILED", finished: true)))
        play("called off", { _ in [Usual.look(.calledOff())] }, .started(.calledOff()))
    }

    @Test("What has not is committed with the FIRST first look, and PATCHed again")
    func unchanged() {
        play(
            "again",
            { [Usual.look(Self.later), Usual.commit(Self.first, claim: $0), Usual.patch(Execution.begun())] },
            .started(.begun()))
    }

    @Test("A second doubt is compared with the first look again")
    func secondDoubt() {
        let again = { [Usual.look(Self.later), Usual.commit(Self.first, claim: $0), Usual.patch(.timeout)] }
        play("begun", { again($0) + [Usual.look(.begun())] }, .started(.begun()))
        play(
            "still not", { again($0) + [Usual.look(Self.later)] },
            .retry(Self.unconfirmed, uncertain: true, notBefore: nil))
    }

    @Test("A clear no to the second PATCH says nothing about the first", arguments: [400, 404, 409])
    func refusal(_ status: Int) {
        let no = BuddyFailure.status(status)
        let again = { [Usual.look(Self.later), Usual.commit(Self.first, claim: $0), Usual.patch(no)] }
        play("begun", { again($0) + [Usual.look(.begun())] }, .started(.begun()))
        play("not begun", { again($0) + [Usual.look(Self.later)] }, retry(no))
        play("gone", { again($0) + [Usual.look(.status(404))] }, retry(.status(404)))
    }

    @Test(
        "Nor does any other failure",
        arguments: [BuddyFailure.status(401), .limited(429), .notSent, .noToken, .status(425)])
    func otherFailures(_ failure: BuddyFailure) {
        play(
            "at the PATCH",
            { [Usual.look(Self.later), Usual.commit(Self.first, claim: $0), Usual.patch(failure)] }, retry(failure))
        play("at the look", { _ in [Usual.look(failure)] }, retry(failure))
    }

    @Test("A look that is refused leaves it uncertain", arguments: [400, 401, 403, 404, 410, 500, 503])
    func lookRefused(_ status: Int) {
        play("look", { _ in [Usual.look(.status(status))] }, retry(.status(status)))
    }

    @Test("A lost lease is lost")
    func leaseLost() {
        play("lost", { [Usual.look(Self.later), Usual.commit(Self.first, claim: $0, .leaseLost)] }, .lost)
    }

    /// The run has the claim already, and keeps it; were it taken all the same, the first PATCH may still have worked.
    @Test("Not even a taken claim makes it refused")
    func claimTaken() {
        let run = Run.of(
            .selector(Selector(.only)), chosen: 4, patchSent: true, isUncertain: true, firstLook: Self.first)
        var machine = AttemptMachine(run, rules: DispatchRules())
        #expect(machine.start() == .look(4))
        #expect(
            machine.next(.look(.success(Self.later)), now: noon)
                == .commit(execution: 4, firstLook: Self.first, needsClaim: true))
        let step = machine.next(.commit(.claimTaken), now: noon)
        if case .end(let ending) = step { #expect(ending.leavesDoubt, "\(ending)") }
    }

    @Test("What Buddy never showed: begun is started, waiting is PATCHed again, hidden is unknown")
    func neverShown() {
        let run = Run.of(.number(4), chosen: 4, patchSent: true, isUncertain: true)
        History("begun", run, [Usual.look(.begun())], .started(.begun())).play()
        History(
            "waits", run, [Usual.look(Self.later), Usual.commit(nil), Usual.patch(Execution.begun())],
            .started(.begun())
        ).play()
        History(
            "hidden", run, [Usual.look(.status(403))],
            .unknown(AttemptMachine(run, rules: DispatchRules()).doubt("Buddy does not show execution #4"))
        ).play()
        History("limited", run, [Usual.look(.limited(403))], retry(.limited(403))).play()
    }
}

extension AttemptMachine.Ending {
    /// Whether a run that is uncertain may end so: started, dead because nobody can tell, tried again as uncertain, or
    /// another holder's.
    var leavesDoubt: Bool {
        switch self {
        case .started, .unknown, .lost: true
        case .retry(_, let isUncertain, _): isUncertain
        case .alreadyRunning, .nothingScheduled, .refused: false
        }
    }
}
