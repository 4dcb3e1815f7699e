package import FoundationEssentials

/// One target to be run for a delivery, as the journal keeps it.
package struct Run: Sendable {
    package enum State: String, Sendable, Codable, CaseIterable {
        case pending, running, started, already_running, nothing_scheduled, refused, dead
        /// Not run, because another run with its key was under way, or there were too many.
        case skipped
        /// Not run, because a later one with its key stands for it.
        case coalesced

        package var outcome: DeliveryOutcome {
            switch self {
            case .pending, .running: .pending
            case .started: .started
            case .already_running: .already_running
            case .nothing_scheduled: .nothing_scheduled
            case .refused: .refused
            case .dead: .dead
            case .skipped: .skipped
            case .coalesced: .coalesced
            }
        }

        /// Whether a redelivery may try it again.
        package var isRedoable: Bool { [.refused, .nothing_scheduled, .dead].contains(self) }

        /// Whether somebody may who wants it all the same.
        package var isRedoableByHand: Bool { isRedoable || [.skipped, .coalesced].contains(self) }
    }

    package var id: Int64
    package var delivery: String
    package var route: String
    package var buddy: String
    /// As rendered at intake; never rendered again.
    package var target: Target
    package var state: State
    /// Conversations with Buddy so far, over all redeliveries.
    package var attempts: Int
    package var nextAttemptAt: Date
    /// When the budget of retries began: at intake, or at the last redelivery.
    package var budgetStart: Date
    /// Grows with every lease: a holder whose number is not the newest may write history only.
    package var leaseNumber: Int
    package var pipelineNumber: Int?
    /// The execution that this run PATCHed, or is about to. From then on it is the run's for life.
    package var execution: Int?
    /// A PATCH was sent, and no certain refusal has come back.
    package var patchSent: Bool
    /// A PATCH may have worked, and nobody can tell yet.
    package var isUncertain: Bool
    /// The execution as it was before the PATCH. Nil when Buddy would not show it.
    package var firstLook: Execution?
    /// The execution as it was last seen.
    package var lastLook: Execution?
    package var error: RunError?
    /// Its place among the runs with the same key. Nil where it is for itself.
    package var turn: Turn?

    package init(
        id: Int64, delivery: String, route: String, buddy: String, target: Target, state: State, attempts: Int,
        nextAttemptAt: Date, budgetStart: Date, leaseNumber: Int, pipelineNumber: Int? = nil, execution: Int? = nil,
        patchSent: Bool = false, isUncertain: Bool = false, firstLook: Execution? = nil, lastLook: Execution? = nil,
        error: RunError? = nil, turn: Turn? = nil
    ) {
        self.turn = turn
        self.id = id
        self.delivery = delivery
        self.route = route
        self.buddy = buddy
        self.target = target
        self.state = state
        self.attempts = attempts
        self.nextAttemptAt = nextAttemptAt
        self.budgetStart = budgetStart
        self.leaseNumber = leaseNumber
        self.pipelineNumber = pipelineNumber
        self.execution = execution
        self.patchSent = patchSent
        self.isUncertain = isUncertain
        self.firstLook = firstLook
        self.lastLook = lastLook
        self.error = error
    }

    package var lease: Lease { Lease(run: id, number: leaseNumber) }

    /// Nil while the number of its pipeline is not known.
    package var pipeline: PipelineAddress? {
        var number = pipelineNumber
        if case .number(let written) = target.pipeline { number = written }
        return number.map {
            PipelineAddress(buddy: buddy, domain: target.domain, project: target.project, pipeline: $0)
        }
    }
}

/// The right to work on a run, until it ends or somebody else takes it.
package struct Lease: Sendable, Hashable {
    package var run: Int64
    package var number: Int

    package init(run: Int64, number: Int) {
        self.run = run
        self.number = number
    }
}

/// One step of a run's past.
package struct AttemptRecord: Sendable, Codable, Equatable {
    /// RFC 3339, UTC.
    package var at: String
    /// The attempt's number, from 1.
    package var attempt: Int
    /// `patch` for what was committed before one, `retry`, or the state that the run ended in.
    package var step: String
    package var execution: Int?
    package var status: String?
    package var error: RunError?

    package init(
        at: Date, attempt: Int, step: String, execution: Int? = nil, status: String? = nil, error: RunError? = nil
    ) {
        self.at = Timestamp.text(at)
        self.attempt = attempt
        self.step = step
        self.execution = execution
        self.status = status
        self.error = error
    }
}
