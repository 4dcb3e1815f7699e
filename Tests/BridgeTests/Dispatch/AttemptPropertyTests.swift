import FoundationEssentials
import TestSupport
import Testing

@testable import Bridge

/// The machine, given random answers that Buddy and the journal may give. A failure shows its seed.
@Suite("Whatever Buddy and the journal answer")
struct AttemptPropertyTests {
    private struct Driver {
        var random: SeededGenerator
        let run: Run
        var machine: AttemptMachine
        /// Whether a PATCH may have worked, told from outside.
        var mayHaveWorked: Bool
        var patched: [Int] = []
        var committed: Int?
        var firstLooks: [Execution?] = []
        var number = 0

        init(_ seed: UInt64) {
            var random = SeededGenerator(seed: seed)
            let reference = random.pick([
                ExecutionReference.number(4), .page("https://x/y"), .selector(Selector(.earliest)),
                .selector(Selector(.only)),
            ])
            let isChosen = random.chance(60)
            let (wasSent, isMarked, isKnown) = (random.chance(50), random.chance(50), random.chance(50))
            run = .of(
                reference, pipeline: random.pick([.number(2), .identifier("release")]), chosen: isChosen ? 4 : nil,
                patchSent: isChosen && wasSent, isUncertain: isChosen && isMarked,
                firstLook: random.chance(70) ? .waiting() : nil, pipelineNumber: isChosen || isKnown ? 2 : nil)
            mayHaveWorked = run.isUncertain || run.patchSent
            machine = AttemptMachine(run, rules: DispatchRules())
            self.random = random
        }

        mutating func execution(_ id: Int) -> Execution {
            random.pick([
                .waiting(id), .waiting(id, status: "ENQUEUED"), .waiting(id, -5), .begun(id), .begun(id, "ENQUEUED"),
                .begun(id, "SUCCESSFUL", finished: true), .begun(id, "TERMINATED", finished: true), .calledOff(id: id),
                .calledOff("SKIPPED", id: id), Execution(id: id, status: "INITIAL"), Execution(id: id, status: "NEW"),
            ])
        }

        mutating func failure() -> BuddyFailure { random.pick(Self.clear + Self.doubts) }

        /// After these nobody can tell whether a PATCH has worked.
        private static let doubts: [BuddyFailure] = [
            .timeout, .unreadable, .status(302), .status(408), .status(500), .status(502), .status(503),
        ]
        /// After these it has not.
        private static let clear: [BuddyFailure] = [
            .notSent, .noToken, .limited(429), .limited(403), .status(400), .status(401), .status(403), .status(404),
            .status(409), .status(425), .status(429),
        ]

        mutating func answer(_ id: Int) -> Result<Execution, BuddyFailure> {
            random.chance(60) ? .success(execution(id)) : .failure(failure())
        }

        /// What may come of a step; nil at the end.
        mutating func input(_ step: AttemptMachine.Step) -> AttemptMachine.Input? {
            number += 1
            switch step {
            case .resolvePipeline: return .pipeline(random.chance(80) ? .success(2) : .failure(failure()))
            case .search:
                let error = RunError(code: .nothingScheduled, message: "none")
                return .search(
                    random.chance(70)
                        ? .success(.found(execution(Int.random(in: 4...9, using: &random))))
                        : random.chance(50)
                            ? .failure(failure()) : .success(random.pick([.none(error), .refused(error)])))
            case .look(let id): return .look(answer(id))
            case .commit(let id, let firstLook, let needsClaim):
                if random.chance(10) { return .commit(.leaseLost) }
                // The claim that a run has already cannot be taken from it: AttemptUncertainTests has that case.
                if needsClaim, run.execution == nil, random.chance(30), number < 50 { return .commit(.claimTaken) }
                committed = id
                firstLooks.append(firstLook)
                return .commit(.committed)
            case .patch(let id):
                #expect(committed == id, "a PATCH goes out only after its commit")
                committed = nil
                patched.append(id)
                let answer = random.chance(10) ? .success(execution(id + 1)) : answer(id)
                switch answer {
                case .success(let seen): if seen.id != id || seen.finishDate != nil { mayHaveWorked = true }
                case .failure(let failure): if Self.doubts.contains(failure) { mayHaveWorked = true }
                }
                return .patch(answer)
            case .end: return nil
            }
        }

        mutating func play() -> AttemptMachine.Ending? {
            var step = machine.start()
            while number < 100, let input = input(step) { step = machine.next(input, now: noon) }
            if case .end(let ending) = step { return ending }
            return nil
        }
    }

    /// Each seed plays many attempts.
    private func attempts(_ seed: UInt64, _ body: (inout Driver) throws -> Void) rethrows {
        for offset in 0..<25 {
            var driver = Driver(seed &* 1000 &+ UInt64(offset))
            try body(&driver)
        }
    }

    @Test("It comes to an end", arguments: seeds)
    func ends(_ seed: UInt64) {
        attempts(seed) { driver in
            let ending = driver.play()
            #expect(ending != nil, "\(driver.run)")
            #expect(driver.patched.count <= 1, "one attempt sends one PATCH")
        }
    }

    @Test("While a PATCH may have worked, it is never refused, already running, or nothing scheduled", arguments: seeds)
    func uncertain(_ seed: UInt64) throws {
        try attempts(seed) { driver in
            let played = driver.play()
            let ending = try #require(played)
            if driver.mayHaveWorked { #expect(ending.leavesDoubt, "\(ending) of \(driver.run)") }
        }
    }

    @Test("A run that no PATCH can have reached is never uncertain or unknown", arguments: seeds)
    func certain(_ seed: UInt64) throws {
        try attempts(seed) { driver in
            let played = driver.play()
            let ending = try #require(played)
            guard !driver.mayHaveWorked else { return }
            switch ending {
            case .unknown: Issue.record("\(ending) of \(driver.run)")
            case .retry(_, let isUncertain, _): #expect(!isUncertain, "\(driver.run)")
            case .started: #expect(!driver.patched.isEmpty)
            case .alreadyRunning, .nothingScheduled, .refused, .lost: break
            }
        }
    }

    @Test("An execution once PATCHed is the run's for life, with its first look", arguments: seeds)
    func forLife(_ seed: UInt64) {
        attempts(seed) { driver in
            let wasUncertain = driver.mayHaveWorked
            _ = driver.play()
            if let execution = driver.run.execution { #expect(driver.patched.allSatisfy { $0 == execution }) }
            if case .number(let number) = driver.run.target.execution {
                #expect(driver.patched.allSatisfy { $0 == number })
            }
            if wasUncertain { #expect(driver.firstLooks.allSatisfy { $0 == driver.run.firstLook }) }
        }
    }
}
