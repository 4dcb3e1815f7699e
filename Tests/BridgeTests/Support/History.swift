import FoundationEssentials
import Testing

@testable import Bridge

/// What an attempt does, and what comes of it, step by step.
struct History: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var run: Run
    var steps: [(step: AttemptMachine.Step, input: AttemptMachine.Input)]
    var ending: AttemptMachine.Ending

    init(
        _ name: String, _ run: Run, _ steps: [(AttemptMachine.Step, AttemptMachine.Input)],
        _ ending: AttemptMachine.Ending
    ) {
        testDescription = name
        self.run = run
        self.steps = steps.map { (step: $0.0, input: $0.1) }
        self.ending = ending
    }

    /// Feeds the inputs one by one, and expects each step before its input, and the ending after the last.
    func play(sourceLocation: SourceLocation = #_sourceLocation) {
        var machine = AttemptMachine(run, rules: DispatchRules())
        var step = machine.start()
        for (number, expected) in steps.enumerated() {
            #expect(step == expected.step, "step \(number + 1)", sourceLocation: sourceLocation)
            // Another input than the machine waits for would trap.
            guard step == expected.step else { return }
            step = machine.next(expected.input, now: noon)
        }
        #expect(step == .end(ending), sourceLocation: sourceLocation)
    }
}

/// The usual steps, for short histories.
enum Usual {
    typealias Step = (AttemptMachine.Step, AttemptMachine.Input)

    static func look(_ seen: Execution) -> Step { (.look(seen.id), .look(.success(seen))) }

    static func look(_ failure: BuddyFailure, _ id: Int = 4) -> Step { (.look(id), .look(.failure(failure))) }

    static func commit(_ seen: Execution?, _ id: Int = 4, claim: Bool = false, _ result: LookCommit = .committed)
        -> Step
    {
        (.commit(execution: id, firstLook: seen, needsClaim: claim), .commit(result))
    }

    static func patch(_ answer: Execution, _ id: Int = 4) -> Step { (.patch(id), .patch(.success(answer))) }

    static func patch(_ failure: BuddyFailure, _ id: Int = 4) -> Step { (.patch(id), .patch(.failure(failure))) }

    static func search(_ reference: ExecutionReference, _ result: SearchResult) -> Step {
        (.search(reference), .search(.success(result)))
    }

    /// The first look at an execution that waits, and its commit.
    static func ready(_ seen: Execution = .waiting()) -> [Step] { [look(seen), commit(seen, seen.id)] }
}
