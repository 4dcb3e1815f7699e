import BuddySandbox
import FoundationEssentials
import Synchronization
import Testing

/// Whether a second PATCH had a reason is what Tests/Reliability asks, so it must be told exactly.
@Suite struct LatePatchTests {
    @Test func withoutALookItIsBlind() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            _ = try await sandbox.get(SandboxUnderTest.missionPath)
            _ = try await sandbox.runDelayed()
            // What was seen before the first PATCH is no reason for a second, once a look has shown the change.
            _ = try await sandbox.get(SandboxUnderTest.missionPath)
            _ = try await sandbox.runDelayed()
            #expect(await sandbox.buddy.totalLatePatches == 1)
            #expect(await sandbox.buddy.totalBlindPatches == 1)
        }
    }

    @Test func aLookThatShowsNoChangeIsAReason() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            await sandbox.buddy.inject(.delay(.seconds(86_400), on: .patch))
            async let first = sandbox.runDelayed()
            await sandbox.buddy.waitForRequests(1, .patch)
            _ = try await sandbox.get(SandboxUnderTest.missionPath)
            await sandbox.buddy.releaseDelays()
            _ = try await first
            _ = try await sandbox.runDelayed()
            #expect(await sandbox.buddy.totalLatePatches == 1)
            #expect(await sandbox.buddy.totalBlindPatches == 0)
        }
    }

    @Test func aLookWhoseAnswerIsLostIsNone() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            await sandbox.buddy.inject(.delay(.seconds(86_400), on: .patch))
            async let first = sandbox.runDelayed()
            await sandbox.buddy.waitForRequests(1, .patch)
            await sandbox.buddy.inject(.truncatedJSON(on: .get))
            _ = try await sandbox.get(SandboxUnderTest.missionPath)
            await sandbox.buddy.releaseDelays()
            _ = try await first
            _ = try await sandbox.runDelayed()
            #expect(await sandbox.buddy.totalBlindPatches == 1)
        }
    }

    @Test func anExecutionThatIsDueStartsAmongManyThatAreNot() async throws {
        let clock = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        let buddy = SandboxBuddy { clock.withLock { $0 } }
        for seconds in [60, 120, 86_400] {
            await buddy.schedule(
                domain: "acme", project: "web", pipeline: 1,
                delayUntil: Date(timeIntervalSince1970: 1_800_000_000 + Double(seconds)))
        }
        for (seconds, starts) in [(59, 0), (60, 1), (61, 1), (120, 2), (86_399, 2), (86_400, 3)] {
            clock.withLock { $0 = Date(timeIntervalSince1970: 1_800_000_000 + Double(seconds)) }
            #expect(await buddy.totalSelfStarts == starts)
        }
    }
}
