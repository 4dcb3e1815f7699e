import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// The command line, as processes: exit codes 0 good, 1 answered no, 2 wrong use or bad configuration.
    @Suite(.timeLimit(.minutes(2)))
    struct CommandTests {
        private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().path

        /// The standard rules in a file of their own.
        private static func withFile(_ body: (String) async throws -> Void) async throws {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("command-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let file = folder.appendingPathComponent("bridge.yaml").path
            try (TestBridge.base(sandbox: 1) + TestBridge.standard)
                .write(toFile: file, atomically: true, encoding: .utf8)
            try await body(file)
        }

        @Test("deploy/bridge.example.yaml and the README's first file are good")
        func examples() async throws {
            let example = try await ServeProcess.run(
                ["check", "--config", Self.root + "/deploy/bridge.example.yaml", "--without-secrets"], environment: [:])
            #expect(example.code == 0, "\(example.complaints)")

            let readme = try String(contentsOfFile: Self.root + "/README.md", encoding: .utf8)
            let start = try #require(readme.firstRange(of: "```yaml\n"))
            let end = try #require(readme[start.upperBound...].firstRange(of: "```"))
            let file = FileManager.default.temporaryDirectory.appendingPathComponent("readme-\(UUID().uuidString).yaml")
            defer { try? FileManager.default.removeItem(at: file) }
            try readme[start.upperBound..<end.lowerBound].write(to: file, atomically: true, encoding: .utf8)
            let first = try await ServeProcess.run(
                ["check", "--config", file.path, "--without-secrets"], environment: [:])
            #expect(first.code == 0, "\(first.complaints)")
        }

        @Test("check: 0, or 2 with every error")
        func check() async throws {
            try await Self.withFile { file async throws in
                let good = try await ServeProcess.run(["check"], environment: Self.environment(file))
                #expect(good.code == 0)
                #expect(good.output.contains("good (2 sources, 2 routes)"))
                let bare = try await ServeProcess.run(["check", "--config", file], environment: [:])
                #expect(bare.code == 2)
                #expect(bare.complaints.contains(":1:"))
                let lines = bare.complaints.split(separator: "\n")
                #expect(lines.count { $0.contains(": error: ") } == 4, "one for each secret")
                let carets = lines.count { $0.trimmingCharacters(in: .whitespaces) == "^" }
                #expect(carets == 3, "each with its line, but for one with an address in it")
                let without = try await ServeProcess.run(
                    ["check", "--config", file, "--without-secrets"], environment: [:])
                #expect(without.code == 0)
                #expect(try await ServeProcess.run(["check", "--nonsense"], environment: [:]).code == 2)
                #expect(try await ServeProcess.run(["check", "--config", "/none"], environment: [:]).code == 2)
            }
        }

        @Test("check runs the file's tests: 1 where one fails")
        func tests() async throws {
            try await Self.withFile { file async throws in
                func check(_ outcome: String) async throws -> ServeProcess.Result {
                    let rules = try String(contentsOfFile: file, encoding: .utf8)
                    let given = "given: {source: slack, text: /deploy web, user: U0OUTSIDE}"
                    let tests = "tests:\n  - {name: an outsider, \(given), expect: {outcome: \(outcome)}}\n"
                    try (rules + tests).write(toFile: file + ".yaml", atomically: true, encoding: .utf8)
                    return try await ServeProcess.run(
                        ["check", "--config", file + ".yaml", "--without-secrets"], environment: [:])
                }
                let good = try await check("denied")
                #expect(good.code == 0 && good.output.contains("good (2 sources, 2 routes, 1 test)"))
                let bad = try await check("matched")
                #expect(bad.code == 1 && bad.output.isEmpty)
                #expect(bad.complaints.contains("the test 'an outsider' fails: it is denied, not matched\n"))
                #expect(bad.complaints.hasSuffix("buddy-bridge: of 1 test, 1 failed\n"))
            }
        }

        @Test("explain: 0 where a route matches, 1 where none does or the caller may not")
        func explain() async throws {
            try await Self.withFile { file async throws in
                func explain(_ more: String...) async throws -> ServeProcess.Result {
                    try await ServeProcess.run(["explain", "--config", file] + more, environment: [:])
                }
                let push = try await explain("--source", "github", "--event", "push", "--json")
                #expect(push.code == 0)
                let json = try #require(JSONValue(push.output))
                #expect(json.outcome == "matched")
                #expect(json.routes[0].matched == true)
                #expect(json.routes[0].target.execution == 4)
                let other = try await explain("--source", "github", "--event", "release")
                #expect(other.code == 1)
                #expect(other.output.contains("no  event equals 'push', is 'release'"))
                let chat = ["--source", "slack", "--text", "/deploy web", "--channel", "C0RELEASE"]
                func deploy(_ user: String) async throws -> Int32 {
                    try await ServeProcess.run(
                        ["explain", "--config", file] + chat + ["--user", user], environment: [:]
                    ).code
                }
                #expect(try await deploy("U012AB3CD") == 0)
                #expect(try await deploy("U0OUTSIDE") == 1)
                #expect(try await explain("--source", "nobody").code == 2)
                #expect(try await explain("--source", "github", "--at", "2026-11-27T18:30:00+01:00").code == 0)
                #expect(try await explain("--source", "github", "--at", "friday").code == 2)
                #expect(try await explain().code == 2)
            }
        }

        @Test("send signs as the sender would; 1 when the answer is an error")
        func send() async throws {
            try await TestBridge.run { bridge in
                let file = bridge.folder.appendingPathComponent("bridge.yaml").path
                func send(_ environment: [String: String], _ more: String...) async throws -> ServeProcess.Result {
                    let result = try await ServeProcess.run(
                        ["send", "--config", file, "--url", bridge.url("github"), "--source", "github"] + more,
                        environment: environment)
                    bridge.canary.saw(result.output + result.complaints)
                    return result
                }
                let good = try await send(TestBridge.environment)
                #expect(good.code == 0)
                #expect(JSONValue(good.output)?.outcome == "started")
                let wrong = try await send(["GITHUB_SECRET": "another"])
                #expect(wrong.code == 1)
                #expect(try await send([:]).code == 2)
                #expect(try await send(TestBridge.environment, "--payload", "/none").code == 2)
            }
        }

        @Test("demo tells the whole story, alone")
        func demo() async throws {
            let demo = try await ServeProcess.run(["demo"], environment: [:])
            #expect(demo.code == 0)
            #expect(demo.output.contains("Started execution #4 of dev (buddy/company-website) on master: INPROGRESS"))
            #expect(demo.output.contains("Buddy started #4 once and #5 once, on 2 PATCH requests."))
            #expect(demo.output.contains("401 The sender is not proved"))
            #expect(demo.output.contains("no  branch equals 'master', is 'fix-typo'"))
        }

        private static func environment(_ file: String) -> [String: String] {
            TestBridge.environment.merging(["BUDDY_BRIDGE_CONFIG": file]) { _, new in new }
        }
    }
}
