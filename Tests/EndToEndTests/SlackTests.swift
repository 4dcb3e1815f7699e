import Bridge
import BuddySandbox
import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    @Suite(.timeLimit(.minutes(2)))
    struct SlackTests {
        private static func deploy(_ text: String = "/deploy company-website", user: String = "U012AB3CD") -> Sample {
            Sample(text: text, user: user, channel: "C0RELEASE")
        }

        @Test("A slash command runs the earliest waiting execution and gets a Slack message")
        func deploys() async throws {
            try await TestBridge.run { bridge in
                await bridge.schedule(5, in: 60)
                let answer = try await bridge.post(bridge.sign(Self.deploy(), as: "slack"), to: "slack")
                #expect(answer.status == 200)
                let message = try #require(answer.json)
                #expect(message["response_type"] == "ephemeral")
                #expect(message.text == "Started execution #5 of dev (buddy/company-website) on master: INPROGRESS")
                #expect(message.blocks[0].text.text.string?.contains("Open in Buddy") == true)
                #expect(await bridge.starts(5) == 1)
                #expect(await bridge.starts(4) == 0)
            }
        }

        @Test(
            "A number and a pasted page name the execution",
            arguments: [
                "4",
                "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2/execution/56fa386c99f1e121d8b568b5",
            ])
        func named(_ execution: String) async throws {
            try await TestBridge.run { bridge in
                await bridge.schedule(5, in: 60)
                _ = try await bridge.post(
                    bridge.sign(Self.deploy("/deploy company-website \(execution)"), as: "slack"), to: "slack")
                #expect(await bridge.starts(4) == 1)
                #expect(await bridge.starts(5) == 0)
            }
        }

        @Test("A pasted page is a whole target, where the route leaves it to the page")
        func pasted() async throws {
            let yaml = TestBridge.standard.replacing(
                "project: \"{{ args.0 }}\", pipeline: 2, execution: \"{{ args.1 | default: earliest }}\"",
                with: "execution: \"{{ args.0 }}\"")
            try await TestBridge.run(yaml) { bridge async throws in
                func deploy(_ page: String) async throws -> String? {
                    try await bridge.post(bridge.sign(Self.deploy("/deploy \(page)"), as: "slack"), to: "slack")
                        .json?.text.string
                }
                let page = "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2/execution/"
                #expect(
                    try await deploy("<\(page)56fa386c99f1e121d8b568b5>")
                        == "Started execution #4 of dev (buddy/company-website) on master: INPROGRESS")
                #expect(await bridge.starts(4) == 1)
                #expect(try await deploy(page + "0000")?.hasPrefix("Nothing to run: ") == true)
                #expect(try await deploy("4")?.contains("must be given by the address of its page") == true)
            }
        }

        @Test("Who is not allowed runs nothing, and only the caller is told")
        func denied() async throws {
            try await TestBridge.run { bridge in
                let answer = try await bridge.post(
                    bridge.sign(Self.deploy(user: "U0OUTSIDE"), as: "slack"), to: "slack")
                #expect(answer.status == 200)
                #expect(answer.json?["response_type"] == "ephemeral")
                #expect(answer.json?.text == "You are not allowed to do that: nothing was run")
                #expect(await bridge.buddy.requests.isEmpty)
                #expect(try await bridge.admin("GET", "/api/deliveries?outcome=denied").json?.deliveries.count == 1)
            }
        }

        @Test("A command that nothing knows is answered with what is known")
        func usage() async throws {
            try await TestBridge.run { bridge in
                let answer = try await bridge.post(bridge.sign(Self.deploy("/what is this"), as: "slack"), to: "slack")
                #expect(answer.json?.blocks[0].text.text.string?.contains("/deploy SERVICE [EXECUTION]") == true)
            }
        }

        @Test("What may not be a path segment is refused before Buddy is asked", arguments: ["..", "a/b", "a\\\\b"])
        func segments(_ service: String) async throws {
            try await TestBridge.run { bridge in
                let answer = try await bridge.post(
                    bridge.sign(Self.deploy("/deploy \(service)"), as: "slack"), to: "slack")
                #expect(answer.json?.text.string?.hasPrefix("Refused") == true)
                #expect(await bridge.buddy.requests.isEmpty)
            }
        }

        @Test("A name with odd characters is one percent-encoded segment")
        func encoded() async throws {
            try await TestBridge.run { bridge in
                _ = try await bridge.post(bridge.sign(Self.deploy("/deploy 'a b?c#d%e'"), as: "slack"), to: "slack")
                let paths = await bridge.buddy.requests.map(\.path)
                #expect(paths.allSatisfy { $0.hasPrefix("/workspaces/buddy/projects/a%20b%3Fc%23d%25e/pipelines/2/") })
                #expect(!paths.isEmpty)
            }
        }

        @Test("A foreign name cannot mention a whole channel")
        func escaped() async throws {
            try await TestBridge.run { bridge in
                let answer = try await bridge.post(
                    bridge.sign(Self.deploy("/deploy '<!channel>'"), as: "slack"), to: "slack")
                #expect(!answer.body.contains("<!channel>"))
                #expect(answer.body.contains("&lt;!channel&gt;"))
            }
        }

        @Test("The certificate check is answered with nothing, unsigned")
        func sslCheck() async throws {
            try await TestBridge.run { bridge in
                let answer = try await Web.request(
                    "POST", bridge.url("slack"), headers: [("Content-Type", "application/x-www-form-urlencoded")],
                    body: Array("ssl_check=1&token=x".utf8))
                #expect(answer.status == 200)
                #expect(answer.body.isEmpty)
                let other = try await Web.request(
                    "POST", bridge.url("slack"), headers: [("Content-Type", "application/x-www-form-urlencoded")],
                    body: Array("command=/deploy&user_id=U012AB3CD".utf8))
                #expect(other.status == 401)
            }
        }

        @Test(
            "A captured command is refused after five minutes, and one from the future too", arguments: [-301.0, 330])
        func stale(_ seconds: TimeInterval) async throws {
            try await TestBridge.run { bridge in
                let request = try #require(
                    bridge.source("slack").sign(Self.deploy(), at: Date().addingTimeInterval(seconds)))
                #expect(try await bridge.post(request, to: "slack").status == 401)
                #expect(await bridge.buddy.requests.isEmpty)
            }
        }

        @Test("While a run takes longer than Slack waits, the answer says that it is pending")
        func pending() async throws {
            let yaml = TestBridge.standard.replacingOccurrences(
                of: "secrets: [env:SLACK_SECRET]", with: "secrets: [env:SLACK_SECRET], reply_within: 300ms")
            try await TestBridge.run(yaml) { bridge in
                await bridge.buddy.inject(.delay(.seconds(1), on: .list))
                let answer = try await bridge.post(bridge.sign(Self.deploy(), as: "slack"), to: "slack")
                #expect(answer.status == 200)
                #expect(answer.json?.text.string?.contains("is pending") == true)
                let id = try #require(
                    try await bridge.admin("GET", "/api/deliveries").json?.deliveries[0].delivery.string)
                #expect(try await bridge.settled(id).outcome == "started")
            }
        }
    }
}
