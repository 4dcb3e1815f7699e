import BuddySandbox
import TestSupport
import Testing

extension EndToEnd {
    /// What `check --online` says of tokens, and of Buddies that do not answer.
    @Suite("check --online, tokens", .timeLimit(.minutes(2)))
    struct OnlineTokenTests {
        private static let right = [("x", "{domain: acme, project: web, pipeline: 41, execution: 4}")]

        @Test(
            "A missing scope is named; one that contains it will do",
            arguments: [
                (["WORKSPACE", "EXECUTION_INFO", "TOKEN_INFO"], ["lacks the scope EXECUTION_RUN"]),
                (["WORKSPACE", "EXECUTION_MANAGE", "TOKEN_INFO"], []),
                (["WORKSPACE", "EXECUTION_RUN", "TOKEN_INFO"], []),
            ])
        func scopes(_ scopes: [String], _ complaints: [String]) async throws {
            try await OnlineStage.run { stage in
                await stage.buddy.changeSwitches { $0.tokenScopes = scopes }
                let result = try await stage.check(Self.right)
                #expect(result.findings == complaints.map { "error: the token of 'buddy' \($0)" })
                #expect(result.code == (complaints.isEmpty ? 0 : 1))
            }
        }

        @Test("Without WORKSPACE nothing can be seen, which is said of the workspace alone")
        func noWorkspace() async throws {
            try await OnlineStage.run { stage in
                await stage.buddy.changeSwitches { $0.tokenScopes = ["EXECUTION_RUN", "TOKEN_INFO"] }
                let result = try await stage.check(Self.right)
                #expect(
                    result.findings == [
                        "error: the token of 'buddy' lacks the scope WORKSPACE",
                        "error: route 'x': Buddy does not show the workspace 'acme' "
                            + "(403: The token lacks the scope WORKSPACE.)",
                    ])
            }
        }

        @Test("Scopes that cannot be seen are a note", arguments: [404, 400, 403])
        func unseen(_ status: Int) async throws {
            try await OnlineStage.run { stage in
                await stage.buddy.inject(.status(status, message: "No.", on: .user))
                let result = try await stage.check(Self.right)
                #expect(result.code == 0)
                #expect(result.findings == ["note: the scopes of the token of 'buddy' could not be seen: No."])
            }
        }

        @Test("A token that is not accepted is one error, and is not tried again")
        func badToken() async throws {
            try await OnlineStage.run { stage in
                let result = try await stage.check(Self.right, environment: ["BUDDY_TOKEN": "canary-other"])
                #expect(result.code == 1)
                #expect(
                    result.findings == ["error: the token of 'buddy' is not accepted: Bad or missing token."])
                #expect(await stage.buddy.requests.count == 1)
            }
        }

        @Test("A Buddy that says it is busy is one error")
        func busy() async throws {
            try await OnlineStage.run { stage in
                await stage.buddy.inject(.tooManyRequests(retryAfter: 60))
                let result = try await stage.check(Self.right)
                #expect(result.code == 1)
                #expect(result.findings == ["error: Buddy cannot be asked at \(stage.url): Rate limit exceeded."])
            }
        }

        @Test("A Buddy that is not there is one error, however many tokens and targets there are")
        func down() async throws {
            var gone: OnlineStage?
            try await OnlineStage.run { gone = $0 }
            let stage = try #require(gone)
            let result = try await stage.check(
                Self.right + [("y", "{domain: other, project: web, pipeline: 1}")],
                workspaces: "{other: {token: env:OTHER_TOKEN}}", environment: ["OTHER_TOKEN": "canary-other"])
            #expect(result.code == 1)
            #expect(result.findings == ["error: Buddy cannot be asked at \(stage.url): no connection to Buddy"])
            #expect(result.counts == "Buddy was asked: 1 error, 0 warnings, 0 notes")
        }

        @Test("A workspace is asked for where it is, with its own token")
        func workspace() async throws {
            try await OnlineStage.run { stage in
                try await OnlineStage.run(token: "canary-other") { other in
                    await other.buddy.addPipeline(domain: "elsewhere", project: "api", id: 3)
                    let run = "{domain: elsewhere, project: api, pipeline: 3}"
                    func check(_ token: String) async throws -> OnlineStage.Result {
                        try await stage.check(
                            Self.right + [("y", run)],
                            workspaces: #"{elsewhere: {token: env:OTHER_TOKEN, url: "\#(other.url)"}}"#,
                            environment: ["OTHER_TOKEN": token])
                    }
                    let good = try await check("canary-other")
                    #expect(good.code == 0)
                    #expect(good.findings == [])
                    let bad = try await check("canary-wrong")
                    #expect(bad.code == 1)
                    #expect(
                        bad.findings == [
                            "error: the token of the workspace 'elsewhere' is not accepted: Bad or missing token."
                        ])
                }
            }
        }

        @Test("A workspace that a map gives and that has no token is an error")
        func noToken() async throws {
            try await OnlineStage.run { stage in
                let result = try await stage.check(
                    [("x", #"{domain: "{{ branch | map: homes }}", project: web, pipeline: 41}"#)],
                    more: "maps: {homes: {main: acme, dev: home}}", token: nil,
                    workspaces: #"{acme: {token: env:BUDDY_TOKEN}}"#)
                #expect(result.code == 1)
                #expect(result.findings == ["error: route 'x': there is no token for the workspace 'home'"])
            }
        }
    }
}
