/// The kinds of requests that faults can be aimed at.
package enum SandboxOperation: String, Sendable, Codable, CaseIterable {
    /// Every request to the API.
    case any
    /// `GET …/executions/{id}`
    case get
    /// `GET …/executions`
    case list
    /// `PATCH …/executions/{id}`
    case patch
    /// `POST …/executions`
    case run
    /// `GET /workspaces/{domain}/identifiers`
    case identifiers
    /// `GET …/pipelines` and `GET …/pipelines/{id}`
    case pipelines
    /// `GET /user` and `GET /user/token`
    case user
    /// Everything else.
    case other
}
