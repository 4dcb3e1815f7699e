/// How the stand-in behaves where Buddy's behaviour is documented nowhere. The default of each switch is what is
/// assumed of the real Buddy (or what its page shows); the other values are what it might do as well.
package struct SandboxSwitches: Sendable, Equatable, Codable {
    // MARK: A waiting execution

    /// The status while waiting: `INITIAL`, `ENQUEUED` or any text.
    package var waitingStatus = "INITIAL"
    /// The `start_date` while waiting.
    package var waitingStartDate = WaitingStartDate.null
    /// Whether waiting executions are in the plain list.
    package var waitingInList = true
    /// Whether list items carry `delay_until`.
    package var delayUntilInList = false
    /// Whether GET (and the answer to POST) carries `delay_until`.
    package var delayUntilInGet = true
    /// Whether the answer to PATCH carries `delay_until`; the published example does not.
    package var delayUntilInPatch = false
    /// What becomes of `delay_until` after RUN_DELAYED.
    package var delayUntilAfterRun = DelayUntilAfterRun.kept

    // MARK: Operations

    /// The status of an execution just started.
    package var startedStatus = StartedStatus.inProgress
    /// RUN_DELAYED on an execution that is not waiting.
    package var runDelayedAgain = RunDelayedAgain.badRequest
    /// CANCEL on a waiting execution.
    package var cancelWaiting = CancelWaiting.terminated
    /// The code of a successful POST.
    package var runCode = RunCode.created
    /// The code for an unknown operation and for bad JSON.
    package var badRequestCode = Code.badRequest
    /// Whether a waiting execution starts by itself just before RUN_DELAYED arrives.
    package var race = false

    // MARK: Who may

    /// The scopes of the token; EXECUTION_MANAGE holds EXECUTION_RUN holds EXECUTION_INFO.
    package var tokenScopes = ["WORKSPACE", "EXECUTION_RUN", "USER_INFO", "TOKEN_INFO"]
    /// Which scopes an endpoint of executions and pipelines asks for.
    package var scopesNeeded = ScopesNeeded.both
    /// The code for a missing scope.
    package var missingScopeCode = Code.forbidden
    /// What the token's user may do with every pipeline.
    package var permission = Permission.readWrite
    /// The code for a missing permission.
    package var noPermissionCode = Code.forbidden
    /// The code for an unknown execution.
    package var unknownExecutionCode = Code.notFound
    /// Whether the API is disabled in every workspace.
    package var apiDisabled = false
    /// The code while the API is disabled.
    package var apiDisabledCode = Code.forbidden
    /// Whether every pipeline is disabled.
    package var pipelineDisabled = false
    /// Whether every pipeline shows itself as paused; what Buddy then does with executions is not known, so nothing else.
    package var pipelinePaused = false
    /// Whether every workspace is locked.
    package var workspaceLocked = false
    /// The code for a disabled pipeline and for a locked workspace.
    package var lockedCode = Code.badRequest

    // MARK: Rate limit

    /// The code when the quota is used up.
    package var rateLimitCode = Code.tooManyRequests
    /// Requests per window.
    package var rateLimitQuota = 1000
    /// The window's length in seconds; nothing is known of it, so it is a guess.
    package var rateLimitWindow = 3600
    /// Whether answers carry `X-Rate-Limit-Reset`.
    package var rateLimitReset = true

    // MARK: Shape of answers

    /// How the trigger is spelled. The default is the mission page's; newer pages spell it `triggered_on`.
    package var triggeredOn = TriggeredOn.camel
    /// Empty fields.
    package var emptyFields = EmptyFields.null
    /// Whether the list has pages; without, it sends everything at once and no page fields.
    package var pageFields = true
    /// Whether `?status=` filters the list.
    package var statusFilter = false
    /// Fraction digits of dates.
    package var dateFractions = DateFractions.three
    /// Whether an execution that runs shows a status that no page lists.
    package var unseenStatus = false
    /// The path before `/workspaces` and `/user`, as on an own host.
    package var basePath = BasePath.none

    /// The defaults.
    package init() {}
}
