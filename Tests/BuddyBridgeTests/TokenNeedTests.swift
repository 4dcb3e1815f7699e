import Testing

@testable import BuddyBridge

@Suite("What a token must have")
struct TokenNeedTests {
    @Test(
        "Older and newer names of scopes, and those that contain them",
        arguments: [
            (["WORKSPACE", "EXECUTION_RUN"], []), (["EXECUTION_MANAGE", "WORKSPACE", "USER_INFO"], []),
            (["WORKSPACE_READ", "PIPELINE_RUN"], []), (["WORKSPACE_MANAGE", "PIPELINE_MANAGE"], []),
            (["WORKSPACE", "EXECUTION_INFO"], ["EXECUTION_RUN"]), (["WORKSPACE", "PIPELINE_READ"], ["EXECUTION_RUN"]),
            (["EXECUTION_RUN"], ["WORKSPACE"]), (["workspace", "EXECUTION_RUN "], ["WORKSPACE", "EXECUTION_RUN"]),
            ([], ["WORKSPACE", "EXECUTION_RUN"]),
        ] as [([String], [String])])
    func needs(_ scopes: [String], _ missing: [String]) {
        #expect(TokenNeed.all.filter { !$0.isMet(by: scopes) }.map(\.scope) == missing)
    }
}
