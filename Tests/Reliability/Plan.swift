import Bridge
import BuddySandbox
import Foundation
import Signatures
import TestSupport

/// One push of a Git host, and what is to come of it.
struct Push: Sendable {
    /// Tells it from the others; its sender's id begins with it.
    var number: Int
    /// The execution that it names.
    var named: Place?
    /// The pipeline of which it wants the earliest waiting execution.
    var chosenFrom: Int?
    /// Sent by two connections at once.
    var isDoubled: Bool
    /// Sent again after its acknowledgement.
    var isRepeated: Bool
    /// Redelivered by hand after its acknowledgement.
    var isRedelivered: Bool

    var runs: Int { (named == nil ? 0 : 1) + (chosenFrom == nil ? 0 : 1) }
}

/// An execution of the stand-in; all of them are in one project.
struct Place: Hashable, Sendable, Comparable, CustomStringConvertible {
    static let domain = "acme"
    static let project = "web"

    var pipeline: Int
    var execution: Int

    var description: String { "\(pipeline)/\(execution)" }

    static func < (one: Place, other: Place) -> Bool {
        (one.pipeline, one.execution) < (other.pipeline, other.execution)
    }
}

/// What is sent in a trial, all of it decided by the seed.
struct Plan: Sendable {
    static let secret = "reliability-github-secret"
    /// Pipelines with larger numbers are those that selectors choose from.
    static let firstChosen = 1000
    /// Each of them is asked for this many executions, and has as many again: some start by themselves.
    static let chosenPerPipeline = 10
    private static let namedPerPipeline = 100

    let pushes: [Push]
    /// Added to each body, in bytes.
    var filler = 0

    init(_ trial: Trial, filler: Int = 0) {
        self.filler = filler
        var random = SeededGenerator(seed: trial.seed)
        var named = 0
        var chosen = 0
        pushes = (0..<trial.deliveries).map { number in
            var push = Push(
                number: number, isDoubled: random.chance(5), isRepeated: random.chance(10),
                isRedelivered: random.chance(5))
            let kind = Int.random(in: 0..<10, using: &random)
            if kind < 7 {
                push.named = Place(
                    pipeline: 1 + named / Self.namedPerPipeline, execution: 1 + named % Self.namedPerPipeline)
                named += 1
            }
            if kind >= 5 {
                push.chosenFrom = Self.firstChosen + chosen / Self.chosenPerPipeline
                chosen += 1
            }
            return push
        }
    }

    /// Makes the executions wait, for a week: none of them comes due.
    func schedule(at buddy: SandboxBuddy) async {
        var places = pushes.compactMap(\.named)
        for pipeline in Set(pushes.compactMap(\.chosenFrom)).sorted() {
            places += (1...2 * Self.chosenPerPipeline).map { Place(pipeline: pipeline, execution: $0) }
        }
        let week = Date().addingTimeInterval(7 * 86_400)
        for place in places {
            await buddy.schedule(
                domain: Place.domain, project: Place.project, pipeline: place.pipeline,
                delayUntil: week.addingTimeInterval(Double(place.execution)), id: place.execution)
        }
    }

    /// The push as GitHub signs it: the same bytes each time.
    ///
    /// - Parameter suffix: of the sender's id, which is not signed.
    func request(_ push: Push, suffix: String = "") -> Request {
        var fields = [#""push":\#(push.number)"#]
        if let named = push.named {
            fields.append(#""named":{"pipeline":\#(named.pipeline),"execution":\#(named.execution)}"#)
        }
        if let pipeline = push.chosenFrom { fields.append(#""chosen":{"pipeline":\#(pipeline)}"#) }
        if filler > 0 { fields.append(#""filler":"\#(String(repeating: "x", count: filler))""#) }
        let sample = Sample(
            payload: Array("{\(fields.joined(separator: ","))}".utf8),
            headers: Headers([("X-GitHub-Delivery", "\(push.number)\(suffix)")]))
        let secret = Secret(Self.secret.utf8, reference: .environment("GITHUB_SECRET")) ?? .throwaway()
        return GitHub().sign(sample, with: .secret(secret), at: Date())
    }

    /// The routes that fit such pushes.
    static let routes = """
        sources:
          github: {provider: github, secrets: [env:GITHUB_SECRET], reply_within: 300ms}
        routes:
          - name: named
            source: github
            when: {payload.named.execution: {exists: true}}
            continue: true
            run: {domain: \(Place.domain), project: \(Place.project), pipeline: "{{ payload.named.pipeline }}",
                  execution: "{{ payload.named.execution }}"}
          - name: chosen
            source: github
            when: {payload.chosen.pipeline: {exists: true}}
            run: {domain: \(Place.domain), project: \(Place.project), pipeline: "{{ payload.chosen.pipeline }}",
                  execution: earliest}

        """
}
