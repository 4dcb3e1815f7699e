import BuddySandbox
import Testing

/// Faults on demand, on a real connection.
@Suite struct FaultTests {
    private static func withMission(_ body: @Sendable (SandboxUnderTest) async throws -> Void) async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            try await body(sandbox)
        }
    }

    @Test func theAnswerIsLostAfterTheEffect() async throws {
        try await Self.withMission { sandbox async throws in
            await sandbox.buddy.inject(.lostAnswer(on: .patch))
            await #expect(throws: (any Error).self) { try await sandbox.runDelayed() }
            #expect(await sandbox.missionStarts == 1)
            #expect(try await sandbox.get(SandboxUnderTest.missionPath).json["status"]?.string == "INPROGRESS")
        }
    }

    @Test func theConnectionIsResetBeforeTheEffect() async throws {
        try await Self.withMission { sandbox async throws in
            await sandbox.buddy.inject(.resetBeforeEffect(on: .patch))
            await #expect(throws: (any Error).self) { try await sandbox.runDelayed() }
            #expect(await sandbox.missionStarts == 0)
            #expect(try await sandbox.runDelayed().status == 200)
            #expect(await sandbox.missionStarts == 1)
        }
    }

    @Test func faultsAreTakenInOrderAndOnlyByWhomTheyAreFor() async throws {
        try await Self.withMission { sandbox async throws in
            await sandbox.buddy.inject(.status(500, on: .patch, times: 2))
            await sandbox.buddy.inject(.tooManyRequests(retryAfter: 7, on: .patch))
            await sandbox.buddy.inject(.rateLimitByMessage())
            let looked = try await sandbox.get(SandboxUnderTest.missionPath)
            #expect(looked.status == 403)
            #expect(looked.message == "Rate limit exceeded.")
            #expect(try await sandbox.runDelayed().status == 500)
            #expect(try await sandbox.runDelayed().status == 500)
            let limited = try await sandbox.runDelayed()
            #expect(limited.status == 429)
            #expect(limited.headers["retry-after"] == "7")
            #expect(await sandbox.missionStarts == 0)
            #expect(await sandbox.buddy.pendingFaults.isEmpty)
            #expect(try await sandbox.runDelayed().status == 200)
        }
    }

    @Test func anErrorMayComeAfterTheEffect() async throws {
        try await Self.withMission { sandbox async throws in
            await sandbox.buddy.inject(.status(502, on: .patch, effectDone: true))
            #expect(try await sandbox.runDelayed().status == 502)
            #expect(await sandbox.missionStarts == 1)
        }
    }

    @Test func aProxysPageAndHalfAnAnswer() async throws {
        try await Self.withMission { sandbox async throws in
            await sandbox.buddy.inject(.html(on: .get))
            let page = try await sandbox.get(SandboxUnderTest.missionPath)
            #expect(page.status == 502)
            #expect(page.headers["content-type"]?.hasPrefix("text/html") == true)
            await sandbox.buddy.inject(.truncatedJSON(on: .patch))
            let half = try await sandbox.runDelayed()
            #expect(half.status == 200)
            #expect(throws: (any Error).self) { try half.json }
            #expect(await sandbox.missionStarts == 1)
        }
    }

    @Test(arguments: [false, true])
    func aDelayHoldsTheAnswer(_ effectDone: Bool) async throws {
        try await Self.withMission { sandbox async throws in
            await sandbox.buddy.inject(.delay(.seconds(3600), on: .patch, effectDone: effectDone))
            async let reply = sandbox.runDelayed()
            await sandbox.buddy.waitForRequests(1, .patch)
            #expect(await sandbox.missionStarts == (effectDone ? 1 : 0))
            await sandbox.buddy.releaseDelays()
            #expect(try await reply.status == 200)
            #expect(await sandbox.missionStarts == 1)
        }
    }

    @Test func aShutdownEndsADelay() async throws {
        let buddy = SandboxBuddy()
        await buddy.seedMissionExample()
        await buddy.inject(.delay(.seconds(3600), on: .patch))
        // The body ends while the answer is held; `withSandbox` returns only when the server has ended.
        try await withSandbox(buddy) { sandbox async throws in
            let request = Task { try await sandbox.runDelayed() }
            await buddy.waitForRequests(1, .patch)
            request.cancel()
        }
        #expect(await buddy.totalStarts == 0)
    }
}
