import BuddySandbox
import Testing

/// The other operations of PATCH, and POST.
@Suite struct OperationTests {
    static let executions = "/workspaces/acme/projects/web/pipelines/7/executions"

    @Test func cancelKeepsAWaitingExecutionFromStarting() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            let reply = try await sandbox.send("PATCH", SandboxUnderTest.missionPath, #"{"operation":"CANCEL"}"#)
            #expect(reply.status == 200)
            #expect(try reply.json["status"]?.string == "TERMINATED")
            #expect(try await sandbox.runDelayed().status == 400)
            #expect(await sandbox.missionStarts == 0)
        }
    }

    @Test func cancelMayBeRefused() async throws {
        var switches = SandboxSwitches()
        switches.cancelWaiting = .refused
        try await withSandbox(SandboxBuddy(switches: switches)) { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            let reply = try await sandbox.send("PATCH", SandboxUnderTest.missionPath, #"{"operation":"CANCEL"}"#)
            #expect(reply.status == 400)
            #expect(try await sandbox.runDelayed().status == 200)
        }
    }

    @Test func retryStartsOnlyWhatFailed() async throws {
        try await withSandbox { sandbox async throws in
            let buddy = sandbox.buddy
            let failed = await buddy.addExecution(domain: "acme", project: "web", pipeline: 7, status: "FAILED")
            let running = await buddy.addExecution(domain: "acme", project: "web", pipeline: 7, status: "INPROGRESS")
            let retry = #"{"operation":"RETRY"}"#
            #expect(try await sandbox.send("PATCH", "\(Self.executions)/\(failed)", retry).status == 200)
            #expect(try await sandbox.send("PATCH", "\(Self.executions)/\(running)", retry).status == 400)
            #expect(await buddy.starts(domain: "acme", project: "web", pipeline: 7, execution: failed) == 1)
            #expect(await buddy.totalStarts == 1)
        }
    }

    @Test(arguments: [
        ("APPLY", "WAITING_FOR_APPLY"), ("APPLY_VARIABLES", "WAITING_FOR_VARIABLES"),
        ("SET_VARIABLES", "WAITING_FOR_SETTABLE_VARIABLES"), ("APPROVE_VT", "WAITING_FOR_VT_SESSION"),
    ])
    func anExecutionThatWaitsForAPersonGoesOn(_ operation: String, _ status: String) async throws {
        try await withSandbox { sandbox async throws in
            let id = await sandbox.buddy.addExecution(domain: "acme", project: "web", pipeline: 7, status: status)
            let body = #"{"operation":"\#(operation)"}"#
            let reply = try await sandbox.send("PATCH", "\(Self.executions)/\(id)", body)
            #expect(reply.status == 200)
            #expect(try reply.json["status"]?.string == "INPROGRESS")
            #expect(try await sandbox.send("PATCH", "\(Self.executions)/\(id)", body).status == 400)
            #expect(await sandbox.buddy.totalStarts == 0)
        }
    }

    @Test func postWithDelayUntilSchedules() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.addPipeline(domain: "acme", project: "web", id: 7)
            let body = """
                {"branch": {"name": "main"}, "to_revision": {"revision": "abc"}, "comment": "for release 7",
                 "delay_until": "2999-11-18T12:38:16.000Z"}
                """
            let made = try await sandbox.send("POST", Self.executions, body)
            #expect(made.status == 201)
            #expect(try made.json["status"]?.string == "INITIAL")
            #expect(try made.json["delay_until"]?.string == "2999-11-18T12:38:16.000Z")
            #expect(try made.json["branch"]?["name"]?.string == "main")
            #expect(try made.json["to_revision"]?["revision"]?.string == "abc")
            #expect(await sandbox.buddy.totalStarts == 0)
            let id = try #require(try made.json["id"]?.int)
            #expect(try await sandbox.runDelayed("\(Self.executions)/\(id)").status == 200)
            #expect(await sandbox.buddy.starts(domain: "acme", project: "web", pipeline: 7, execution: id) == 1)
        }
    }

    @Test func postWithoutDelayUntilStartsAtOnce() async throws {
        var switches = SandboxSwitches()
        switches.runCode = .ok
        try await withSandbox(SandboxBuddy(switches: switches)) { sandbox async throws in
            await sandbox.buddy.addPipeline(domain: "acme", project: "web", id: 7)
            let made = try await sandbox.send("POST", Self.executions, #"{"to_revision":{"revision":"HEAD"}}"#)
            #expect(made.status == 200)
            #expect(try made.json["status"]?.string == "INPROGRESS")
            #expect(await sandbox.buddy.totalStarts == 1)
        }
    }
}
