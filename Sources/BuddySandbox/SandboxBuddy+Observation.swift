extension SandboxBuddy {
    /// How many requests are kept at most; older ones are forgotten.
    static let requestsKept = 10_000

    /// How often a request really started this execution (RUN_DELAYED, RETRY, or POST without `delay_until`).
    package func starts(domain: String, project: String, pipeline: Int, execution: Int) -> Int {
        self.execution(domain: domain, project: project, pipeline: pipeline, execution: execution)?.starts ?? 0
    }

    /// How often this execution started by itself because its time had come.
    package func selfStarts(domain: String, project: String, pipeline: Int, execution: Int) -> Int {
        self.execution(domain: domain, project: project, pipeline: pipeline, execution: execution)?.selfStarts ?? 0
    }

    /// The starts by requests of all executions.
    package var totalStarts: Int {
        allExecutions.reduce(0) { $0 + $1.starts }
    }

    /// The starts by themselves of all executions.
    package var totalSelfStarts: Int {
        settle()
        return allExecutions.reduce(0) { $0 + $1.selfStarts }
    }

    /// The PATCHes that came for an execution after a request had started it, of all executions.
    package var totalLatePatches: Int {
        allExecutions.reduce(0) { $0 + $1.latePatches }
    }

    /// Those of them that came although the last GET of their execution had not shown it as still waiting.
    package var totalBlindPatches: Int {
        allExecutions.reduce(0) { $0 + $1.blindPatches }
    }

    /// The execution as it is now, with the status that the API would show.
    package func execution(domain: String, project: String, pipeline: Int, execution: Int) -> SandboxExecution? {
        settle()
        let key = PipelineKey(project: ProjectKey(domain: domain, project: project), id: pipeline)
        return pipelines[key]?.executions[execution].map { $0.shown(switches) }
    }

    /// All executions as they are now, by workspace, project, pipeline and number.
    package var executions: [SandboxExecution] {
        settle()
        return allExecutions.map { $0.shown(switches) }.sorted {
            ($0.domain, $0.project, $0.pipeline, $0.id) < ($1.domain, $1.project, $1.pipeline, $1.id)
        }
    }

    /// The requests to the API in the order received (control requests are not among them), at most the last 10,000.
    package var requests: [SandboxRequest] {
        received
    }

    /// The PATCH requests that went to these executions; what is `nil` does not matter.
    package func patches(
        domain: String? = nil, project: String? = nil, pipeline: Int? = nil, execution: Int? = nil
    ) -> [SandboxRequest] {
        received.filter { request in
            guard request.operation == .patch, case .execution(let key, let id) = request.route else { return false }
            return (domain ?? key.project.domain) == key.project.domain
                && (project ?? key.project.project) == key.project.project
                && (pipeline ?? key.id) == key.id
                && (execution ?? id) == id
        }
    }

    /// Forgets the requests received so far; executions and their counts stay.
    package func forgetRequests() {
        received = []
        receivedCount = 0
    }

    func note(_ request: SandboxRequest) {
        if received.count >= Self.requestsKept { received.removeFirst(Self.requestsKept / 10) }
        received.append(request)
        receivedCount += 1
    }

    private var allExecutions: [SandboxExecution] {
        pipelines.values.flatMap(\.executions.values)
    }
}
