import BuddySandbox
import Testing

@Suite struct WeatherTests {
    @Test func theSameSeedBringsTheSameWeather() async throws {
        let first = try await statuses(seed: 7)
        #expect(try await statuses(seed: 7) == first)
        #expect(try await statuses(seed: 8) != first)
        // 300 of 1000: far from none and from all.
        #expect((5...35).contains(first.count { $0 == 503 }))
    }

    @Test func itIsForItsOperationOnlyAndEnds() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            await sandbox.buddy.setWeather(
                SandboxWeather([.init(.fault(.status(503)), on: .patch, perMille: 1000)], seed: 1))
            #expect(try await sandbox.get(SandboxUnderTest.missionPath).status == 200)
            #expect(try await sandbox.runDelayed().status == 503)
            #expect(await sandbox.buddy.totalStarts == 0)
            await sandbox.buddy.setWeather(nil)
            #expect(try await sandbox.runDelayed().status == 200)
        }
    }

    @Test func anExecutionMayStartByItself() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            await sandbox.buddy.setWeather(
                SandboxWeather([.init(.startsByItself, on: .patch, perMille: 1000)], seed: 1))
            #expect(try await sandbox.runDelayed().status == 400)
            #expect(await sandbox.buddy.totalSelfStarts == 1)
            #expect(await sandbox.buddy.totalStarts == 0)
        }
    }

    private func statuses(seed: UInt64) async throws -> [Int] {
        let buddy = SandboxBuddy()
        await buddy.seedMissionExample()
        await buddy.setWeather(SandboxWeather([.init(.fault(.status(503)), on: .get, perMille: 300)], seed: seed))
        return try await withSandbox(buddy) { sandbox async throws in
            var statuses: [Int] = []
            for _ in 0..<60 { statuses.append(try await sandbox.get(SandboxUnderTest.missionPath).status) }
            return statuses
        }
    }
}
