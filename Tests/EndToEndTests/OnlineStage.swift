import BuddySandbox
import Foundation
import Logging
import TestSupport
import Testing

/// `check --online`, as a process, against stand-ins of Buddy.
struct OnlineStage {
    /// acme: web has the pipelines 41 (release) and 7 (tests), and #4 waits in 41; shop has 5 (release).
    let buddy: SandboxBuddy
    let port: Int

    /// Runs `body` with a sandbox that has `token`.
    static func run(token: String = Canary.token, _ body: (OnlineStage) async throws -> Void) async throws {
        let buddy = SandboxBuddy(token: token)
        await buddy.addPipeline(domain: "acme", project: "web", id: 41, name: "Release", identifier: "release")
        await buddy.addPipeline(domain: "acme", project: "web", id: 7, name: "Tests", identifier: "tests")
        await buddy.addPipeline(domain: "acme", project: "shop", id: 5, name: "Release", identifier: "release")
        await buddy.schedule(domain: "acme", project: "web", pipeline: 41, id: 4)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let port = try await TestBridge.start(&group) { ready in
                try await SandboxServer(
                    buddy: buddy, logger: Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
                ) { ready($0) }.run()
            }
            try await body(OnlineStage(buddy: buddy, port: port))
            group.cancelAll()
        }
        // Whatever is asked, it is only asked.
        #expect(await buddy.requests.allSatisfy { $0.method == "GET" })
    }

    var url: String { "http://127.0.0.1:\(port)" }

    struct Result {
        var code: Int32
        /// What was found, without the file's name, in the order of the lines.
        var findings: [String]
        /// The last line.
        var counts: String
    }

    /// Checks a file with these routes, each `name: target`.
    ///
    /// - Parameter more: what else stands in the file.
    func check(
        _ targets: [(name: String, run: String)], more: String = "", token: String? = "env:BUDDY_TOKEN",
        workspaces: String = "{}",
        environment: [String: String] = [:]
    ) async throws -> Result {
        let routes = targets.map {
            "  - {name: \($0.name), source: github, when: {branch: \($0.name)}, run: \($0.run)}"
        }
        let yaml = """
            buddy: {url: "\(url)", \(token.map { "token: \($0), " } ?? "")timeout: 5s, workspaces: \(workspaces)}
            sources: {github: {provider: github, secrets: [env:GITHUB_SECRET]}}
            \(more)
            routes:
            \(routes.joined(separator: "\n"))

            """
        let file = FileManager.default.temporaryDirectory.appendingPathComponent("online-\(UUID().uuidString).yaml")
        defer { try? FileManager.default.removeItem(at: file) }
        try yaml.write(to: file, atomically: true, encoding: .utf8)
        let result = try await ServeProcess.run(
            ["check", "--config", file.path, "--online"],
            environment: TestBridge.environment.merging(environment) { _, new in new })
        #expect(!(result.output + result.complaints).contains("canary-"))
        let prefix = file.path + ": "
        return Result(
            code: result.code,
            findings: result.complaints.split(separator: "\n").map { String($0.replacing(prefix, with: "")) },
            counts: result.output.split(separator: "\n").last.map { String($0.replacing(prefix, with: "")) } ?? "")
    }
}
