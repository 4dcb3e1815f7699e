import Bridge
import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// What really arrived, decided by rules that are not in force yet.
    @Suite(.timeLimit(.minutes(2)))
    struct BacktestTests {
        /// Runs the command on a file beside the one in force.
        private func backtest(
            _ bridge: TestBridge, _ change: (String) -> String = { $0 }, _ more: String...
        ) async throws -> ServeProcess.Result {
            let old = try String(contentsOf: bridge.folder.appendingPathComponent("bridge.yaml"), encoding: .utf8)
            let file = bridge.folder.appendingPathComponent("new.yaml").path
            try change(old).write(toFile: file, atomically: true, encoding: .utf8)
            let result = try await ServeProcess.run(["backtest", "--config", file] + more, environment: [:])
            bridge.canary.saw(result.output + result.complaints)
            return result
        }

        /// Two pushes that are run, one that is ignored, and a command that is denied.
        private func deliver(_ bridge: TestBridge) async throws {
            await bridge.schedule(7, in: 600)
            _ = try await bridge.post(try bridge.sign(TestBridge.push(1)))
            _ = try await bridge.post(try bridge.sign(TestBridge.push(2)))
            _ = try await bridge.post(try bridge.sign(TestBridge.push(3, ref: "refs/heads/dev")))
            let outsider = Sample(text: "/deploy company-website", user: "U0OUTSIDE", channel: "C0RELEASE")
            _ = try await bridge.post(try bridge.sign(outsider, as: "slack"), to: "slack")
        }

        @Test("The same rules send everything where it went, whatever a route is called")
        func same() async throws {
            try await TestBridge.run { bridge in
                try await deliver(bridge)
                let same = try await backtest(bridge)
                #expect(same.code == 0 && same.output == "0 of 4 deliveries would go elsewhere\n")
                let renamed = try await backtest(bridge, { $0.replacing("name: release", with: "name: other") })
                #expect(renamed.code == 0)
            }
        }

        @Test("Other rules: what goes elsewhere is listed, from where and to where, and the exit code is 1")
        func different() async throws {
            try await TestBridge.run { bridge in
                try await deliver(bridge)
                let moved = try await backtest(bridge, { $0.replacing("branch: master", with: "branch: dev") })
                #expect(moved.code == 1)
                #expect(moved.output.contains("was matched: #4 of 2 (buddy/company-website)\n  now ignored\n"))
                #expect(moved.output.contains("was ignored\n  now matched: #4 of 2 (buddy/company-website)\n"))
                #expect(moved.output.hasSuffix("3 of 4 deliveries would go elsewhere\n"))

                let opened = try await backtest(
                    bridge, { $0.replacing("users: [U012AB3CD], ", with: "") }, "--json", "--source", "slack")
                #expect(opened.code == 1)
                let report = try #require(JSONValue(opened.output))
                #expect(report.deliveries == 1)
                #expect(report.differences[0].before.outcome == "denied")
                #expect(report.differences[0].after.outcome == "matched")
                #expect(report.differences[0].after.runs[0] == "earliest of 2 (buddy/company-website)")

                let last = try await backtest(
                    bridge, { $0.replacing("branch: master", with: "branch: dev") }, "--last", "2")
                #expect(last.output.hasSuffix("1 of 2 deliveries would go elsewhere\n"))
            }
        }

        @Test("A source that is gone, a target that cannot be made, another journal, and wrong use")
        func others() async throws {
            try await TestBridge.run { bridge in
                try await deliver(bridge)
                let gone = try await backtest(bridge, { $0.replacing("github", with: "gitlab") })
                #expect(gone.output.contains("now not understood: its source 'github' is not configured any more"))
                let bare = try await backtest(
                    bridge, { $0.replacing("{{ repository.name }}", with: "{{ payload.none }}") })
                #expect(bare.output.contains("now matched: the event has no payload.none"))
                let journal = "sqlite:\(bridge.folder.path)/bridge.sqlite"
                let elsewhere = try await backtest(
                    bridge, { $0.replacing("bridge.sqlite", with: "none.sqlite") }, "--journal", journal)
                #expect(elsewhere.code == 0)
                #expect(try await backtest(bridge, { $0 }, "--journal", "postgres://secret").code == 2)
                #expect(try await backtest(bridge, { $0 }, "--last", "0").code == 2)
                #expect(try await backtest(bridge, { $0.replacing("bridge.sqlite", with: "none.sqlite") }).code == 1)
            }
        }
    }
}
