import Bridge
import Foundation
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// DESIGN §6.12, with files that change beneath a service.
    @Suite(.timeLimit(.minutes(2)))
    struct ReloadTests {
        @Test("However the file is replaced, its rules come into force", arguments: TestBridge.Way.allCases)
        func replaced(_ way: TestBridge.Way) async throws {
            try await TestBridge.run { bridge async throws in
                let before = try await bridge.shown()
                #expect(before.version == .text(bridge.configuration.version))
                #expect(before.reload == nil)
                #expect(try await bridge.push(numbered: 1).outcome == "started")
                // A ConfigMap is there from the start, as far as it can be.
                if way == .configMap { try bridge.replace(with: try bridge.text, way) }
                try bridge.change("branch: master", to: "branch: main", way)
                try await bridge.reloaded()
                let summary = try await bridge.push(numbered: 2)
                #expect(summary.outcome == "ignored")
                let after = try await bridge.shown()
                #expect(after.version != before.version)
                #expect(after.reload.last == "applied")
                #expect(after.reload.errors == .list([]))
                #expect(after.reload.needs_restart == .list([]))
                #expect(try #require(after.loaded_at.string) > #require(before.loaded_at.string))
                let id = try #require(summary.delivery.string)
                #expect(try await bridge.admin("GET", "/api/deliveries/\(id)").json?.rules == after.version)
                let line = try #require(bridge.canary.lines(with: "The configuration was reloaded").first)
                #expect(line.hasPrefix("notice "))
                for version in [before, after] {
                    #expect(line.contains("\(try #require(version.version.string).prefix(12))"))
                }
                // Touched, it says the same.
                try bridge.replace(with: try bridge.text, way)
                try bridge.change("branch: main", to: "branch: other", way)
                try await bridge.reloaded(2)
                #expect(bridge.canary.lines(with: "The configuration was reloaded").count == 2)
            }
        }

        @Test("A bad file changes nothing and is told everywhere, until a good one comes")
        func bad() async throws {
            try await TestBridge.run { bridge async throws in
                let before = try await bridge.shown()
                #expect(try await bridge.notes() == [:])
                try bridge.change("when: {event: push, branch: master}", to: "whem: {canary: [\"{{\", 1]}")
                try await bridge.refused()
                #expect(try await bridge.push(numbered: 1).outcome == "started")
                let shown = try await bridge.shown()
                #expect(shown.version == before.version)
                #expect(shown.loaded_at == before.loaded_at)
                #expect(shown.reload.last == "refused")
                let error = try #require(shown.reload.errors[0].string)
                #expect(error.contains("bridge.yaml:12:5: error: unknown key 'whem' in a route; did you mean 'when'?"))
                #expect(shown.reload.errors.count == 1)
                #expect(bridge.canary.lines(with: "unknown key 'whem'").contains { $0.hasPrefix("error ") })
                let since = try #require(before.loaded_at.string)
                let note: JSONValue = .text("the file on disk was refused: the rules from \(since) are in force")
                #expect(try await bridge.notes() == ["configuration": note])
                try bridge.change("whem: {canary: [\"{{\", 1]}", to: "when: {event: push, branch: main}")
                try await bridge.reloaded()
                #expect(try await bridge.push(numbered: 2).outcome == "ignored")
                #expect(try await bridge.notes() == [:])
                #expect(try await bridge.shown().reload.errors == .list([]))
            }
        }

        @Test("A file that is gone is refused; the old rules go on")
        func gone() async throws {
            try await TestBridge.run { bridge async throws in
                try FileManager.default.removeItem(at: bridge.folder.appendingPathComponent("bridge.yaml"))
                try await bridge.refused()
                #expect(try await bridge.push(numbered: 1).outcome == "started")
                #expect(
                    try await bridge.shown().reload.errors[0].string?.contains("the file cannot be read") == true)
            }
        }

        @Test("A secret's file that is rotated takes hold by itself")
        func secret() async throws {
            let yaml = TestBridge.standard.replacing("env:GITHUB_SECRET", with: "file:secret")
            try await TestBridge.run(yaml, files: ["secret": Array(Canary.github.utf8)]) { bridge async throws in
                func status(_ text: String, _ number: Int) async throws -> Int {
                    let secret = try #require(Secret(text.utf8, reference: .environment("S")))
                    let request = GitHub().sign(TestBridge.push(number), with: .secret(secret), at: Date())
                    return try await bridge.post(request).status
                }
                #expect(try await status(Canary.github, 1) == 200)
                #expect(try await status(Canary.hmac, 2) == 401)
                let version = try await bridge.shown().version
                try Data(Canary.hmac.utf8).write(
                    to: bridge.folder.appendingPathComponent("secret"), options: .atomic)
                try await bridge.reloaded()
                #expect(try await status(Canary.hmac, 2) == 200)
                #expect(try await status(Canary.github, 3) == 401)
                #expect(try await bridge.shown().version == version)
            }
        }

        @Test("Rules whose own tests fail do not come into force")
        func failingTest() async throws {
            let tests = """
                tests:
                  - name: a push to master releases
                    given: {source: github, event: push}
                    expect: {route: release}

                """
            try await TestBridge.run(TestBridge.standard + tests) { bridge async throws in
                try bridge.change("branch: master", to: "branch: main")
                try await bridge.refused()
                #expect(try await bridge.push(numbered: 1).runs[0].route == "release")
                let error = try #require(try await bridge.shown().reload.errors[0].string)
                #expect(error.contains("bridge.yaml:"))
                #expect(
                    error.hasSuffix(
                        "error: the test 'a push to master releases' fails: the route 'release' does not match: "
                            + "branch equals 'main', is 'master'"))
                try bridge.change("branch: main", to: "branch: ma*ter")
                try await bridge.refused(2)
                try bridge.change("branch: ma*ter", to: "branch: {glob: ma*ter}")
                try await bridge.reloaded()
                #expect(try await bridge.push(numbered: 2, "refs/heads/matter").runs[0].route == "release")
            }
        }

        @Test("A test that is mended where its payload is lets the rules come into force")
        func mendedPayload() async throws {
            let tests = """
                tests:
                  - {name: push, given: {source: github, event: push, payload: push.json}, expect: {route: release}}

                """
            let push = { (branch: String) in Array(#"{"ref":"refs/heads/\#(branch)"}"#.utf8) }
            try await TestBridge.run(
                TestBridge.standard + tests, files: ["push.json": push("master")]
            ) { bridge async throws in
                try bridge.change("branch: master", to: "branch: main")
                try await bridge.refused()
                try Data(push("main")).write(to: bridge.folder.appendingPathComponent("push.json"))
                try await bridge.reloaded()
                #expect(try await bridge.push(numbered: 1, "refs/heads/main").runs[0].route == "release")
            }
        }

        @Test("What needs a restart waits, and is named; the rest is taken")
        func restart() async throws {
            try await TestBridge.run { bridge async throws in
                try bridge.change("lease: 15s", to: "lease: 16s")
                try await bridge.reloaded()
                try bridge.change("branch: master", to: "branch: main")
                try await bridge.reloaded(2)
                #expect(try await bridge.push(numbered: 1).outcome == "ignored")
                #expect(try await bridge.shown().reload.needs_restart == .list(["dispatch"]))
                #expect(
                    try await bridge.notes()
                        == ["restart": "some of the file on disk takes effect after a restart only"])
                let line = try #require(bridge.canary.lines(with: "waits for a restart").first)
                #expect(line.hasPrefix("warning ") && line.contains("dispatch"))
                try bridge.change("lease: 16s", to: "lease: 15s")
                try await bridge.reloaded(3)
                #expect(try await bridge.notes() == [:])
            }
        }

        @Test("Runs go out with the token of the configuration in force, for workspaces too that are new")
        func tokens() async throws {
            try await TestBridge.run { bridge async throws in
                try bridge.change("token: env:BUDDY_TOKEN", to: "token: env:HMAC_SECRET")
                try await bridge.reloaded()
                #expect(try await bridge.push(numbered: 1).outcome == "refused")
                try bridge.change("token: env:HMAC_SECRET", to: "workspaces: {buddy: {token: env:BUDDY_TOKEN}}")
                try await bridge.reloaded(2)
                #expect(try await bridge.push(numbered: 2).outcome == "started")
                #expect(await bridge.starts() == 1)
            }
        }
    }
}
