package import Bridge
import NIOHTTP1

/// A pipeline, as far as it says whether something can be run in it.
package struct PipelineState: Sendable, Equatable {
    package var number: Int?
    package var name: String?
    /// The text that names it in place of its number.
    package var identifier: String?
    package var isPaused: Bool
    package var isDisabled: Bool
    /// Buddy's words.
    package var disabledReason: String?
}

/// What there is at Buddy: for asking whether a configuration is right. Nothing is changed.
extension BuddyAPI {
    /// How many projects or pipelines are listed at most.
    private static let listed = 100

    /// The scopes of a workspace's token. Nil where the answer does not list them.
    ///
    /// `/docs/api/account/personal-access-tokens/get/current-token`; scope TOKEN_INFO. Only `scopes`, a list of texts, is
    /// read; that every installation of Buddy answers like this page is assumed.
    package func tokenScopes(domain: String, buddy: String) async throws(BuddyFailure) -> [String]? {
        try await call(.GET, buddy: buddy, domain: domain, path: ["user", "token"], as: TokenResource.self).scopes
    }

    /// The names of a workspace's projects that the token's user sees: the first page of them.
    /// `/docs/api/projects/list`; scope WORKSPACE.
    package func projectNames(domain: String, buddy: String) async throws(BuddyFailure) -> [String] {
        try await call(
            .GET, buddy: buddy, domain: domain, path: ["workspaces", domain, "projects"], query: Self.firstPage,
            as: ProjectListResource.self
        ).projects.compactMap(\.name)
    }

    /// The pipelines of a project: the first page of them. Scopes WORKSPACE and EXECUTION_INFO.
    package func pipelines(
        project: String, domain: String, buddy: String
    ) async throws(BuddyFailure) -> [PipelineState] {
        try await call(
            .GET, buddy: buddy, domain: domain, path: ["workspaces", domain, "projects", project, "pipelines"],
            query: Self.firstPage, as: PipelineListResource.self
        ).pipelines.map(PipelineState.init)
    }

    /// Scopes WORKSPACE and EXECUTION_INFO.
    package func state(of pipeline: PipelineAddress) async throws(BuddyFailure) -> PipelineState {
        PipelineState(
            try await call(
                .GET, buddy: pipeline.buddy, domain: pipeline.domain,
                path: [
                    "workspaces", pipeline.domain, "projects", pipeline.project, "pipelines", String(pipeline.pipeline),
                ], as: PipelineResource.self))
    }

    private static var firstPage: [(String, String)] { [("page", "1"), ("per_page", String(listed))] }
}

extension PipelineState {
    fileprivate init(_ resource: PipelineResource) {
        self.init(
            number: resource.id, name: resource.name, identifier: resource.identifier,
            isPaused: resource.paused ?? false,
            isDisabled: resource.disabled ?? false, disabledReason: resource.disabledReason)
    }
}
