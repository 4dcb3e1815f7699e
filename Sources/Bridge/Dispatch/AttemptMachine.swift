import FoundationEssentials

/// One attempt at a run, as a state machine without I/O: DESIGN §6.3 from the first look to the last.
///
/// The caller does what a ``Step`` says and feeds what came of it to ``next(_:now:)``, until a step ends the attempt.
struct AttemptMachine {
    enum Step: Equatable {
        case resolvePipeline(String)
        /// Find an execution in the pipeline's list.
        case search(ExecutionReference)
        case look(Int)
        /// Commit what was seen and that a PATCH goes out now; only then send it.
        case commit(execution: Int, firstLook: Execution?, needsClaim: Bool)
        case patch(Int)
        case end(Ending)
    }

    enum Input {
        case pipeline(Result<Int, BuddyFailure>)
        case search(Result<SearchResult, BuddyFailure>)
        case look(Result<Execution, BuddyFailure>)
        case commit(LookCommit)
        case patch(Result<Execution, BuddyFailure>)
    }

    /// What ends an attempt.
    enum Ending: Equatable {
        case started(Execution)
        case alreadyRunning(Execution)
        case nothingScheduled(RunError)
        case refused(RunError, Execution?)
        /// Nobody can tell, and nobody will be able to.
        case unknown(RunError)
        case retry(RunError, uncertain: Bool, notBefore: Date?)
        /// Another holder has the run.
        case lost
    }

    private enum Phase: Equatable {
        case resolving, searching, firstLook, committing, patching
        /// Looking again after a PATCH that may have worked, or after a clear no.
        case comparing(refusal: BuddyFailure?)
    }

    private let run: Run
    private let rules: DispatchRules
    private var phase = Phase.resolving
    private var execution: Int?
    /// Chosen by a selector: the claim on it must be won.
    private var isChosen: Bool
    private var firstLook: Execution?
    private var isUncertain: Bool
    private(set) var pipelineNumber: Int?
    /// Whether a PATCH went out in this attempt.
    private var hasPatched = false

    init(_ run: Run, rules: DispatchRules) {
        self.run = run
        self.rules = rules
        // A holder that went away after `patch_sent` has left a PATCH that may have worked.
        isUncertain = run.isUncertain || run.patchSent
        firstLook = isUncertain ? run.firstLook : nil
        execution = run.execution
        isChosen = if case .selector = run.target.execution { true } else { false }
        if case .number(let number) = run.target.pipeline { pipelineNumber = number }
        pipelineNumber = pipelineNumber ?? run.pipelineNumber
    }

    mutating func start() -> Step {
        if pipelineNumber == nil, case .identifier(let text) = run.target.pipeline { return .resolvePipeline(text) }
        return findExecution()
    }

    private mutating func findExecution() -> Step {
        if let execution {
            phase = isUncertain ? .comparing(refusal: nil) : .firstLook
            return .look(execution)
        }
        if case .number(let number) = run.target.execution {
            execution = number
            phase = .firstLook
            return .look(number)
        }
        phase = .searching
        return .search(run.target.execution)
    }

    mutating func next(_ input: Input, now: Date) -> Step {
        switch (phase, input) {
        case (.resolving, .pipeline(.success(let number))):
            pipelineNumber = number
            return findExecution()
        case (.resolving, .pipeline(.failure(let failure))), (.searching, .search(.failure(let failure))):
            return .end(beforePatch(failure))
        case (.searching, .search(.success(let result))): return found(result, now: now)
        case (.firstLook, .look(.success(let seen))): return judge(seen, now: now)
        case (.firstLook, .look(.failure(let failure))):
            // Buddy may let us run what it does not let us see.
            if failure.status == 403, !failure.isRateLimit { return commit(nil) }
            return .end(beforePatch(failure))
        case (.committing, .commit(let result)): return committed(result)
        case (.patching, .patch(let answer)): return patched(answer)
        case (.comparing(let refusal), .look(let answer)): return compared(answer, refusal: refusal, now: now)
        default: preconditionFailure("an attempt in \(phase) was given another phase's answer")
        }
    }

    // MARK: Before the PATCH

    /// No PATCH of this attempt is out, so a clear no is final, unless an earlier PATCH may have worked.
    private func beforePatch(_ failure: BuddyFailure) -> Ending {
        if failure.isRetryable || isUncertain {
            return .retry(failure.runError, uncertain: isUncertain, notBefore: failure.retryAt)
        }
        return .refused(failure.runError, nil)
    }

    private mutating func found(_ result: SearchResult, now: Date) -> Step {
        switch result {
        case .found(let seen):
            execution = seen.id
            return isChosen ? commit(seen) : judge(seen, now: now)
        case .none(let error): return .end(.nothingScheduled(error))
        case .refused(let error): return .end(.refused(error, nil))
        }
    }

    private mutating func judge(_ seen: Execution, now: Date) -> Step {
        switch rules.standing(of: seen, now: now) {
        case .waiting, .mayWait: return commit(seen)
        case .runsOrRan: return .end(.alreadyRunning(seen))
        case .calledOff:
            let message = "execution #\(seen.id) is \(seen.status) and never started: there is nothing to run"
            return .end(.refused(RunError(code: .notWaiting, message: message), seen))
        }
    }

    private mutating func commit(_ seen: Execution?) -> Step {
        guard let execution else { preconditionFailure("a commit without an execution") }
        // Later looks are compared with what was seen before the first PATCH that may have worked.
        if !isUncertain { firstLook = seen }
        phase = .committing
        return .commit(execution: execution, firstLook: firstLook, needsClaim: isChosen)
    }

    private mutating func committed(_ result: LookCommit) -> Step {
        guard let execution else { preconditionFailure("a commit without an execution") }
        switch result {
        case .committed:
            phase = .patching
            hasPatched = true
            return .patch(execution)
        case .leaseLost: return .end(.lost)
        case .claimTaken:
            if run.execution == nil {
                self.execution = nil
                return findExecution()
            }
            let error = RunError(
                code: .notWaiting, message: "execution #\(execution) has been taken by another run")
            return .end(isUncertain ? .retry(error, uncertain: true, notBefore: nil) : .refused(error, nil))
        }
    }

    // MARK: After the PATCH

    private mutating func patched(_ answer: Result<Execution, BuddyFailure>) -> Step {
        guard let execution else { preconditionFailure("a PATCH without an execution") }
        switch answer {
        case .success(let now) where now.id == execution && now.finishDate == nil: return .end(.started(now))
        case .success:
            isUncertain = true
            phase = .comparing(refusal: nil)
        case .failure(let failure) where failure.mayHaveWorked:
            isUncertain = true
            phase = .comparing(refusal: nil)
        case .failure(let failure) where failure.isRetryable || failure.status == 401 || failure.isTokenMissing:
            return .end(beforePatch(failure))
        case .failure(let failure):
            phase = .comparing(refusal: failure)
        }
        return .look(execution)
    }

    /// What a look after a PATCH tells: whether the execution is still as it was before.
    private mutating func compared(
        _ answer: Result<Execution, BuddyFailure>, refusal: BuddyFailure?, now: Date
    ) -> Step {
        switch answer {
        case .success(let seen) where isUncertain:
            if hasChanged(seen, now: now) { return .end(.started(seen)) }
            // A PATCH of this very attempt is out: wait before the next. One of an earlier attempt: that wait is over.
            if hasPatched || refusal != nil { return .end(retryUnchanged(refusal)) }
            return commit(seen)
        case .success(let seen):
            return .end(afterRefusal(refusal, seen, now: now))
        case .failure(let failure) where isUncertain:
            if firstLook == nil, failure.status == 403, !failure.isRateLimit {
                return .end(.unknown(doubt("Buddy does not show execution #\(execution ?? 0)")))
            }
            return .end(.retry(failure.runError, uncertain: true, notBefore: failure.retryAt))
        case .failure(let failure):
            if failure.isRetryable { return .end(beforePatch(failure)) }
            return .end(.refused((refusal ?? failure).runError, nil))
        }
    }

    private func hasChanged(_ seen: Execution, now: Date) -> Bool {
        guard let firstLook else {
            switch rules.standing(of: seen, now: now) {
            case .waiting, .mayWait: return false
            case .runsOrRan, .calledOff: return true
            }
        }
        return seen.status != firstLook.status || seen.startDate != firstLook.startDate
            || seen.delayUntil != firstLook.delayUntil
    }

    private func retryUnchanged(_ refusal: BuddyFailure?) -> Ending {
        let error =
            refusal?.runError
            ?? RunError(code: .buddyUnavailable, message: "Buddy did not confirm the run, and it has not begun yet")
        return .retry(error, uncertain: true, notBefore: refusal?.retryAt)
    }

    /// Buddy said no, for certain, and no earlier PATCH may have worked.
    private func afterRefusal(_ refusal: BuddyFailure?, _ seen: Execution, now: Date) -> Ending {
        if case .runsOrRan = rules.standing(of: seen, now: now) { return .alreadyRunning(seen) }
        let error = refusal?.runError ?? RunError(code: .notWaiting, message: "execution #\(seen.id) is not waiting")
        return .refused(error, seen)
    }

    /// What is said of a run that ends with a PATCH of which nobody can tell whether it worked.
    func doubt(_ why: String) -> RunError {
        let page = firstLook?.htmlURL.map { ": \($0)" } ?? ""
        return RunError(
            code: .unknown, message: "it is unknown whether the execution was started (\(why)); look at its page\(page)"
        )
    }
}
