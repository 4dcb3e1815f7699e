import BuddySandbox
import Testing

/// Identifiers, pipelines, the user and the token.
@Suite struct DirectoryTests {
    private static func seeded() async -> SandboxBuddy {
        let buddy = SandboxBuddy()
        await buddy.addPipeline(domain: "acme", project: "web", id: 41, name: "Release", identifier: "release")
        await buddy.addPipeline(domain: "acme", project: "web", id: 7, name: "Tests", identifier: "tests")
        await buddy.addProject(domain: "acme", project: "empty")
        return buddy
    }

    @Test func identifiersResolve() async throws {
        try await withSandbox(await Self.seeded()) { sandbox async throws in
            let found = try await sandbox.get("/workspaces/acme/identifiers?project=web&pipeline=release").json
            #expect(found["domain"]?.string == "acme")
            #expect(found["project_identifier"]?.string == "web")
            #expect(found["pipeline_id"]?.int == 41)
            let project = try await sandbox.get("/workspaces/acme/identifiers?project=empty").json
            #expect(project["pipeline_id"] == nil)
        }
    }

    @Test(arguments: [
        "/workspaces/acme/identifiers?project=web&pipeline=nothing",
        "/workspaces/acme/identifiers?project=nothing&pipeline=release",
        "/workspaces/nobody/identifiers?project=web&pipeline=release",
    ])
    func unknownIdentifiers(_ path: String) async throws {
        try await withSandbox(await Self.seeded()) { sandbox async throws in
            #expect(try await sandbox.get(path).status == 404)
        }
    }

    @Test func projects() async throws {
        try await withSandbox(await Self.seeded()) { sandbox async throws in
            let list = try await sandbox.get("/workspaces/acme/projects").json
            #expect(list["projects"]?.elements.map { $0["name"]?.string } == ["empty", "web"])
            #expect(list["projects"]?.elements.first?["status"]?.string == "ACTIVE")
            let second = try await sandbox.get("/workspaces/acme/projects?page=2&per_page=1").json
            #expect(second["projects"]?.elements.map { $0["name"]?.string } == ["web"])
            #expect(try await sandbox.get("/workspaces/nobody/projects").status == 404)
            await sandbox.buddy.changeSwitches { $0.tokenScopes = ["EXECUTION_RUN"] }
            #expect(try await sandbox.get("/workspaces/acme/projects").status == 403)
        }
    }

    @Test func pausedPipelinesShowIt() async throws {
        try await withSandbox(await Self.seeded()) { sandbox async throws in
            let path = "/workspaces/acme/projects/web/pipelines/41"
            #expect(try await sandbox.get(path).json["paused"] == .bool(false))
            let switches = try await sandbox.send(
                "PUT", "/sandbox/switches", #"{"pipeline_paused": true}"#, token: nil)
            #expect(switches.status == 200)
            #expect(try await sandbox.get(path).json["paused"] == .bool(true))
        }
    }

    @Test func pipelines() async throws {
        try await withSandbox(await Self.seeded()) { sandbox async throws in
            let path = "/workspaces/acme/projects/web/pipelines"
            let list = try await sandbox.get(path).json
            #expect(list["pipelines"]?.elements.map { $0["id"]?.int } == [7, 41])
            let byName = try await sandbox.get("\(path)?sort_by=name&sort_direction=DESC&per_page=1").json
            #expect(byName["pipelines"]?.elements.map { $0["name"]?.string } == ["Tests"])
            let one = try await sandbox.get("\(path)/41").json
            #expect(one["identifier"]?.string == "release")
            #expect(one["disabled"] == .bool(false))
            #expect(try await sandbox.get("\(path)/999999").status == 404)
            #expect(try await sandbox.send("DELETE", "\(path)/41").status == 405)
        }
    }

    @Test func theTokenTellsItsScopesAndNotItself() async throws {
        try await withSandbox(SandboxBuddy(token: "very-secret")) { sandbox async throws in
            let reply = try await sandbox.send("GET", "/user/token", token: "very-secret")
            #expect(reply.status == 200)
            #expect(try reply.json["scopes"]?.elements.contains(.string("EXECUTION_RUN")) == true)
            #expect(!reply.text.contains("very-secret"))
            #expect(try await sandbox.send("GET", "/user", token: "very-secret").json["id"]?.int == 1)
        }
    }
}
