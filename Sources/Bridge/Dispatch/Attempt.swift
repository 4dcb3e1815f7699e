import FoundationEssentials

/// One conversation with Buddy about a run: does what ``AttemptMachine`` says, and commits how it ended.
struct Attempt {
    private let run: Run
    private let client: LeasedClient
    private let journal: any RunJournal
    private let rules: DispatchRules
    private let now: @Sendable () -> Date
    private let random: @Sendable (ClosedRange<Double>) -> Double

    /// - Parameters:
    ///   - run: a run that was leased just now.
    ///   - heldUntil: when its lease ends.
    ///   - random: a number within a range, for the jitter.
    init(
        _ run: Run, heldUntil: Date, client: any BuddyClient, journal: any RunJournal, rules: DispatchRules,
        now: @escaping @Sendable () -> Date, random: @escaping @Sendable (ClosedRange<Double>) -> Double
    ) {
        self.run = run
        self.journal = journal
        self.rules = rules
        self.now = now
        self.random = random
        self.client = LeasedClient(
            client, journal: journal, lease: run.lease, heldUntil: heldUntil, rules: rules, now: now)
    }

    /// Works on the run until the attempt ends. Returns how, as committed; nil when another holder has the run.
    ///
    /// - Throws: ``JournalUnavailable``: then the lease runs out, and a PATCH that was sent counts as uncertain.
    func callAsFunction() async throws(JournalUnavailable) -> AttemptEnding? {
        var machine = AttemptMachine(run, rules: rules)
        var step = machine.start()
        while true {
            if case .end(let ending) = step {
                guard let result = settle(ending, machine) else { return nil }
                return try await journal.finish(run.lease, result) ? result : nil
            }
            let input = try await perform(step, machine)
            step = machine.next(input, now: now())
        }
    }

    private func perform(
        _ step: AttemptMachine.Step, _ machine: AttemptMachine
    ) async throws(JournalUnavailable) -> AttemptMachine.Input {
        if case .resolvePipeline(let identifier) = step {
            return .pipeline(
                await answer { () throws(BuddyFailure) in
                    try await client.pipelineNumber(
                        of: identifier, project: run.target.project, domain: run.target.domain, buddy: run.buddy)
                })
        }
        guard let number = machine.pipelineNumber else { preconditionFailure("a step without a pipeline") }
        let pipeline = PipelineAddress(
            buddy: run.buddy, domain: run.target.domain, project: run.target.project, pipeline: number)
        switch step {
        case .search(let reference):
            let search = ExecutionSearch(
                client: client, pipeline: pipeline, rules: rules, now: now(),
                claimed: try await journal.claims(on: pipeline))
            return .search(await answer { () throws(BuddyFailure) in try await search.find(reference) })
        case .look(let execution):
            return .look(
                await answer { () throws(BuddyFailure) in
                    try await client.execution(execution, of: pipeline)
                })
        case .commit(let execution, let firstLook, let needsClaim):
            let look = Look(
                lease: run.lease, heldUntil: now().advanced(by: rules.lease), pipeline: pipeline,
                execution: execution, needsClaim: needsClaim, firstLook: firstLook,
                record: AttemptRecord(
                    at: now(), attempt: run.attempts, step: "patch", execution: execution, status: firstLook?.status))
            let result = try await journal.commit(look)
            if result == .committed { client.held(until: look.heldUntil) }
            return .commit(result)
        case .patch(let execution):
            return .patch(
                await answer { () throws(BuddyFailure) in
                    try await client.runScheduled(execution, of: pipeline)
                })
        case .resolvePipeline, .end: preconditionFailure("handled above")
        }
    }

    private func answer<Value>(
        _ call: () async throws(BuddyFailure) -> Value
    ) async -> Result<Value, BuddyFailure> {
        do {
            return .success(try await call())
        } catch {
            return .failure(error)
        }
    }

    /// Turns an ending into what the journal keeps. Nil when another holder has the run.
    private func settle(_ ending: AttemptMachine.Ending, _ machine: AttemptMachine) -> AttemptEnding? {
        let time = now()
        func record(_ step: String, _ execution: Execution?, _ error: RunError?) -> AttemptRecord {
            AttemptRecord(
                at: time, attempt: run.attempts, step: step, execution: execution?.id ?? run.execution,
                status: execution?.status, error: error)
        }
        func end(_ state: Run.State, _ execution: Execution?, _ error: RunError?, releases: Bool = false)
            -> AttemptEnding
        {
            AttemptEnding(
                state: state, pipelineNumber: machine.pipelineNumber, lastLook: execution, error: error,
                releasesClaim: releases,
                record: record(state.rawValue, execution, error))
        }
        switch ending {
        case .started(let execution): return end(.started, execution, nil)
        case .alreadyRunning(let execution): return end(.already_running, execution, nil)
        case .nothingScheduled(let error): return end(.nothing_scheduled, nil, error, releases: true)
        case .refused(let error, let execution): return end(.refused, execution, error, releases: true)
        case .unknown(let error):
            var result = end(.dead, nil, error)
            result.isUncertain = true
            return result
        case .retry(let error, let isUncertain, let notBefore):
            let next = rules.nextAttempt(
                after: run.attempts, now: time, notBefore: notBefore, isUncertain: isUncertain, random: random)
            var result = end(.pending, nil, error)
            result.isUncertain = isUncertain
            if next > run.budgetStart.advanced(by: rules.giveUpAfter) {
                let last = isUncertain ? machine.doubt(error.message) : error
                result = end(.dead, nil, last, releases: !isUncertain)
                result.isUncertain = isUncertain
            } else {
                result.nextAttemptAt = next
                result.record.step = "retry"
            }
            return result
        case .lost: return nil
        }
    }
}
