import BuddySandbox
import Testing

/// `GET …/executions`
@Suite struct ListTests {
    static let path = "/workspaces/acme/projects/web/pipelines/7/executions"

    private static func seeded(_ switches: SandboxSwitches = .init()) async -> SandboxBuddy {
        let buddy = SandboxBuddy(switches: switches)
        for _ in 1...44 {
            await buddy.addExecution(domain: "acme", project: "web", pipeline: 7, status: "SUCCESSFUL")
        }
        await buddy.schedule(domain: "acme", project: "web", pipeline: 7)
        return buddy
    }

    private static func ids(_ list: JSON) -> [Int] {
        list["executions"]?.elements.compactMap { $0["id"]?.int } ?? []
    }

    @Test func newestFirstTwentyAPage() async throws {
        try await withSandbox(await Self.seeded()) { sandbox async throws in
            let first = try await sandbox.get(Self.path).json
            #expect(Self.ids(first) == Array((26...45).reversed()))
            #expect(first["page"]?.int == 1)
            #expect(first["page_size"]?.int == 20)
            #expect(first["total_page_count"]?.int == 3)
            #expect(first["element_count"]?.int == 20)
            #expect(first["total_element_count"]?.int == 45)
            let last = try await sandbox.get("\(Self.path)?page=3").json
            #expect(Self.ids(last) == [5, 4, 3, 2, 1])
            #expect(last["element_count"]?.int == 5)
            #expect(Self.ids(try await sandbox.get("\(Self.path)?page=4").json) == [])
            #expect(Self.ids(try await sandbox.get("\(Self.path)?page=2&per_page=2").json) == [43, 42])
        }
    }

    @Test func itemsAreNotWhole() async throws {
        try await withSandbox(await Self.seeded()) { sandbox async throws in
            let item = try #require(try await sandbox.get(Self.path).json["executions"]?[0])
            #expect(item["status"]?.string == "INITIAL")
            #expect(item.names.isDisjoint(with: ["pipeline", "action_executions", "delay_until"]))
            #expect(item.names.isSuperset(of: ["url", "html_url", "id", "start_date", "finish_date", "branch"]))
        }
    }

    @Test func nothingYet() async throws {
        let buddy = SandboxBuddy()
        await buddy.addPipeline(domain: "acme", project: "web", id: 7)
        try await withSandbox(buddy) { sandbox async throws in
            let list = try await sandbox.get(Self.path).json
            #expect(list["page"]?.int == 1)
            #expect(list["total_page_count"]?.int == 0)
            #expect(list["executions"] == .array([]))
        }
    }

    @Test func withoutPagesEverythingComesAtOnce() async throws {
        var switches = SandboxSwitches()
        switches.pageFields = false
        try await withSandbox(await Self.seeded(switches)) { sandbox async throws in
            let list = try await sandbox.get("\(Self.path)?page=2&per_page=5").json
            #expect(Self.ids(list).count == 45)
            #expect(list["page"] == nil)
            #expect(list["total_element_count"] == nil)
        }
    }

    @Test func waitingExecutionsCanBeHiddenOrShowTheirTime() async throws {
        var hidden = SandboxSwitches()
        hidden.waitingInList = false
        try await withSandbox(await Self.seeded(hidden)) { sandbox async throws in
            #expect(Self.ids(try await sandbox.get("\(Self.path)?per_page=1").json) == [44])
        }
        var timed = SandboxSwitches()
        timed.delayUntilInList = true
        try await withSandbox(await Self.seeded(timed)) { sandbox async throws in
            let list = try await sandbox.get("\(Self.path)?per_page=2").json["executions"]
            #expect(list?[0]?["delay_until"]?.string != nil)
            #expect(list?[1]?["delay_until"] == .null)
        }
    }

    @Test(arguments: [(false, 20), (true, 1)])
    func theStatusFilter(_ isHonoured: Bool, _ count: Int) async throws {
        var switches = SandboxSwitches()
        switches.statusFilter = isHonoured
        try await withSandbox(await Self.seeded(switches)) { sandbox async throws in
            #expect(Self.ids(try await sandbox.get("\(Self.path)?status=INITIAL").json).count == count)
        }
    }
}
