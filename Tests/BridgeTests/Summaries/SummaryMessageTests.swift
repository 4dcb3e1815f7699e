import FoundationEssentials
import Testing

@testable import Bridge

@Suite("A summary's one line for people")
struct SummaryMessageTests {
    private func message(_ runs: Run...) -> String { Summary(Delivery(runs: runs)).message }

    private static let error = RunError(code: .buddyRefused, status: 400, message: "Pipeline is paused")

    /// DESIGN §5.2, to the letter.
    @Test("The execution of Buddy's documentation")
    func mission() {
        #expect(
            message(Run(.started, lastLook: .mission))
                == "Started execution #4 of dev (acme/company-website) on master: INPROGRESS")
    }

    @Test("A tag stands for a branch; without either there is none")
    func reference() {
        var execution = Execution.mission
        execution.branch = nil
        execution.tag = "v1"
        #expect(
            message(Run(.started, lastLook: execution))
                == "Started execution #4 of dev (acme/company-website) on v1: INPROGRESS")
        execution.tag = nil
        #expect(
            message(Run(.started, lastLook: execution))
                == "Started execution #4 of dev (acme/company-website): INPROGRESS")
    }

    @Test("A pipeline without a name is told by its number or identifier")
    func pipelineName() {
        var execution = Execution.mission
        execution.pipelineName = nil
        var target = Target.mission
        target.pipeline = .identifier("release")
        #expect(
            message(Run(.started, lastLook: execution)).hasPrefix("Started execution #4 of 2 (acme/company-website)"))
        #expect(message(Run(.started, target: target, lastLook: execution)).contains("#4 of release (acme"))
    }

    @Test("A selector that chose is told by the number of its choice")
    func chosen() {
        var target = Target.mission
        target.execution = .selector(Selector(.earliest))
        #expect(
            message(Run(.started, target: target, lastLook: .mission))
                == "Started execution #4 of dev (acme/company-website) on master: INPROGRESS")
        let pending = message(Run(.pending, target: target))
        #expect(pending.contains("earliest") && pending.contains("2 (acme/company-website)"))
    }

    @Test("Every outcome names the place and the reason")
    func outcomes() {
        let place = "(acme/company-website)"
        let already = message(Run(.already_running, lastLook: .mission))
        #expect(already == "Execution #4 of dev \(place) on master runs or ran already: INPROGRESS")
        let refused = message(Run(.refused, error: Self.error))
        #expect(refused.hasPrefix("Refused") && refused.contains(place) && refused.contains("Pipeline is paused"))
        let dead = message(Run(.dead, error: Self.error))
        #expect(dead.hasPrefix("Given up") && dead.contains(place) && dead.contains("Pipeline is paused"))
        let nothing = message(Run(.nothing_scheduled, error: Self.error))
        #expect(nothing.contains("Pipeline is paused"))
        let retried = message(Run(.pending, error: Self.error))
        #expect(retried.contains("pending") && retried.contains("Pipeline is paused"))
        #expect(message(Run(.running)).contains("pending"))
    }

    @Test("Several runs are told one after the other")
    func several() {
        let text = message(Run(.started, lastLook: .mission), Run(.refused, error: Self.error))
        #expect(text.contains("Started execution #4") && text.contains("; Refused"))
    }

    @Test(
        "A delivery without runs says that nothing ran",
        arguments: [Decision.Outcome.ignored, .denied, .dryRun])
    func nothingRan(_ decision: Decision.Outcome) {
        let summary = Summary(Delivery(decision: decision, event: "issue_comment"))
        #expect(summary.message.contains("nothing was run"))
        if decision == .ignored { #expect(summary.message.contains("issue_comment")) }
    }
}

@Suite("What came of a delivery")
struct DeliveryOutcomeTests {
    /// DESIGN §2: the first present of these.
    private static let order: [(Run.State, DeliveryOutcome)] = [
        (.pending, .pending), (.dead, .dead), (.refused, .refused), (.started, .started),
        (.already_running, .already_running), (.nothing_scheduled, .nothing_scheduled),
    ]

    @Test("Of several runs the weightiest outcome counts, in either order")
    func precedence() {
        for (position, (state, outcome)) in Self.order.enumerated() {
            #expect(DeliveryOutcome.of(.matched, [state]) == outcome)
            for (lighter, _) in Self.order[position...] {
                #expect(DeliveryOutcome.of(.matched, [state, lighter]) == outcome)
                #expect(DeliveryOutcome.of(.matched, [lighter, lighter, state]) == outcome)
            }
        }
    }

    @Test("A run that is worked on is pending")
    func running() {
        #expect(DeliveryOutcome.of(.matched, [.started, .running]) == .pending)
        #expect(DeliveryOutcome.of(.matched, [.dead, .running]) == .pending)
    }

    @Test("Without runs the decision counts")
    func decisions() {
        #expect(DeliveryOutcome.of(.ignored, []) == .ignored)
        #expect(DeliveryOutcome.of(.denied, []) == .denied)
        #expect(DeliveryOutcome.of(.dryRun, []) == .dry_run)
    }

    @Test("Only what failed may be redone")
    func redoable() {
        #expect(Run.State.allCases.filter(\.isRedoable) == [.nothing_scheduled, .refused, .dead])
    }
}
