import FoundationEssentials

@testable import Bridge

extension Execution {
    /// An execution that waits until `minutes` after ``noon``.
    static func waiting(_ id: Int = 4, _ minutes: Double = 60, status: String = "INITIAL") -> Execution {
        var execution = Execution(id: id, status: status)
        execution.delayUntil = Timestamp.text(noon.addingTimeInterval(minutes * 60))
        execution.branch = "main"
        execution.htmlURL = "https://app.buddy.works/acme/web/pipelines/pipeline/2/execution/\(id)aa"
        return execution
    }

    /// An execution that runs, or ran.
    static func begun(_ id: Int = 4, _ status: String = "INPROGRESS", finished: Bool = false) -> Execution {
        var execution = Execution(id: id, status: status)
        execution.startDate = "2027-01-15T07:59:00Z"
        execution.finishDate = finished ? "2027-01-15T07:59:30Z" : nil
        return execution
    }

    /// An execution that was called off before it started.
    static func calledOff(_ status: String = "TERMINATED", id: Int = 4) -> Execution {
        var execution = Execution(id: id, status: status)
        execution.finishDate = "2027-01-15T07:00:00Z"
        return execution
    }

    /// The same execution with something changed.
    func with<Value>(_ path: WritableKeyPath<Execution, Value>, _ value: Value) -> Execution {
        var execution = self
        execution[keyPath: path] = value
        return execution
    }
}

extension BuddyFailure {
    static let timeout = BuddyFailure(.broken, "no answer within 30 s")
    static let notSent = BuddyFailure(.notSent, "connection refused")
    static let noToken: BuddyFailure = {
        var failure = BuddyFailure(.notSent, "no token")
        failure.isTokenMissing = true
        return failure
    }()
    static let unreadable = BuddyFailure(.unreadable(200), "the answer is no execution")

    static func status(_ status: Int, _ message: String = "Buddy's own words") -> BuddyFailure {
        BuddyFailure(.status(status), message)
    }

    /// A limit on the number of calls, which ends a minute after ``noon``.
    static func limited(_ status: Int) -> BuddyFailure {
        var failure = BuddyFailure(.status(status), "Rate limit exceeded.")
        failure.isRateLimit = true
        failure.retryAt = noon.addingTimeInterval(60)
        return failure
    }
}

extension Run {
    /// A run of `acme/web`, pipeline 2.
    static func of(
        _ execution: ExecutionReference, pipeline: PipelineReference = .number(2), chosen: Int? = nil,
        patchSent: Bool = false, isUncertain: Bool = false, firstLook: Execution? = nil, pipelineNumber: Int? = nil
    ) -> Run {
        Run(
            id: 1, delivery: "d", route: "r", buddy: "https://api.buddy.works",
            target: Target(domain: "acme", project: "web", pipeline: pipeline, execution: execution), state: .running,
            attempts: 1, nextAttemptAt: noon, budgetStart: noon, leaseNumber: 1, pipelineNumber: pipelineNumber,
            execution: chosen, patchSent: patchSent, isUncertain: isUncertain, firstLook: firstLook)
    }
}
