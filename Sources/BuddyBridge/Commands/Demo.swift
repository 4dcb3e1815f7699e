import Bridge
import BridgeServer
import BuddySandbox
import Foundation
import Logging
import Signatures

/// The story that `demo` tells: a sandbox and the service beside each other, and signed requests through both.
struct Demo {
    let folder: URL

    private static let environment = [
        "BUDDY_TOKEN": "sandbox-token", "GITHUB_SECRET": "demo-github-secret",
        "SLACK_SIGNING_SECRET": "demo-slack-secret",
    ]

    func run() async throws {
        var logger = Logger(label: "demo") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .critical
        let buddy = SandboxBuddy()
        await buddy.seedMissionExample()
        let tonight = Date().addingTimeInterval(6 * 3600)
        await buddy.schedule(
            domain: "buddy", project: "company-website", pipeline: 2, branch: "master", delayUntil: tonight, id: 5)
        let (sandboxPorts, sandboxReady) = AsyncStream.makeStream(of: Int.self)
        let sandbox = SandboxServer(buddy: buddy, logger: logger) { sandboxReady.yield($0) }
        let (bridgePorts, bridgeReady) = AsyncStream.makeStream(of: BridgeService.Ports.self)

        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await sandbox.run() }
            guard let sandboxPort = await sandboxPorts.first(where: { _ in true }) else { return }
            let configuration = try configure(sandboxPort)
            let service = BridgeService(configuration: configuration, signals: [], logger: logger)
            group.addTask { try await service.run { bridgeReady.yield($0) } }
            guard let ports = await bridgePorts.first(where: { _ in true }) else { return }
            try await tell(configuration, buddy, sandboxPort, ports.listener)
            group.cancelAll()
        }
    }

    /// Writes the file that a newcomer could have written, and loads it as `serve` does.
    private func configure(_ sandboxPort: Int) throws -> Configuration {
        let file = folder.appendingPathComponent("bridge.yaml").path
        try Self.bridge(sandboxPort).write(toFile: file, atomically: true, encoding: .utf8)
        return try ConfigLoader.load(file, environment: Self.environment).0
    }

    private func tell(
        _ configuration: Configuration, _ buddy: SandboxBuddy, _ sandboxPort: Int, _ port: Int
    ) async throws {
        let hooks = "http://127.0.0.1:\(port)/hooks"
        Terminal.say(
            """
            A stand-in of Buddy listens on port \(sandboxPort), buddy-bridge on \(port).
            Two executions of pipeline 2 wait for their time: #4 and #5.

            1. GitHub sends a push to master, signed.
            """)
        let github = try source("github", configuration)
        let push = try sign(Sample(), as: github)
        let first = try await SignedPost.send(push, to: "\(hooks)/github")
        Terminal.say("   \(first.status) \(message(first))")

        Terminal.say("\n2. GitHub sends the same delivery again.")
        let again = try await SignedPost.send(push, to: "\(hooks)/github")
        Terminal.say("   \(again.status) \(message(again)) (duplicate: nothing was done again)")

        Terminal.say("\n3. Mike types in Slack: /deploy company-website")
        let slack = try source("slack", configuration)
        let command = try sign(
            Sample(text: "/deploy company-website", user: "U012AB3CD", channel: "C0RELEASE"), as: slack)
        let second = try await SignedPost.send(command, to: "\(hooks)/slack")
        Terminal.say("   \(second.status) \(message(second))")

        Terminal.say("\n4. Somebody without the secret sends a push.")
        guard let stranger = Secret("a guess".utf8, reference: .environment("GUESS")) else { return }
        let forged = github.provider.sign(Sample(), with: .secret(stranger), at: Date())
        let refused = try await SignedPost.send(forged, to: "\(hooks)/github")
        Terminal.say("   \(refused.status) \(message(refused))")

        Terminal.say("\n5. GitHub sends a push to another branch. Why does nothing run?")
        let payload = Array(#"{"ref":"refs/heads/fix-typo","repository":{"full_name":"buddy/company-website"}}"#.utf8)
        let other = try sign(Sample(payload: payload), as: github)
        let ignored = try await SignedPost.send(other, to: "\(hooks)/github")
        Terminal.say("   \(ignored.status) \(message(ignored))")
        let explanation = try configuration.ruleBook().explain(Sample(payload: payload), source: "github")
        Terminal.say(ExplanationText.of(explanation).split(separator: "\n").map { "   " + $0 }.joined(separator: "\n"))

        let starts = await (four(buddy), five(buddy))
        let patches = await buddy.patches().count
        Terminal.say("\nBuddy started #4 \(times(starts.0)) and #5 \(times(starts.1)), on \(patches) PATCH requests.")
        guard starts == (1, 1), patches == 2, first.status == 200, refused.status == 401 else {
            throw CommandFailure.failed("the demo did not go as it should")
        }
    }

    private func sign(_ sample: Sample, as source: Source) throws -> Request {
        guard let request = source.sign(sample, at: Date()) else {
            throw CommandFailure.failed("the demo has no secret for '\(source.name)'")
        }
        return request
    }

    private func source(_ name: String, _ configuration: Configuration) throws -> Source {
        guard let source = configuration.sources.first(where: { $0.name == name }) else {
            throw CommandFailure.failed("the demo has no source '\(name)'")
        }
        return source
    }

    /// The line for people in an answer: a summary's, a problem's, or Slack's.
    private func message(_ answer: SignedPost.Answer) -> String {
        struct Body: Decodable {
            var message: String?
            var title: String?
            var text: String?
        }
        let body = try? JSONDecoder().decode(Body.self, from: Data(answer.body.utf8))
        return body?.message ?? body?.text ?? body?.title ?? answer.body
    }

    private func four(_ buddy: SandboxBuddy) async -> Int {
        await buddy.starts(domain: "buddy", project: "company-website", pipeline: 2, execution: 4)
    }

    private func five(_ buddy: SandboxBuddy) async -> Int {
        await buddy.starts(domain: "buddy", project: "company-website", pipeline: 2, execution: 5)
    }

    private func times(_ count: Int) -> String { count == 1 ? "once" : "\(count) times" }

    private static func bridge(_ sandboxPort: Int) -> String {
        """
        buddy: {url: "http://127.0.0.1:\(sandboxPort)", token: env:BUDDY_TOKEN}
        listen: {port: 0}
        journal: sqlite:bridge.sqlite
        sources:
          github: {provider: github, secrets: [env:GITHUB_SECRET]}
          slack: {provider: slack, secrets: [env:SLACK_SIGNING_SECRET]}
        routes:
          - name: release-on-master
            source: github
            when: {event: push, branch: master}
            run: {domain: buddy, project: "{{ repository.name }}", pipeline: 2, execution: 4}
          - name: deploy-from-slack
            source: slack
            when: {command: /deploy}
            usage: "/deploy SERVICE [EXECUTION]"
            allow: {users: [U012AB3CD], channels: [C0RELEASE]}
            run: {domain: buddy, project: "{{ args.0 }}", pipeline: 2, execution: "{{ args.1 | default: earliest }}"}

        """
    }
}
