import Bridge
import BuddySandbox
import Foundation
import Logging
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

/// The real service on real ports, with a sandbox instead of Buddy.
struct TestBridge {
    let buddy: SandboxBuddy
    let port: Int
    let adminPort: Int
    let configuration: Configuration
    let folder: URL
    let canary: Canary

    /// Runs the service while `body` does, then sees to it that no secret came out of it.
    ///
    /// - Parameters:
    ///   - yaml: the sections `sources` and `routes`, and what else differs from ``base(sandbox:)``.
    ///   - giveUpAfter: the budget of retries.
    ///   - breaker: the section of `dispatch`.
    static func run(
        _ yaml: String = standard, giveUpAfter: String = "1h", listen: String = "{port: 0}",
        journal: String = "sqlite:bridge.sqlite", breaker: String = "{}", files: [String: [UInt8]] = [:],
        _ body: (TestBridge) async throws -> Void
    ) async throws {
        let canary = Canary()
        let buddy = SandboxBuddy(token: Canary.token)
        await buddy.seedMissionExample()
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bridge-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            let sandboxPort = try await start(&group) { ready in
                try await SandboxServer(
                    buddy: buddy, logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
                ) { ready($0) }.run()
            }
            for (name, content) in files { try Data(content).write(to: folder.appendingPathComponent(name)) }
            let configuration = try load(
                base(
                    sandbox: sandboxPort, giveUpAfter: giveUpAfter, listen: listen, journal: journal, breaker: breaker)
                    + yaml, in: folder)
            let ports = try await start(&group) { ready in
                try await BridgeService(
                    configuration: configuration, signals: [], watchInterval: .milliseconds(20), logger: canary.logger
                ).run { ready($0) }
            }
            try await body(
                TestBridge(
                    buddy: buddy, port: ports.listener, adminPort: ports.admin ?? 0, configuration: configuration,
                    folder: folder, canary: canary))
            group.cancelAll()
        }
        #expect(!canary.isEmpty)
        #expect(canary.leaks == [])
    }

    /// Starts a server and waits for what it says when it is ready.
    static func start<Ready: Sendable>(
        _ group: inout ThrowingTaskGroup<Void, any Error>,
        _ server: @escaping @Sendable (@escaping @Sendable (Ready) -> Void) async throws -> Void
    ) async throws -> Ready {
        let (stream, continuation) = AsyncStream.makeStream(of: Ready.self)
        group.addTask {
            defer { continuation.finish() }
            try await server { continuation.yield($0) }
        }
        for await ready in stream { return ready }
        try await group.next()
        throw CancellationError()
    }

    static let environment = [
        "BUDDY_TOKEN": Canary.token, "ADMIN_TOKEN": Canary.admin, "GITHUB_SECRET": Canary.github,
        "SLACK_SECRET": Canary.slack, "HMAC_SECRET": Canary.hmac,
    ].merging(TestSender.environment) { one, _ in one }

    static func load(_ yaml: String, in folder: URL) throws -> Configuration {
        let file = folder.appendingPathComponent("bridge.yaml").path
        try yaml.write(toFile: file, atomically: true, encoding: .utf8)
        return try ConfigLoader.load(file, environment: environment).0
    }

    /// Everything but `sources` and `routes`.
    static func base(
        sandbox: Int, giveUpAfter: String = "1h", listen: String = "{port: 0}",
        journal: String = "sqlite:bridge.sqlite", breaker: String = "{}"
    ) -> String {
        """
        buddy: {url: "http://127.0.0.1:\(sandbox)", token: env:BUDDY_TOKEN, timeout: 5s}
        listen: \(listen)
        admin: {port: 0, token: env:ADMIN_TOKEN}
        journal: \(journal)
        dispatch: {lease: 15s, retry: {first: 50ms, longest: 200ms, give_up_after: \(giveUpAfter)}, breaker: \(breaker)}

        """
    }

    /// A push to master runs execution 4; Slack runs what it names.
    static let standard = """
        sources:
          github: {provider: github, secrets: [env:GITHUB_SECRET]}
          slack: {provider: slack, secrets: [env:SLACK_SECRET]}
        routes:
          - name: release
            source: github
            when: {event: push, branch: master}
            run: {domain: buddy, project: "{{ repository.name }}", pipeline: 2, execution: 4}
          - name: deploy
            source: slack
            when: {command: /deploy}
            usage: "/deploy SERVICE [EXECUTION]"
            allow: {users: [U012AB3CD], channels: [C0RELEASE]}
            run: {domain: buddy, project: "{{ args.0 }}", pipeline: 2, execution: "{{ args.1 | default: earliest }}"}

        """

    /// A push to master runs the earliest waiting execution.
    static let earliest = standard.replacingOccurrences(of: "execution: 4}", with: "execution: earliest}")

    // MARK: Requests

    func source(_ name: String) throws -> Source { try #require(configuration.sources.first { $0.name == name }) }

    func url(_ source: String) -> String { "http://127.0.0.1:\(port)/hooks/\(source)" }

    func sign(_ sample: Sample = Sample(), as name: String = "github") throws -> Request {
        try #require(try source(name).sign(sample, at: Date()))
    }

    /// Posts as a sender would.
    func post(_ request: Request, to source: String = "github") async throws -> WebAnswer {
        kept(try await Web.post(request, to: url(source)))
    }

    func admin(_ method: String, _ path: String, body: String? = nil) async throws -> WebAnswer {
        kept(
            try await Web.request(
                method, "http://127.0.0.1:\(adminPort)\(path)", headers: [("Authorization", "Bearer \(Canary.admin)")],
                body: body.map { Array($0.utf8) }))
    }

    private func kept(_ answer: WebAnswer) -> WebAnswer {
        canary.saw("\(answer.headers) \(answer.body)")
        return answer
    }

    /// Asks for a delivery until it is no longer pending; the test's time limit is the bound.
    func settled(_ delivery: String) async throws -> JSONValue {
        while true {
            let summary = try #require(try await admin("GET", "/api/deliveries/\(delivery)").json)
            if summary.outcome != "pending" { return summary }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    func starts(_ execution: Int = 4) async -> Int {
        await buddy.starts(domain: "buddy", project: "company-website", pipeline: 2, execution: execution)
    }

    /// A push whose body differs from every other's.
    static func push(_ number: Int, ref: String = "refs/heads/master") -> Sample {
        Sample(
            payload: Array(
                #"{"ref":"\#(ref)","number":\#(number),"repository":{"name":"company-website"}}"#.utf8))
    }

    func schedule(_ id: Int, in seconds: TimeInterval, branch: String = "master") async {
        await buddy.schedule(
            domain: "buddy", project: "company-website", pipeline: 2, branch: branch,
            delayUntil: Date().addingTimeInterval(seconds), id: id)
    }
}
