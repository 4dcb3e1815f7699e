import Bridge
import BuddyAPI
import BuddySandbox
import Signatures
import Synchronization
import TestSupport
import Testing

@Suite("What is asked of Buddy", .timeLimit(.minutes(2)))
struct CallTests {
    private static let path = "/workspaces/buddy/projects/company-website/pipelines/2/executions"

    @Test("RUN_DELAYED is the PATCH of the published page, once")
    func runScheduled() async throws {
        try await BuddyUnderTest.run { test async throws in
            let execution = try await test.api.runScheduled(4, of: test.pipeline())
            #expect(execution.id == 4)
            #expect(execution.status == "INPROGRESS")
            let requests = await test.buddy.requests
            #expect(requests.count == 1)
            let request = try #require(requests.first)
            #expect(request.method == "PATCH")
            #expect(request.path == Self.path + "/4")
            #expect(request.query == nil)
            #expect(request.bodyText == #"{"operation":"RUN_DELAYED"}"#)
            #expect(request.header("Content-Type") == "application/json")
            #expect(request.header("Accept") == "application/json")
            #expect(request.header("Authorization") == "Bearer \(Canary.token)")
            #expect(request.header("User-Agent") == "buddy-bridge")
            #expect(
                await test.buddy.starts(domain: "buddy", project: "company-website", pipeline: 2, execution: 4) == 1)
        }
    }

    @Test("A look is a GET without a body, and starts nothing")
    func execution() async throws {
        try await BuddyUnderTest.run { test async throws in
            let execution = try await test.api.execution(4, of: test.pipeline())
            #expect(execution.status == "INITIAL")
            #expect(execution.delayUntil != nil)
            let request = try #require(await test.buddy.requests.first)
            #expect(request.method == "GET")
            #expect(request.path == Self.path + "/4")
            #expect(request.body == [])
            #expect(request.header("Content-Type") == nil)
            #expect(request.header("Authorization") == "Bearer \(Canary.token)")
            #expect(await test.buddy.totalStarts == 0)
        }
    }

    @Test(
        "A list is walked by pages, the newest first",
        arguments: [
            (1, 3, [7, 6, 5], 2), (2, 3, [4], 2), (3, 3, [], 2), (1, 50, [7, 6, 5, 4], 1),
        ])
    func list(_ page: Int, _ perPage: Int, _ ids: [Int], _ pages: Int) async throws {
        try await BuddyUnderTest.run { test async throws in
            for id in 5...7 {
                await test.buddy.schedule(domain: "buddy", project: "company-website", pipeline: 2, id: id)
            }
            let list = try await test.api.executions(of: test.pipeline(), page: page, perPage: perPage)
            #expect(list.executions.map(\.id) == ids)
            #expect(list.pages == pages)
            let request = try #require(await test.buddy.requests.first)
            #expect(request.method == "GET")
            #expect(request.path == Self.path)
            #expect(request.parameters == ["page": "\(page)", "per_page": "\(perPage)"])
        }
    }

    @Test("An old server sends everything at once and no number of pages")
    func unpaged() async throws {
        var switches = SandboxSwitches()
        switches.pageFields = false
        try await BuddyUnderTest.run(switches) { test async throws in
            await test.buddy.schedule(domain: "buddy", project: "company-website", pipeline: 2, id: 5)
            let list = try await test.api.executions(of: test.pipeline(), page: 1, perPage: 1)
            #expect(list.executions.map(\.id) == [5, 4])
            #expect(list.pages == nil)
        }
    }

    @Test("A pipeline's name becomes its number")
    func identifiers() async throws {
        try await BuddyUnderTest.run { test async throws in
            await test.buddy.addPipeline(domain: "buddy", project: "shop", id: 77, identifier: "release & go/é")
            let number = try await test.api.pipelineNumber(
                of: "release & go/é", project: "shop", domain: "buddy", buddy: test.base)
            #expect(number == 77)
            let request = try #require(await test.buddy.requests.first)
            #expect(request.method == "GET")
            #expect(request.path == "/workspaces/buddy/identifiers")
            #expect(request.query == "project=shop&pipeline=release%20%26%20go%2F%C3%A9")
        }
    }

    @Test(
        "A name is one segment of the path, whatever is in it",
        arguments: [
            ("a b", "a%20b"), ("a/b", "a%2Fb"), ("a?b#c", "a%3Fb%23c"), ("100%", "100%25"), ("%2e%2e", "%252e%252e"),
            ("grün", "gr%C3%BCn"), ("a+b&c=d;e", "a%2Bb%26c%3Dd%3Be"), ("日本", "%E6%97%A5%E6%9C%AC"),
            ("a.b-c_d~e", "a.b-c_d~e"),
            ("x\u{1}\ny", "x%01%0Ay"),
        ])
    func encoding(_ project: String, _ segment: String) async throws {
        try await BuddyUnderTest.run { test async throws in
            await test.buddy.schedule(domain: "buddy", project: project, pipeline: 9, id: 3)
            let execution = try await test.api.runScheduled(3, of: test.pipeline(project, 9))
            #expect(execution.id == 3)
            let request = try #require(await test.buddy.requests.first)
            #expect(request.path == "/workspaces/buddy/projects/\(segment)/pipelines/9/executions/3")
            #expect(await test.buddy.starts(domain: "buddy", project: project, pipeline: 9, execution: 3) == 1)
        }
    }

    @Test("An own host's path is kept", arguments: ["", "/"])
    func basePath(_ slash: String) async throws {
        var switches = SandboxSwitches()
        switches.basePath = .api
        try await BuddyUnderTest.run(switches) { test async throws in
            var pipeline = test.pipeline()
            pipeline.buddy += slash
            #expect(try await test.api.runScheduled(4, of: pipeline).id == 4)
            #expect(try await test.api.executions(of: pipeline, page: 1, perPage: 50).executions.map(\.id) == [4])
            let number = try await test.api.pipelineNumber(
                of: "dev", project: "company-website", domain: "buddy", buddy: pipeline.buddy)
            #expect(number == 2)
            #expect(
                await test.buddy.requests.map(\.path) == [
                    "/api" + Self.path + "/4", "/api" + Self.path, "/api/workspaces/buddy/identifiers",
                ])
        }
    }

    @Test("The token is read for each call, by its workspace")
    func tokens() async throws {
        let asked = Mutex<[String]>([])
        let reader: BuddyAPI.TokenReader = { _, domain in
            asked.withLock {
                $0.append(domain)
                return $0.count == 2 ? BuddyUnderTest.secret("rotated") : BuddyUnderTest.secret(Canary.token)
            }
        }
        try await BuddyUnderTest.run(token: reader) { test async throws in
            _ = try await test.api.execution(4, of: test.pipeline())
            let failure = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await test.api.execution(4, of: test.pipeline())
            }
            #expect(failure.kind == .status(401))
            _ = try await test.api.pipelineNumber(
                of: "dev", project: "company-website", domain: "buddy", buddy: test.base)
        }
        #expect(asked.withLock { $0 } == ["buddy", "buddy", "buddy"])
    }
}
