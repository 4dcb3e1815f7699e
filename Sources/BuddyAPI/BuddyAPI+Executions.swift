package import Bridge
import NIOHTTP1

extension BuddyAPI: BuddyClient {
    /// `/docs/api/runs/update/run-scheduled-execution`; scopes WORKSPACE and EXECUTION_RUN.
    package func runScheduled(
        _ execution: Int, of pipeline: PipelineAddress
    ) async throws(BuddyFailure) -> Execution {
        Execution(
            try await call(
                .PATCH, buddy: pipeline.buddy, domain: pipeline.domain,
                path: pipeline.executions + [String(execution)], body: #"{"operation":"RUN_DELAYED"}"#,
                as: ExecutionResource.self))
    }

    /// Scopes WORKSPACE and EXECUTION_INFO. An answer about another execution is none: what is committed, and compared
    /// after a PATCH, must be of the one that is PATCHed.
    package func execution(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution {
        let seen = Execution(
            try await call(
                .GET, buddy: pipeline.buddy, domain: pipeline.domain,
                path: pipeline.executions + [String(execution)], as: ExecutionResource.self))
        guard seen.id == execution else {
            throw BuddyFailure(.unreadable(200), "Buddy showed execution #\(seen.id) instead of #\(execution)")
        }
        return seen
    }

    /// Scopes WORKSPACE and EXECUTION_INFO.
    package func executions(
        of pipeline: PipelineAddress, page: Int, perPage: Int
    ) async throws(BuddyFailure) -> ExecutionPage {
        let list = try await call(
            .GET, buddy: pipeline.buddy, domain: pipeline.domain, path: pipeline.executions,
            query: [("page", String(page)), ("per_page", String(perPage))], as: ExecutionListResource.self)
        return ExecutionPage(executions: list.executions.map(Execution.init), pages: list.totalPageCount)
    }

    /// `/docs/api/platform/workspaces/get-id-by-identifier`; scope WORKSPACE.
    package func pipelineNumber(
        of identifier: String, project: String, domain: String, buddy: String
    ) async throws(BuddyFailure) -> Int {
        try await call(
            .GET, buddy: buddy, domain: domain, path: ["workspaces", domain, "identifiers"],
            query: [("project", project), ("pipeline", identifier)], as: IdentifiersResource.self
        ).pipelineId
    }
}

extension PipelineAddress {
    fileprivate var executions: [String] {
        ["workspaces", domain, "projects", project, "pipelines", String(pipeline), "executions"]
    }
}
