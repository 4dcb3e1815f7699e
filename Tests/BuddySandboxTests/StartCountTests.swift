import BuddySandbox
import FoundationEssentials
import Synchronization
import Testing

/// Starts are what the whole product is judged by, so they must be counted exactly.
@Suite struct StartCountTests {
    @Test(arguments: SandboxSwitches.RunDelayedAgain.allCases)
    func aSecondRunDelayed(_ again: SandboxSwitches.RunDelayedAgain) async throws {
        var switches = SandboxSwitches()
        switches.runDelayedAgain = again
        try await withSandbox(SandboxBuddy(switches: switches)) { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            #expect(try await sandbox.runDelayed().status == 200)
            let second = try await sandbox.runDelayed()
            #expect(second.status == Int(again.rawValue) ?? 200)
            #expect(await sandbox.missionStarts == (again == .restarts ? 2 : 1))
            #expect(await sandbox.buddy.patches().count == 2)
        }
    }

    @Test func manyAtOnceStartItOnce() async throws {
        try await withSandbox { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<40 { group.addTask { try await sandbox.runDelayed().status } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 200 } == 1)
            #expect(statuses.count { $0 == 400 } == 39)
            #expect(await sandbox.missionStarts == 1)
            #expect(await sandbox.buddy.totalStarts == 1)
        }
    }

    @Test func aDueExecutionStartsByItself() async throws {
        let clock = Mutex(Date(timeIntervalSince1970: 1_800_000_000))
        let buddy = SandboxBuddy { clock.withLock { $0 } }
        let due = Date(timeIntervalSince1970: 1_800_000_060)
        let id = await buddy.schedule(domain: "acme", project: "web", pipeline: 1, delayUntil: due)
        #expect(await buddy.execution(domain: "acme", project: "web", pipeline: 1, execution: id)?.isWaiting == true)
        clock.withLock { $0 = due }
        let started = await buddy.execution(domain: "acme", project: "web", pipeline: 1, execution: id)
        #expect(started?.isWaiting == false)
        #expect(started?.startDate == due)
        #expect(started?.selfStarts == 1)
        #expect(started?.starts == 0)
        #expect(await buddy.totalSelfStarts == 1)
    }

    @Test func theRaceIsNoStartByTheRequest() async throws {
        var switches = SandboxSwitches()
        switches.race = true
        try await withSandbox(SandboxBuddy(switches: switches)) { sandbox async throws in
            await sandbox.buddy.seedMissionExample()
            #expect(try await sandbox.runDelayed().status == 400)
            #expect(await sandbox.missionStarts == 0)
            #expect(await sandbox.buddy.totalSelfStarts == 1)
        }
    }

    @Test func startByItselfCountsApart() async {
        let buddy = SandboxBuddy()
        await buddy.seedMissionExample()
        let place = (domain: "buddy", project: "company-website")
        #expect(
            await buddy.startByItself(domain: place.domain, project: place.project, pipeline: 2, execution: 4))
        #expect(
            await !buddy.startByItself(domain: place.domain, project: place.project, pipeline: 2, execution: 4))
        #expect(await buddy.selfStarts(domain: place.domain, project: place.project, pipeline: 2, execution: 4) == 1)
        #expect(await buddy.totalStarts == 0)
    }
}
