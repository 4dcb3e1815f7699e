import FoundationEssentials

/// How runs are worked on. The defaults are those of the configuration file.
package struct DispatchRules: Sendable, Equatable {
    /// Runs worked on at the same time, for each Buddy.
    package var concurrency = 8
    /// After how many calls in a row without an answer of Buddy's it is left alone for a while.
    package var breakerFailures = 5
    /// For how long, at first; doubled when it fails again, up to ``longestRetry``.
    package var breakerPause: Duration = .seconds(10)
    /// How long a run is held; longer than ``callTimeout`` and 5 s.
    package var lease: Duration = .seconds(60)
    /// How long one call to Buddy may take.
    package var callTimeout: Duration = .seconds(30)
    package var firstRetry: Duration = .seconds(1)
    package var longestRetry: Duration = .seconds(300)
    /// How long a run is retried, from intake or redelivery.
    package var giveUpAfter: Duration = .seconds(86_400)
    /// How many pages of 50 executions are looked through.
    package var listPages = 5
    /// The statuses of an execution that waits for its time. Buddy documents none.
    package var waitingStatuses: Set<String> = ["INITIAL", "ENQUEUED"]

    package init() {}

    package static let executionsPerPage = 50

    /// However long a server asks for: its answer may be wrong.
    package static let longestPause = Duration.seconds(3600)

    /// When to try again: full jitter, as AWS describes in "Exponential Backoff And Jitter", but not before Buddy's
    /// own time and not before ``firstRetry`` after a PATCH that may have worked.
    func nextAttempt(
        after attempt: Int, now: Date, notBefore: Date?, isUncertain: Bool, random: (ClosedRange<Double>) -> Double
    ) -> Date {
        let ceiling = min(longestRetry.seconds, firstRetry.seconds * pow2(attempt - 1))
        let delay = max(isUncertain ? firstRetry.seconds : 0, random(0...ceiling))
        return max(now.addingTimeInterval(delay), notBefore ?? now)
    }

    private func pow2(_ exponent: Int) -> Double { Double(1 << min(40, max(0, exponent))) }

    /// What an execution that somebody wrote down, or a selector chose, is to us before its PATCH.
    func standing(of execution: Execution, now: Date) -> Standing {
        if Self.calledOff.contains(execution.status) { return execution.startDate == nil ? .calledOff : .runsOrRan }
        guard execution.finishDate == nil, waitingStatuses.contains(execution.status) else { return .runsOrRan }
        if let due = execution.delayUntil.flatMap(Timestamp.date) { return due > now ? .waiting(until: due) : .mayWait }
        // Queued without a time of its own is an ordinary run on its way; INITIAL alone does not tell.
        return execution.status == "ENQUEUED" ? .runsOrRan : .mayWait
    }

    /// How often it is looked whether a run's turn has come.
    var turnPause: Duration { min(.seconds(15), longestRetry) }

    /// Whether an execution has come to its end.
    func isOver(_ execution: Execution) -> Bool {
        execution.finishDate != nil || Self.calledOff.contains(execution.status)
            || ["SUCCESSFUL", "FAILED"].contains(execution.status)
    }

    private static let calledOff: Set<String> = ["TERMINATED", "SKIPPED", "NOT_EXECUTED"]

    enum Standing: Equatable {
        /// It waits for its time: a candidate for selectors.
        case waiting(until: Date)
        /// It could be waiting; Buddy does not show for when. Run only where somebody wrote its number.
        case mayWait
        case runsOrRan
        case calledOff
    }
}
