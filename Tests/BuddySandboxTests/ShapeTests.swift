import BuddySandbox
import FoundationEssentials
import Testing

/// The switches that change what answers look like.
@Suite struct ShapeTests {
    static let mission = SandboxUnderTest.missionPath

    private static func seeded(_ change: (inout SandboxSwitches) -> Void) async -> SandboxBuddy {
        var switches = SandboxSwitches()
        change(&switches)
        let buddy = SandboxBuddy(switches: switches)
        await buddy.seedMissionExample()
        return buddy
    }

    @Test(arguments: SandboxSwitches.WaitingStartDate.allCases)
    func theStartDateWhileWaiting(_ value: SandboxSwitches.WaitingStartDate) async throws {
        let buddy = await Self.seeded { $0.waitingStartDate = value }
        try await withSandbox(buddy) { sandbox async throws in
            let waiting = try await sandbox.get(Self.mission).json
            switch value {
            case .null: #expect(waiting["start_date"] == .null)
            case .absent: #expect(waiting["start_date"] == nil)
            case .created: #expect(waiting["start_date"]?.string != nil)
            case .due: #expect(waiting["start_date"] == waiting["delay_until"])
            }
        }
    }

    @Test(arguments: SandboxSwitches.DelayUntilAfterRun.allCases)
    func theDueTimeAfterRunDelayed(_ value: SandboxSwitches.DelayUntilAfterRun) async throws {
        let buddy = await Self.seeded {
            $0.delayUntilAfterRun = value
            $0.delayUntilInPatch = true
        }
        try await withSandbox(buddy) { sandbox async throws in
            let before = try await sandbox.get(Self.mission).json["delay_until"]
            let answer = try await sandbox.runDelayed().json["delay_until"]
            let after = try await sandbox.get(Self.mission).json["delay_until"]
            #expect(answer == after)
            switch value {
            case .kept: #expect(after == before)
            case .null: #expect(after == .null)
            case .absent: #expect(after == nil)
            }
        }
    }

    @Test func theDueTimeCanBeMissingEverywhere() async throws {
        let buddy = await Self.seeded { $0.delayUntilInGet = false }
        try await withSandbox(buddy) { sandbox async throws in
            #expect(try await sandbox.get(Self.mission).json["delay_until"] == nil)
        }
    }

    @Test(arguments: [
        (SandboxSwitches.TriggeredOn.camel, "triggeredOn", "CLICK"), (.snake, "triggered_on", "CLICK"),
        (.mode, "mode", "MANUAL"),
    ])
    func theTrigger(_ value: SandboxSwitches.TriggeredOn, _ name: String, _ word: String) async throws {
        let buddy = await Self.seeded { $0.triggeredOn = value }
        try await withSandbox(buddy) { sandbox async throws in
            let execution = try await sandbox.get(Self.mission).json
            #expect(execution[name]?.string == word)
            #expect(execution.names.intersection(["triggeredOn", "triggered_on", "mode"]) == [name])
        }
    }

    @Test func emptyFieldsCanBeOmitted() async throws {
        let buddy = await Self.seeded { $0.emptyFields = .omitted }
        try await withSandbox(buddy) { sandbox async throws in
            let execution = try await sandbox.get(Self.mission).json
            #expect(execution.names.isDisjoint(with: ["start_date", "finish_date"]))
            #expect(execution["pipeline"]?["last_execution_revision"] == nil)
        }
    }

    @Test func statuses() async throws {
        let buddy = await Self.seeded {
            $0.waitingStatus = "DELAYED"
            $0.startedStatus = .enqueued
        }
        try await withSandbox(buddy) { sandbox async throws in
            #expect(try await sandbox.get(Self.mission).json["status"]?.string == "DELAYED")
            #expect(try await sandbox.runDelayed().json["status"]?.string == "ENQUEUED")
            #expect(try await sandbox.get(Self.mission).json["status"]?.string == "ENQUEUED")
        }
        let odd = await Self.seeded { $0.unseenStatus = true }
        try await withSandbox(odd) { sandbox async throws in
            let status = try #require(try await sandbox.runDelayed().json["status"]?.string)
            #expect(!["INPROGRESS", "ENQUEUED", "INITIAL"].contains(status))
        }
    }

    @Test(arguments: [
        (SandboxSwitches.DateFractions.three, "2027-01-15T08:00:00.000Z", "2027-01-15T08:00:09.200Z"),
        (.upToThree, "2027-01-15T08:00:00Z", "2027-01-15T08:00:09.2Z"),
    ])
    func fractions(_ value: SandboxSwitches.DateFractions, _ whole: String, _ tenths: String) async throws {
        let start = Date(timeIntervalSince1970: 1_800_000_000)
        let buddy = await Self.seeded { $0.dateFractions = value }
        let id = await buddy.addExecution(
            domain: "buddy", project: "company-website", pipeline: 2, status: "FAILED", startDate: start,
            finishDate: start.addingTimeInterval(9.2))
        try await withSandbox(buddy) { sandbox async throws in
            let path = "/workspaces/buddy/projects/company-website/pipelines/2/executions/\(id)"
            let execution = try await sandbox.get(path).json
            #expect(execution["start_date"]?.string == whole)
            #expect(execution["finish_date"]?.string == tenths)
        }
    }

    @Test func theBasePath() async throws {
        let buddy = await Self.seeded { $0.basePath = .api }
        try await withSandbox(buddy) { sandbox async throws in
            #expect(try await sandbox.runDelayed().status == 400)
            #expect(try await sandbox.runDelayed("/api" + Self.mission).status == 200)
            #expect(await sandbox.missionStarts == 1)
        }
    }

    @Test func aTagInsteadOfABranch() async throws {
        let buddy = SandboxBuddy()
        let id = await buddy.schedule(domain: "acme", project: "web", pipeline: 1, tag: "v1.0")
        try await withSandbox(buddy) { sandbox async throws in
            let execution = try await sandbox.get("/workspaces/acme/projects/web/pipelines/1/executions/\(id)").json
            #expect(execution["branch"] == .null)
            #expect(execution["tag"]?["name"]?.string == "v1.0")
        }
    }
}
