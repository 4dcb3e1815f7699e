import FoundationEssentials

extension SandboxSwitches {
    /// The names in JSON.
    enum CodingKeys: String, CodingKey, CaseIterable {
        case waitingStatus = "waiting_status"
        case waitingStartDate = "waiting_start_date"
        case waitingInList = "waiting_in_list"
        case delayUntilInList = "delay_until_in_list"
        case delayUntilInGet = "delay_until_in_get"
        case delayUntilInPatch = "delay_until_in_patch"
        case delayUntilAfterRun = "delay_until_after_run"
        case startedStatus = "started_status"
        case runDelayedAgain = "run_delayed_again"
        case cancelWaiting = "cancel_waiting"
        case runCode = "run_code"
        case badRequestCode = "bad_request_code"
        case race
        case tokenScopes = "token_scopes"
        case scopesNeeded = "scopes_needed"
        case missingScopeCode = "missing_scope_code"
        case permission
        case noPermissionCode = "no_permission_code"
        case unknownExecutionCode = "unknown_execution_code"
        case apiDisabled = "api_disabled"
        case apiDisabledCode = "api_disabled_code"
        case pipelineDisabled = "pipeline_disabled"
        case pipelinePaused = "pipeline_paused"
        case workspaceLocked = "workspace_locked"
        case lockedCode = "locked_code"
        case rateLimitCode = "rate_limit_code"
        case rateLimitQuota = "rate_limit_quota"
        case rateLimitWindow = "rate_limit_window"
        case rateLimitReset = "rate_limit_reset"
        case triggeredOn = "triggered_on"
        case emptyFields = "empty_fields"
        case pageFields = "page_fields"
        case statusFilter = "status_filter"
        case dateFractions = "date_fractions"
        case unseenStatus = "unseen_status"
        case basePath = "base_path"
    }

    /// Reads switches; a missing one has its default, an unknown one is an error.
    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(but: CodingKeys.self, kind: "switch")
        self.init()
        let values = try decoder.container(keyedBy: CodingKeys.self)
        try values.read(.waitingStatus, into: &waitingStatus)
        try values.read(.waitingStartDate, into: &waitingStartDate)
        try values.read(.waitingInList, into: &waitingInList)
        try values.read(.delayUntilInList, into: &delayUntilInList)
        try values.read(.delayUntilInGet, into: &delayUntilInGet)
        try values.read(.delayUntilInPatch, into: &delayUntilInPatch)
        try values.read(.delayUntilAfterRun, into: &delayUntilAfterRun)
        try values.read(.startedStatus, into: &startedStatus)
        try values.read(.runDelayedAgain, into: &runDelayedAgain)
        try values.read(.cancelWaiting, into: &cancelWaiting)
        try values.read(.runCode, into: &runCode)
        try values.read(.badRequestCode, into: &badRequestCode)
        try values.read(.race, into: &race)
        try values.read(.tokenScopes, into: &tokenScopes)
        try values.read(.scopesNeeded, into: &scopesNeeded)
        try values.read(.missingScopeCode, into: &missingScopeCode)
        try values.read(.permission, into: &permission)
        try values.read(.noPermissionCode, into: &noPermissionCode)
        try values.read(.unknownExecutionCode, into: &unknownExecutionCode)
        try values.read(.apiDisabled, into: &apiDisabled)
        try values.read(.apiDisabledCode, into: &apiDisabledCode)
        try values.read(.pipelineDisabled, into: &pipelineDisabled)
        try values.read(.pipelinePaused, into: &pipelinePaused)
        try values.read(.workspaceLocked, into: &workspaceLocked)
        try values.read(.lockedCode, into: &lockedCode)
        try values.read(.rateLimitCode, into: &rateLimitCode)
        try values.read(.rateLimitQuota, into: &rateLimitQuota)
        try values.read(.rateLimitWindow, into: &rateLimitWindow)
        try values.read(.rateLimitReset, into: &rateLimitReset)
        try values.read(.triggeredOn, into: &triggeredOn)
        try values.read(.emptyFields, into: &emptyFields)
        try values.read(.pageFields, into: &pageFields)
        try values.read(.statusFilter, into: &statusFilter)
        try values.read(.dateFractions, into: &dateFractions)
        try values.read(.unseenStatus, into: &unseenStatus)
        try values.read(.basePath, into: &basePath)
    }
}

extension KeyedDecodingContainer {
    /// Reads a value where there is one.
    func read<Value: Decodable>(_ key: Key, into value: inout Value) throws {
        if let found = try decodeIfPresent(Value.self, forKey: key) { value = found }
    }
}
