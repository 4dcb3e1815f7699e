// How the sandbox answers a request to the API: who asks, is there quota, may they, what do they ask for.
extension SandboxBuddy {
    /// Does what a received request asks for, in one step.
    func answer(_ request: SandboxRequest) -> SandboxAnswer {
        settle()
        guard isAuthorized(request) else {
            return .error(Refusal(401, "Bad or missing token."))
        }
        var window = rateWindow ?? RateWindow(start: now())
        let hasQuota = window.take(now: now(), switches)
        rateWindow = window
        var answer: SandboxAnswer
        do throws(Refusal) {
            guard hasQuota else { throw Refusal(switches.rateLimitCode, SandboxFault.rateLimitMessage) }
            answer = try dispatch(request)
        } catch {
            answer = .error(error)
        }
        answer.headers += window.headers(switches)
        return answer
    }

    private func dispatch(_ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        if switches.apiDisabled, request.route != .user, request.route != .token {
            throw Refusal(switches.apiDisabledCode, "API is disabled in this workspace.")
        }
        switch (request.route, request.method) {
        case (.user, "GET"):
            return try user()
        case (.token, "GET"):
            return try ownToken()
        case (.identifiers(let domain), "GET"):
            return try identifiers(domain: domain, request)
        case (.projects(let domain), "GET"):
            return try list(projectsOf: domain, request)
        case (.pipelines(let key), "GET"):
            return try list(pipelinesOf: key, request)
        case (.pipeline(let key), "GET"):
            return try show(pipeline: key)
        case (.executions(let key), "GET"):
            return try list(executionsOf: key, request)
        case (.executions(let key), "POST"):
            return try run(key, request)
        case (.execution(let key, let id), "GET"):
            return try show(execution: id, of: key)
        case (.execution(let key, let id), "PATCH"):
            return try change(execution: id, of: key, request)
        case (.notANumber, _):
            throw Refusal(404, "This number is none.")
        case (.none, _):
            throw Refusal(400, "There is no such endpoint.")
        default:
            throw Refusal(405, "This endpoint has no \(request.method).")
        }
    }

    private func isAuthorized(_ request: SandboxRequest) -> Bool {
        let words = (request.header("Authorization") ?? "").split(separator: " ")
        return words.count == 2 && words[0].lowercased() == "bearer" && words[1] == token
    }

    // MARK: What endpoints ask for

    /// Refuses where the token lacks a scope.
    func require(_ scopes: String...) throws(Refusal) {
        for scope in scopes where !holds(scope) {
            throw Refusal(switches.missingScopeCode, "The token lacks the scope \(scope).")
        }
    }

    /// Refuses where the token may not look at executions.
    func requireLook() throws(Refusal) {
        if switches.scopesNeeded == .both { try require("WORKSPACE") }
        try require("EXECUTION_INFO")
        if switches.permission == .denied { throw noPermission }
    }

    /// Refuses where the token may not run executions.
    func requireRun() throws(Refusal) {
        if switches.scopesNeeded == .both { try require("WORKSPACE") }
        try require("EXECUTION_RUN")
        if switches.permission == .denied || switches.permission == .readOnly { throw noPermission }
    }

    /// The pipeline of that key, or 404.
    func existing(_ key: PipelineKey) throws(Refusal) -> SandboxPipeline {
        guard projects.contains(key.project) else { throw Refusal(404, "There is no such project.") }
        guard let pipeline = pipelines[key] else { throw Refusal(404, "There is no such pipeline.") }
        return pipeline
    }

    private var noPermission: Refusal {
        Refusal(switches.noPermissionCode, "You have no permission for this pipeline.")
    }

    private func holds(_ scope: String) -> Bool {
        let line = ["EXECUTION_INFO", "EXECUTION_RUN", "EXECUTION_MANAGE"]
        guard let index = line.firstIndex(of: scope) else { return switches.tokenScopes.contains(scope) }
        return line[index...].contains(where: switches.tokenScopes.contains)
    }
}
