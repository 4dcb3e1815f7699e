import Bridge
import BuddySandbox
import Foundation
import GRDB
import Logging
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

/// A sandbox that outlives the services in front of it.
struct ServeStage {
    let buddy: SandboxBuddy
    let folder: URL

    var config: URL { folder.appendingPathComponent("bridge.yaml") }

    static func run(
        execution: String = "4", replyWithin: String = "200ms", more: String = "",
        _ body: (ServeStage) async throws -> Void
    ) async throws {
        let stage = ServeStage(
            buddy: SandboxBuddy(token: Canary.token),
            folder: FileManager.default.temporaryDirectory.appendingPathComponent("stage-\(UUID().uuidString)"))
        await stage.buddy.seedMissionExample()
        try FileManager.default.createDirectory(at: stage.folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: stage.folder) }
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                let logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
                try await SandboxServer(buddy: stage.buddy, logger: logger) { ready.yield($0) }.run()
            }
            let port = try #require(await ports.first { _ in true })
            let yaml = (TestBridge.base(sandbox: port) + more + TestBridge.standard)
                .replacingOccurrences(of: "execution: 4}", with: "execution: \(execution)}")
                .replacingOccurrences(
                    of: "secrets: [env:GITHUB_SECRET]}",
                    with: "secrets: [env:GITHUB_SECRET], reply_within: \(replyWithin)}")
            try yaml.write(to: stage.config, atomically: true, encoding: .utf8)
            try await body(stage)
            group.cancelAll()
        }
    }

    func serve(largestFile: Int? = nil) async throws -> ServeProcess {
        try await ServeProcess(config: config, environment: TestBridge.environment, largestFile: largestFile)
    }

    func status(of sample: Sample, _ service: ServeProcess) async throws -> Int {
        let secret = try #require(Secret(Canary.github.utf8, reference: .environment("GITHUB_SECRET")))
        return try await Web.post(
            GitHub().sign(sample, with: .secret(secret), at: Date()),
            to: "http://127.0.0.1:\(service.ports.listener)/hooks/github"
        ).status
    }

    /// Makes many runs of one, while no service is there.
    func multiply(runsOf delivery: String, by count: Int) async throws {
        let queue = try DatabaseQueue(path: folder.appendingPathComponent("bridge.sqlite").path)
        try await queue.write { db in
            try db.execute(
                sql: """
                    INSERT INTO runs (delivery, route, buddy, target, state, next_attempt_at, budget_start)
                    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
                    SELECT delivery, route, buddy, target, 'pending', next_attempt_at, budget_start
                    FROM runs, numbers WHERE delivery = ?
                    """, arguments: [count, delivery])
        }
        try queue.close()
    }

    func push(
        to service: ServeProcess, branch: String = "refs/heads/master"
    ) async throws -> (status: Int, delivery: String) {
        let secret = try #require(Secret(Canary.github.utf8, reference: .environment("GITHUB_SECRET")))
        let sample = branch.hasSuffix("/master") ? Sample() : Sample(payload: Array(#"{"ref":"\#(branch)"}"#.utf8))
        let answer = try await Web.post(
            GitHub().sign(sample, with: .secret(secret), at: Date()),
            to: "http://127.0.0.1:\(service.ports.listener)/hooks/github")
        return (answer.status, try #require(answer.json?.delivery.string))
    }

    func settled(_ delivery: String, _ service: ServeProcess) async throws -> JSONValue {
        while true {
            let answer = try await Web.request(
                "GET", "http://127.0.0.1:\(service.ports.admin)/api/deliveries/\(delivery)",
                headers: [("Authorization", "Bearer \(Canary.admin)")])
            let summary = try #require(answer.json)
            if summary.outcome != "pending" { return summary }
            try await Task.sleep(for: .milliseconds(20))
        }
    }
}
