import Foundation
import TestSupport

@testable import Bridge

extension SeededGenerator {
    mutating func decision() -> RecordedDecision {
        guard chance(80) else { return .nothing(pick([.ignored, .denied, .dryRun])) }
        var decision = RecordedDecision(
            outcome: .matched, rules: pick(["v1", "v2"]), trace: [.sample(pick(["x", "y"]))], runs: [])
        let buddy = pick(JournalWalk.buddies)
        for pipeline in 1...(chance(70) ? 1 : 2) {
            decision.runs.append(
                .init(
                    route: pick(["one", "two"]), buddy: buddy, target: .sample(pipeline),
                    refusal: chance(10) ? RunError(code: .noToken, message: "no token") : nil, turn: turn()))
        }
        return decision
    }

    private mutating func turn() -> Turn? {
        guard chance(70) else { return nil }
        let throttle = StormControl.Throttle(runs: pick([1, 2, 4]), per: .seconds(pick([10, 60])))
        return Turn(
            key: pick(["web", "shop"]), overrun: pick(StormControl.Overrun.allCases),
            throttle: chance(30) ? throttle : nil)
    }

    mutating func look(_ run: Run, until seconds: Double) -> Look {
        let execution = Int.random(in: 1...3, using: &self)
        var look = Look.sample(
            run, execution, needsClaim: chance(70), until: seconds,
            seen: chance(80) ? Execution(id: execution, status: "INITIAL") : nil)
        look.pipeline = PipelineAddress(buddy: run.buddy, domain: "acme", project: "web", pipeline: 1)
        return look
    }

    /// - Parameter time: in seconds, as of `moment(_:)`.
    mutating func ending(at time: Double, mayBeUncertain: Bool) -> AttemptEnding {
        let state = pick([
            Run.State.pending, .pending, .started, .started, .already_running, .nothing_scheduled, .refused, .dead,
            .skipped,
        ])
        var ending = AttemptEnding.sample(
            state, next: state == .pending ? time + pick([0, 3, 30]) : nil,
            isUncertain: mayBeUncertain && [.pending, .dead].contains(state) && chance(60),
            error: chance(50) ? RunError(code: .buddyRefused, status: 404, message: "no") : nil,
            seen: chance(50) ? Execution(id: 2, status: "INPROGRESS") : nil, pipeline: chance(50) ? 1 : nil)
        ending.releasesClaim = !ending.isUncertain && ![.pending, .started].contains(state)
        ending.occupies = [.started, .already_running].contains(state) && chance(70)
        return ending
    }
}

extension Run {
    /// Of several runs that are under way, any may be named.
    var comparable: Run {
        var run = self
        if run.error?.code == .overrun { run.error?.message = "" }
        return run
    }
}

extension Delivery {
    var shown: String {
        var delivery = self
        delivery.runs = runs.map(\.comparable)
        return "\(delivery) \(outcome)"
    }
}
