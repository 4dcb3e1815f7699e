import Bridge
import BuddyAPI
import BuddySandbox
import TestSupport
import Testing

@Suite("What there is at Buddy", .timeLimit(.minutes(3)))
struct DirectoryTests {
    @Test("Scopes, projects, pipelines and their state")
    func all() async throws {
        try await BuddyUnderTest.run { buddy in
            let scopes = try await buddy.api.tokenScopes(domain: "buddy", buddy: buddy.base)
            #expect(scopes == SandboxSwitches().tokenScopes)
            #expect(try await buddy.api.projectNames(domain: "buddy", buddy: buddy.base) == ["company-website"])
            let pipelines = try await buddy.api.pipelines(
                project: "company-website", domain: "buddy", buddy: buddy.base)
            let state = try await buddy.api.state(of: buddy.pipeline())
            #expect(pipelines == [state])
            #expect(state.name == "dev")
            #expect(!state.isDisabled && !state.isPaused && state.disabledReason == nil)
            await buddy.buddy.changeSwitches { switches in
                switches.pipelineDisabled = true
                switches.pipelinePaused = true
            }
            let asleep = try await buddy.api.state(of: buddy.pipeline())
            #expect(asleep.isDisabled && asleep.isPaused && asleep.disabledReason == "Disabled by a switch.")
        }
    }

    @Test(
        "Of a token, only scopes that are a list of texts are read, whatever else there is",
        arguments: [
            (#"{"scopes":["WORKSPACE"],"expires_in":"never","id":7,"new":{}}"#, ["WORKSPACE"]),
            (#"{"scopes":[]}"#, []), (#"{"scopes":"WORKSPACE"}"#, nil), (#"{"scopes":[1]}"#, nil), ("{}", nil),
            (#"{"scopes":null}"#, nil),
        ] as [(String, [String]?)])
    func scopes(_ body: String, _ scopes: [String]?) async throws {
        let server = try CannedServer(json: body)
        try await BuddyUnderTest.withAPI { api async throws in
            #expect(try await api.tokenScopes(domain: "buddy", buddy: server.base) == scopes)
        }
    }
}
