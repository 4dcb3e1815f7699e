/// A scope that a token must have, and the scopes that contain it.
struct TokenNeed {
    let scope: String
    private let containing: Set<String>

    /// Buddy's page on the call asks for these two. EXECUTION_MANAGE contains EXECUTION_RUN, and that EXECUTION_INFO.
    /// Beside them stand the names that Buddy's own Go client of 2026 has for scopes; which of those contain which is
    /// assumed from their order there.
    static let all = [
        TokenNeed(scope: "WORKSPACE", containing: ["WORKSPACE_READ", "WORKSPACE_MANAGE"]),
        TokenNeed(
            scope: "EXECUTION_RUN",
            containing: ["EXECUTION_MANAGE", "PIPELINE_RUN", "PIPELINE_WRITE", "PIPELINE_MANAGE"]),
    ]

    func isMet(by scopes: [String]) -> Bool {
        scopes.contains { $0 == scope || containing.contains($0) }
    }
}
