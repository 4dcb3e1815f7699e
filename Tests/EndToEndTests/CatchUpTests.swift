import Bridge
import BuddySandbox
import Foundation
import Logging
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// What GitHub could not deliver while nobody answered comes again, and runs once.
    @Suite(.timeLimit(.minutes(2)))
    struct CatchUpTests {
        private static let token = StandInGitHub.Guard.token(Canary.gitHubToken)

        /// The standard rules, where GitHub is asked for what it could not deliver.
        fileprivate static func yaml(_ gitHub: StandInGitHub, _ more: String = "") async -> String {
            let catchUp = "{hook: \(StandInGitHub.hook), token: file:token, url: '\(await gitHub.base)'\(more)}"
            return TestBridge.standard.replacingOccurrences(
                of: "secrets: [env:GITHUB_SECRET]}", with: "secrets: [env:GITHUB_SECRET], catch_up: \(catchUp)}")
        }

        private static let files = ["token": Array(Canary.gitHubToken.utf8)]

        private static func push(_ number: Int, ref: String = "refs/heads/master") throws -> Request {
            let secret = try #require(Secret(Canary.github.utf8, reference: .environment("GITHUB_SECRET")))
            return GitHub().sign(TestBridge.push(number, ref: ref), with: .secret(secret), at: Date())
        }

        /// Asks until it is so; the suite's time limit is the bound.
        private static func until(_ isSo: () async throws -> Bool) async throws {
            while try await !isSo() { try await Task.sleep(for: .milliseconds(20)) }
        }

        private static func deliveries(_ bridge: TestBridge) async throws -> JSONValue {
            try #require(try await bridge.admin("GET", "/api/deliveries").json).deliveries
        }

        @Test("What failed comes again, is journaled and runs once; what was delivered is left alone")
        func failed() async throws {
            try await StandInGitHub.run(Self.token) { gitHub async throws in
                let missed = try await gitHub.tried(Self.push(1), status: 0, ago: 50)
                // Again by hand, again in vain.
                await gitHub.tried(missed, status: 502, ago: 40)
                try await gitHub.tried(Self.push(2), status: 200, ago: 30)
                let other = try await gitHub.tried(Self.push(3, ref: "refs/heads/other"), status: 503, ago: 20)
                try await gitHub.tried(Self.push(4), status: 0, ago: 3 * 86_400)
                try await TestBridge.run(Self.yaml(gitHub), files: Self.files) { bridge async throws in
                    await gitHub.deliver(to: bridge.url("github"))
                    try await Self.until { try await Self.deliveries(bridge).count == 2 }
                    try await Self.until { !bridge.canary.lines(with: "Caught up").isEmpty }
                    #expect(await gitHub.asked == [missed, other])
                    let list = try await Self.deliveries(bridge)
                    #expect(list[0]["sender_id"].string == other && list[0].outcome == "ignored")
                    #expect(list[1]["sender_id"].string == missed)
                    let id = try #require(list[1].delivery.string)
                    #expect(try await bridge.settled(id).outcome == "started")
                    #expect(await bridge.starts() == 1)
                    #expect(await bridge.buddy.patches().count == 1)
                    let line = try #require(bridge.canary.lines(with: "Caught up").first)
                    #expect(line.contains("\"failed\": 2") && line.contains("\"requested\": 2"), "\(line)")
                }
            }
        }

        @Test("Never more than 'most'")
        func most() async throws {
            try await StandInGitHub.run(Self.token) { gitHub async throws in
                var missed: [String] = []
                for number in 1...4 {
                    missed.append(try await gitHub.tried(Self.push(number), status: 0, ago: 100 - Double(number)))
                }
                try await TestBridge.run(Self.yaml(gitHub, ", most: 2"), files: Self.files) { bridge async throws in
                    await gitHub.deliver(to: bridge.url("github"))
                    try await Self.until { !bridge.canary.lines(with: "Caught up").isEmpty }
                    #expect(await gitHub.asked == Array(missed.prefix(2)))
                    #expect(!bridge.canary.lines(with: "\"left\": 2").isEmpty)
                }
            }
        }

        @Test("An app's webhook is asked for with the app's own key")
        func app() async throws {
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("app-\(UUID().uuidString).pem")
            defer { try? FileManager.default.removeItem(at: file) }
            try OpenSSLCommand.run("genrsa", "-traditional", "-out", file.path, "2048")
            let pem = try Array(Data(contentsOf: file))
            let key = try #require(Secret(pem, reference: .file("app.pem")).flatMap(PrivateKey.init))
            try await StandInGitHub.run(.app(id: "12345", key.publicKey), hook: "app") { gitHub async throws in
                let missed = try await gitHub.tried(Self.push(1), status: 0)
                let yaml = await Self.yaml(gitHub).replacingOccurrences(
                    of: "hook: \(StandInGitHub.hook), token: file:token",
                    with: "hook: app, app: {id: 12345, private_key: file:app.pem}")
                try await TestBridge.run(yaml, files: ["app.pem": pem]) { bridge async throws in
                    await gitHub.deliver(to: bridge.url("github"))
                    try await Self.until { await bridge.starts() == 1 }
                    #expect(await gitHub.asked == [missed])
                    let body = pem.split(separator: UInt8(ascii: "\n"))[1]
                    #expect(bridge.canary.lines(with: String(decoding: body, as: UTF8.self)).isEmpty)
                }
            }
        }

        @Test("Killed, it comes back: what it had taken is left alone, what it missed comes again")
        func killed() async throws {
            try await StandInGitHub.run(Self.token) { gitHub async throws in
                try await Stage.run(gitHub) { stage async throws in
                    var service = try await stage.serve()
                    let taken = try Self.push(1)
                    _ = try await Web.post(taken, to: "http://127.0.0.1:\(service.ports.listener)/hooks/github")
                    service.kill()
                    #expect(service.leaks == [])
                    // Our answer to the first was lost on its way.
                    await gitHub.tried(taken, status: 0, ago: 30)
                    let missed = try await gitHub.tried(Self.push(2), status: 0, ago: 20)

                    service = try await stage.serve()
                    await gitHub.deliver(to: "http://127.0.0.1:\(service.ports.listener)/hooks/github")
                    try await Self.until { await gitHub.attempts.first?.isRedelivery == true }
                    #expect(await gitHub.asked == [missed])
                    #expect(await gitHub.attempts.first?.status == 200)
                    let count = #"bridge_catch_up_redeliveries_total{source="github"} 1"#
                    try await Self.until { try await stage.metrics(service).contains(count) }
                    service.terminate()
                    #expect(await service.exitCode() == 0)
                    #expect(service.leaks == [])
                }
            }
        }

        @Test("Off unless configured: GitHub is asked nothing")
        func off() async throws {
            try await StandInGitHub.run(Self.token) { gitHub async throws in
                try await gitHub.tried(Self.push(1), status: 0)
                try await Stage.run(gitHub, isConfigured: false) { stage async throws in
                    let service = try await stage.serve()
                    _ = try await Web.request("GET", "http://127.0.0.1:\(service.ports.listener)/health/ready")
                    service.terminate()
                    #expect(await service.exitCode() == 0)
                    let command = try await stage.catchUp()
                    #expect(command.code == 2)
                    #expect(command.complaints.contains("the source 'github' has no 'catch_up'"))
                    #expect(await gitHub.calls.isEmpty)
                }
            }
        }

        @Test("In a dry run nothing is asked for: it would count as taken")
        func dryRun() async throws {
            try await StandInGitHub.run(Self.token) { gitHub async throws in
                try await gitHub.tried(Self.push(1), status: 0)
                try await Stage.run(gitHub) { stage async throws in
                    let (configuration, _) = try ConfigLoader.load(
                        stage.config.path, environment: TestBridge.environment)
                    let canary = Canary()
                    let service = BridgeService(
                        configuration: configuration, isDryRun: true, signals: [], logger: canary.logger)
                    let (ready, feed) = AsyncStream.makeStream(of: Int.self)
                    let task = Task { try await service.run { feed.yield($0.listener) } }
                    let port = try #require(await ready.first { _ in true })
                    let health = try await Web.request("GET", "http://127.0.0.1:\(port)/health/ready")
                    #expect(health.status == 200)
                    task.cancel()
                    _ = await task.result
                    #expect(await gitHub.calls.isEmpty)
                }
            }
        }

        @Test(
            "catch-up: 0 with what it did, also before the first 'serve'; beside a service what that has is left alone")
        func command() async throws {
            try await StandInGitHub.run(Self.token) { gitHub async throws in
                try await Stage.run(gitHub) { stage async throws in
                    let first = try Self.push(1)
                    let id = await gitHub.tried(first, status: 502, ago: 3000)
                    let before = try await stage.catchUp("--since", "30m", "--json")
                    #expect(before.code == 0, "\(before.complaints)")
                    #expect(JSONValue(before.output)?.hooks[0].listed == 0)
                    let asked = try await stage.catchUp("--since", "1h", "--json")
                    let hook = try #require(JSONValue(asked.output)).hooks[0]
                    #expect(hook.hook.string == StandInGitHub.hook && hook["since_seconds"] == 3600)
                    #expect(hook.failed == 1 && hook.known == 0 && hook.requested == 1 && hook.error == nil)
                    #expect(await gitHub.asked == [id])

                    await gitHub.tried("later", status: 0, ago: 10)
                    let service = try await stage.serve()
                    try await Self.until { await gitHub.asked.count == 3 }
                    _ = try await Web.post(first, to: "http://127.0.0.1:\(service.ports.listener)/hooks/github")
                    let beside = try await stage.catchUp()
                    #expect(beside.code == 0)
                    #expect(beside.output.contains("of these in the journal all the same: 1"), "\(beside.output)")
                    #expect(beside.output.contains("asked for again: 1"))
                    service.kill()
                    #expect(service.leaks == [])
                }
            }
        }

        @Test("catch-up: 1 when GitHub says no, 2 for wrong use; the token never comes out")
        func commandFails() async throws {
            try await StandInGitHub.run(Self.token) { gitHub async throws in
                try await Stage.run(gitHub) { stage async throws in
                    try await gitHub.tried(Self.push(1), status: 0)
                    await gitHub.inject(.status(404, message: "no \(Canary.gitHubToken)"))
                    let refused = try await stage.catchUp()
                    #expect(refused.code == 1)
                    #expect(refused.output.contains("ended early: GitHub answered 404 (no ***)"), "\(refused.output)")
                    await gitHub.inject(.status(500))
                    let broken = try await stage.catchUp("--json")
                    #expect(broken.code == 1)
                    #expect(JSONValue(broken.output)?.hooks[0].error == "GitHub answered 500 (Something went wrong)")
                    for wrong in [["--since", "73h"], ["--since", "2"], ["--nonsense"], ["--source", "slack"]] {
                        #expect(try await stage.catchUp(wrong).code == 2, "\(wrong)")
                    }
                    try FileManager.default.removeItem(at: stage.folder.appendingPathComponent("token"))
                    let tokenless = try await stage.catchUp()
                    #expect(tokenless.code == 2 && tokenless.complaints.contains("the file token cannot be read"))
                    #expect(await gitHub.asked.isEmpty)
                    for result in [refused, broken, tokenless] {
                        #expect(!(result.output + result.complaints).contains("canary"))
                    }
                }
            }
        }
    }
}

/// A sandbox, and a folder with a configuration, that outlive the services that use them.
private struct Stage {
    let folder: URL

    var config: URL { folder.appendingPathComponent("bridge.yaml") }

    static func run(
        _ gitHub: StandInGitHub, isConfigured: Bool = true, _ body: (Stage) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("catch-up-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let buddy = SandboxBuddy(token: Canary.token)
        await buddy.seedMissionExample()
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
                try await SandboxServer(buddy: buddy, logger: logger) { ready.yield($0) }.run()
            }
            let port = try #require(await ports.first { _ in true })
            let rules =
                isConfigured ? await EndToEnd.CatchUpTests.yaml(gitHub) : TestBridge.standard
            let stage = Stage(folder: folder)
            try (TestBridge.base(sandbox: port) + rules).write(to: stage.config, atomically: true, encoding: .utf8)
            try Data(Canary.gitHubToken.utf8).write(to: folder.appendingPathComponent("token"))
            try await body(stage)
            group.cancelAll()
        }
    }

    func serve() async throws -> ServeProcess {
        try await ServeProcess(config: config, environment: TestBridge.environment)
    }

    func metrics(_ service: ServeProcess) async throws -> String {
        try await Web.request(
            "GET", "http://127.0.0.1:\(service.ports.admin)/metrics",
            headers: [("Authorization", "Bearer \(Canary.admin)")]
        ).body
    }

    func catchUp(_ more: String...) async throws -> ServeProcess.Result { try await catchUp(more) }

    func catchUp(_ more: [String]) async throws -> ServeProcess.Result {
        let source = more.contains("--source") ? [] : ["--source", "github"]
        return try await ServeProcess.run(
            ["catch-up", "--config", config.path] + source + more, environment: [:])
    }
}
