import BuddySandbox
import Testing

/// What is refused, and how.
@Suite struct ErrorTests {
    static let mission = SandboxUnderTest.missionPath

    private static func seeded(_ change: (inout SandboxSwitches) -> Void = { _ in }) async -> SandboxBuddy {
        var switches = SandboxSwitches()
        change(&switches)
        let buddy = SandboxBuddy(switches: switches)
        await buddy.seedMissionExample()
        return buddy
    }

    @Test(arguments: [nil, "wrong", ""])
    func aWrongTokenIs401(_ token: String?) async throws {
        try await withSandbox(await Self.seeded()) { sandbox async throws in
            let reply = try await sandbox.send("PATCH", Self.mission, SandboxUnderTest.runDelayed, token: token)
            #expect(reply.status == 401)
            #expect(reply.message != nil)
            #expect(await sandbox.missionStarts == 0)
        }
    }

    @Test(arguments: [
        ("/workspaces/nobody/projects/company-website/pipelines/2/executions/4", 404),
        ("/workspaces/buddy/projects/nothing/pipelines/2/executions/4", 404),
        ("/workspaces/buddy/projects/company-website/pipelines/999999/executions/4", 404),
        ("/workspaces/buddy/projects/company-website/pipelines/2/executions/5", 404),
        ("/workspaces/buddy/projects/company-website/pipelines/dev/executions/4", 404),
        ("/workspaces/buddy/projects/company-website/pipelines/2/executions/4/no", 400),
        ("/workspaces/buddy/projects/company-website/invalid/124763", 400),
        ("/api/workspaces/buddy/projects/company-website/pipelines/2/executions/4", 400),
    ])
    func paths(_ path: String, _ status: Int) async throws {
        try await withSandbox(await Self.seeded()) { sandbox async throws in
            let reply = try await sandbox.runDelayed(path)
            #expect(reply.status == status)
            #expect(reply.message != nil)
            #expect(await sandbox.buddy.totalStarts == 0)
        }
    }

    @Test(arguments: ["", "{", "[]", "{}", #"{"operation":null}"#, #"{"operation":"NOPE"}"#])
    func bodies(_ body: String) async throws {
        try await withSandbox(await Self.seeded()) { sandbox async throws in
            let reply = try await sandbox.send("PATCH", Self.mission, body)
            #expect(reply.status == 400)
            #expect(reply.message != nil)
        }
    }

    @Test func segmentsAreDecoded() async throws {
        let buddy = SandboxBuddy()
        await buddy.schedule(domain: "acme", project: "a b/ü", pipeline: 1, id: 9)
        try await withSandbox(buddy) { sandbox async throws in
            let path = "/workspaces/acme/projects/a%20b%2F%C3%BC/pipelines/1/executions/9"
            #expect(try await sandbox.runDelayed(path).status == 200)
            #expect(await buddy.requests.first?.path == path)
            #expect(await buddy.starts(domain: "acme", project: "a b/ü", pipeline: 1, execution: 9) == 1)
        }
    }

    @Test func scopes() async throws {
        let needsBoth = await Self.seeded { $0.tokenScopes = ["EXECUTION_MANAGE"] }
        try await withSandbox(needsBoth) { sandbox async throws in
            #expect(try await sandbox.runDelayed().status == 403)
            await needsBoth.changeSwitches { $0.scopesNeeded = .executionOnly }
            #expect(try await sandbox.get(Self.mission).status == 200)
            #expect(try await sandbox.runDelayed().status == 200)
            await needsBoth.changeSwitches { $0.tokenScopes = ["WORKSPACE", "EXECUTION_INFO"] }
            #expect(try await sandbox.get(Self.mission).status == 200)
            #expect(try await sandbox.runDelayed().status == 403)
        }
    }

    @Test(arguments: [
        (SandboxSwitches.Permission.readWrite, 200, 200), (.runOnly, 200, 200), (.readOnly, 200, 404),
        (.denied, 404, 404),
    ])
    func permissions(_ permission: SandboxSwitches.Permission, _ look: Int, _ run: Int) async throws {
        let buddy = await Self.seeded {
            $0.permission = permission
            $0.noPermissionCode = .notFound
        }
        try await withSandbox(buddy) { sandbox async throws in
            #expect(try await sandbox.get(Self.mission).status == look)
            #expect(try await sandbox.runDelayed().status == run)
        }
    }

    @Test(arguments: [SandboxSwitches.Code.forbidden, .badRequest])
    func theDisabledAPI(_ code: SandboxSwitches.Code) async throws {
        let buddy = await Self.seeded {
            $0.apiDisabled = true
            $0.apiDisabledCode = code
        }
        try await withSandbox(buddy) { sandbox async throws in
            let reply = try await sandbox.get(Self.mission)
            #expect(reply.status == code.rawValue)
            #expect(reply.message == "API is disabled in this workspace.")
        }
    }

    @Test func aDisabledPipelineAndALockedWorkspaceCanBeLookedAt() async throws {
        let buddy = await Self.seeded { $0.pipelineDisabled = true }
        try await withSandbox(buddy) { sandbox async throws in
            #expect(try await sandbox.runDelayed().status == 400)
            #expect(try await sandbox.get(Self.mission).status == 200)
            await buddy.changeSwitches { switches in
                switches.pipelineDisabled = false
                switches.workspaceLocked = true
                switches.lockedCode = .forbidden
            }
            #expect(try await sandbox.runDelayed().status == 403)
            #expect(await sandbox.missionStarts == 0)
        }
    }

    @Test(arguments: [SandboxSwitches.Code.tooManyRequests, .forbidden])
    func theQuota(_ code: SandboxSwitches.Code) async throws {
        let buddy = await Self.seeded {
            $0.rateLimitQuota = 2
            $0.rateLimitCode = code
        }
        try await withSandbox(buddy) { sandbox async throws in
            let first = try await sandbox.get(Self.mission)
            #expect(first.headers["x-rate-limit-limit"] == "2")
            #expect(first.headers["x-rate-limit-remaining"] == "1")
            #expect(first.headers["x-rate-limit-reset"].flatMap { Int($0) } != nil)
            #expect(try await sandbox.get(Self.mission).status == 200)
            await buddy.changeSwitches { $0.rateLimitReset = false }
            let third = try await sandbox.runDelayed()
            #expect(third.status == code.rawValue)
            #expect(third.message == "Rate limit exceeded.")
            #expect(third.headers["x-rate-limit-remaining"] == "0")
            #expect(third.headers["x-rate-limit-reset"] == nil)
            #expect(await sandbox.missionStarts == 0)
        }
    }
}
