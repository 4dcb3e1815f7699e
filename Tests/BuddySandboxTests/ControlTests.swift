import BuddySandbox
import FoundationEssentials
import Testing

/// The endpoints under `/sandbox/`.
@Suite struct ControlTests {
    @Test func switchesAreSet() async throws {
        try await withSandbox { sandbox async throws in
            let body = #"{"waiting_status": "ENQUEUED", "run_delayed_again": "409", "base_path": "/api"}"#
            let reply = try await sandbox.send("PUT", "/sandbox/switches", body, token: nil)
            #expect(reply.status == 200)
            #expect(try reply.json["waiting_status"]?.string == "ENQUEUED")
            #expect(try reply.json["page_fields"] == .bool(true))
            let switches = await sandbox.buddy.switches
            #expect(switches.runDelayedAgain == .conflict)
            #expect(switches.basePath == .api)
            #expect(try await sandbox.send("GET", "/sandbox/switches", token: nil).json == reply.json)
            #expect(try await sandbox.send("PUT", "/sandbox/switches", "{}", token: nil).status == 200)
            #expect(await sandbox.buddy.switches == SandboxSwitches())
        }
    }

    @Test(arguments: [
        (#"{"waiting_statuss": "X"}"#, "waiting_statuss"), (#"{"race": "yes"}"#, "race"),
        (#"{"run_code": 204}"#, "run_code"), ("{", ""), ("[]", ""),
    ])
    func badSwitchesChangeNothing(_ body: String, _ named: String) async throws {
        try await withSandbox { sandbox async throws in
            let reply = try await sandbox.send("PUT", "/sandbox/switches", body, token: nil)
            #expect(reply.status == 400)
            #expect(try #require(reply.message).contains(named))
            #expect(await sandbox.buddy.switches == SandboxSwitches())
        }
    }

    @Test func everySwitchSurvivesJSON() throws {
        var switches = SandboxSwitches()
        switches.tokenScopes = ["WORKSPACE"]
        switches.waitingStartDate = .due
        switches.rateLimitQuota = 3
        switches.dateFractions = .upToThree
        switches.permission = .runOnly
        let copy = try JSONDecoder().decode(SandboxSwitches.self, from: JSONEncoder().encode(switches))
        #expect(copy == switches)
        #expect(try JSON(parsing: String(decoding: JSONEncoder().encode(switches), as: UTF8.self)).names.count == 36)
    }

    @Test func executionsAreScheduledAndCounted() async throws {
        try await withSandbox { sandbox async throws in
            let body = """
                {"domain": "acme", "project": "web", "pipeline": 41, "identifier": "release", "branch": "main",
                 "delay_until": "2999-01-01T00:00:00Z", "id": 12}
                """
            let made = try await sandbox.send("POST", "/sandbox/executions", body, token: nil)
            #expect(made.status == 201)
            #expect(try made.json["id"]?.int == 12)
            #expect(try await sandbox.send("POST", "/sandbox/executions", body, token: nil).status == 409)
            let path = "/workspaces/acme/projects/web/pipelines/41/executions/12"
            #expect(try await sandbox.runDelayed(path).status == 200)
            let state = try await sandbox.send("GET", "/sandbox/state", token: nil).json
            #expect(state["requests"]?.int == 1)
            #expect(state["total_starts"]?.int == 1)
            let line = try #require(state["executions"]?[0])
            #expect(line["execution"]?.int == 12)
            #expect(line["starts"]?.int == 1)
            #expect(line["waiting"] == .bool(false))
            #expect(line["delay_until"]?.string == "2999-01-01T00:00:00.000Z")
            #expect(try await sandbox.send("DELETE", "/sandbox/requests", token: nil).status == 204)
            #expect(await sandbox.buddy.requests.isEmpty)
            #expect(await sandbox.buddy.totalStarts == 1)
        }
    }

    @Test(arguments: [
        (#"{"kind": "status", "status": 503, "headers": {"Retry-After": "3"}, "operation": "patch", "times": 2}"#, 201),
        (#"{"kind": "lost_answer"}"#, 201), (#"{"kind": "delay", "milliseconds": 5}"#, 201),
        (#"{"kind": "delay", "milliseconds": 99999999999}"#, 400), (#"{"kind": "delay"}"#, 400),
        (#"{"kind": "nothing"}"#, 400), (#"{"kind": "reset", "code": 1}"#, 400),
        (#"{"kind": "status", "status": 99}"#, 400),
    ])
    func faultsAreInjected(_ body: String, _ status: Int) async throws {
        try await withSandbox { sandbox async throws in
            #expect(try await sandbox.send("POST", "/sandbox/faults", body, token: nil).status == status)
            #expect(await sandbox.buddy.pendingFaults.count == (status == 201 ? 1 : 0))
        }
    }

    @Test func anInjectedFaultTakesEffect() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            let body = #"{"kind": "status", "status": 503, "headers": {"Retry-After": "3"}, "operation": "patch"}"#
            _ = try await sandbox.send("POST", "/sandbox/faults", body, token: nil)
            let reply = try await sandbox.runDelayed()
            #expect(reply.status == 503)
            #expect(reply.headers["retry-after"] == "3")
        }
    }

    @Test(arguments: [("GET", "/sandbox/nothing", 404), ("POST", "/sandbox/state", 405), ("GET", "/sandbox", 404)])
    func otherControlRequests(_ method: String, _ path: String, _ status: Int) async throws {
        try await withSandbox { sandbox async throws in
            #expect(try await sandbox.send(method, path, token: nil).status == status)
            #expect(await sandbox.buddy.requests.isEmpty)
        }
    }

    @Test func resetIsANewStart() async throws {
        let buddy = SandboxBuddy()
        await buddy.seedMissionExample()
        await buddy.changeSwitches { $0.race = true }
        await buddy.inject(.status(500))
        await buddy.reset()
        #expect(await buddy.executions.isEmpty)
        #expect(await buddy.pendingFaults.isEmpty)
        #expect(await buddy.switches == SandboxSwitches())
    }
}
