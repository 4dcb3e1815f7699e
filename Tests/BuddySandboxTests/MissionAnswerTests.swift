import BuddySandbox
import FoundationEssentials
import Testing

/// The contract that the product is for.
@Suite struct MissionAnswerTests {
    @Test func theAnswerIsThePublishedOne() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            let reply = try await sandbox.runDelayed()
            #expect(reply.status == 200)
            #expect(reply.headers["content-type"] == "application/json")
            #expect(try reply.json == JSON(parsing: MissionPage.answer))
            #expect(await sandbox.missionStarts == 1)
        }
    }

    @Test func itWaitsUntilThen() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            let waiting = try await sandbox.get(SandboxUnderTest.missionPath).json
            #expect(waiting["id"]?.int == 4)
            #expect(waiting["status"]?.string == "INITIAL")
            #expect(waiting["start_date"] == .null)
            let due = try #require(waiting["delay_until"]?.string)
            let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)
            #expect(try Date(due, strategy: style) > Date())
            #expect(await sandbox.missionStarts == 0)
        }
    }

    @Test func theRequestIsKeptAsReceived() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            _ = try await sandbox.runDelayed()
            let patches = await sandbox.buddy.patches(execution: 4)
            #expect(patches.count == 1)
            #expect(patches.first?.method == "PATCH")
            #expect(patches.first?.path == SandboxUnderTest.missionPath)
            #expect(patches.first?.bodyText == SandboxUnderTest.runDelayed)
            #expect(patches.first?.header("authorization") == "Bearer sandbox-token")
            #expect(await sandbox.buddy.patches(execution: 5).isEmpty)
        }
    }
}
