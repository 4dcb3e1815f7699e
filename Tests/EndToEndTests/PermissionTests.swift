import Bridge
import BuddySandbox
import Foundation
import GRDB
import TestSupport
import Testing

extension EndToEnd {
    @Suite(.timeLimit(.minutes(2)))
    struct PermissionTests {
        private static let yaml = """
            sources:
              github: {provider: github, secrets: [env:GITHUB_SECRET]}
              slack: {provider: slack, secrets: [env:SLACK_SECRET], reply: channel}
              rocketchat: {provider: rocketchat, secrets: [env:SLACK_SECRET]}
            groups: {admins: [U1], qa: [U2, U3], interns: [U3]}
            routes:
              - name: deploy
                source: [slack, rocketchat]
                when: {command: {regex: "/?deploy"}}
                allow: [{groups: [admins]}, {groups: [qa], channels: [C0RELEASE]}]
                deny: {groups: interns}
                run: {domain: buddy, project: company-website, pipeline: 2, execution: 4}
              - name: "never <!channel> & @all"
                source: [slack, rocketchat]
                allow: anyone
                windows: {days: mon-sun, time_zone: Europe/Warsaw, closed: true}
                run: {domain: buddy, project: company-website, pipeline: 2, execution: 4}
              - name: release
                source: github
                allow: {authors: [ann@example.com]}
                run: {domain: buddy, project: company-website, pipeline: 2, execution: 4}

            """

        private static let who =
            "'deploy' is for users of the group admins; or for users of the group qa in the channel C0RELEASE"

        private static func deploy(_ user: String, _ channel: String = "C9", text: String = "/deploy web") -> Sample {
            Sample(text: text, user: user, channel: channel)
        }

        private static func denied(_ bridge: TestBridge) async throws -> [JSONValue] {
            let page = try #require(try await bridge.admin("GET", "/api/deliveries?outcome=denied").json)
            return (0..<page.deliveries.count).map { page.deliveries[$0] }
        }

        @Test("In a chat, who is denied is told who may, and nobody else is")
        func slack() async throws {
            try await TestBridge.run(Self.yaml) { bridge in
                for (user, channel, words) in [
                    ("U9", "C0RELEASE", Self.who), ("U2", "C9", Self.who),
                    ("U3", "C0RELEASE", "'deploy' is denied: its 'deny' names the caller"),
                ] {
                    let answer = try await bridge.post(
                        bridge.sign(Self.deploy(user, channel), as: "slack"), to: "slack")
                    #expect(answer.status == 200 && answer.json?["response_type"] == "ephemeral")
                    #expect(answer.json?.text == "You are not allowed to do that: nothing was run")
                    #expect(
                        answer.json?.blocks[0].text.text.string
                            == "You are not allowed to do that: nothing was run\n\(words)")
                    let id = try #require(try await Self.denied(bridge).first?.delivery.string)
                    let shown = try #require(try await bridge.admin("GET", "/api/deliveries/\(id)").json)
                    #expect(shown.trace[0].denial.string == words && shown.trace[0].allowed == false)
                    #expect(shown.denial == nil)
                }
                #expect(try await Self.denied(bridge).count == 3)
                #expect(await bridge.buddy.requests.isEmpty)
                _ = try await bridge.post(bridge.sign(Self.deploy("U2", "C0RELEASE"), as: "slack"), to: "slack")
                #expect(await bridge.starts(4) == 1)
            }
        }

        @Test("Where everybody sees the answer, nobody is told who may")
        func rocketChat() async throws {
            try await TestBridge.run(Self.yaml) { bridge in
                let sample = Self.deploy("U9", text: "deploy web")
                let answer = try await bridge.post(bridge.sign(sample, as: "rocketchat"), to: "rocketchat")
                let delivery = try #require(try await Self.denied(bridge).first)
                let id = try #require(delivery.delivery.string)
                #expect(answer.json?.text == .text("Not done. The log of buddy-bridge has delivery \(id)."))
                #expect(!answer.body.contains("admins"))
                #expect(try await bridge.admin("GET", "/api/deliveries/\(id)").json?.trace[0].denial.string == Self.who)
            }
        }

        @Test("What it tells is escaped like all that is foreign")
        func escaped() async throws {
            try await TestBridge.run(Self.yaml) { bridge in
                let answer = try await bridge.post(
                    bridge.sign(Self.deploy("U1", text: "/never"), as: "slack"), to: "slack")
                let text = try #require(answer.json?.blocks[0].text.text.string)
                #expect(text.contains("\n'never &lt;!channel&gt; &amp; @all' is closed Europe/Warsaw; it was "))
            }
        }

        @Test("A Git host is told that it was denied, not who may")
        func github() async throws {
            try await TestBridge.run(Self.yaml) { bridge in
                func push(_ email: String) -> Sample {
                    Sample(
                        payload: Array(
                            #"{"ref":"refs/heads/main","head_commit":{"author":{"email":"\#(email)"}}}"#.utf8))
                }
                let answer = try await bridge.post(bridge.sign(push("eve@example.com")))
                #expect(answer.status == 200 && answer.json?.outcome == "denied")
                #expect(!answer.body.contains("ann@example.com") && !answer.body.contains("denial"))
                let id = try #require(answer.json?.delivery.string)
                let shown = try #require(try await bridge.admin("GET", "/api/deliveries/\(id)").json)
                #expect(shown.trace[0].denial == "'release' is for commits by ann@example.com")
                let explained = try await bridge.admin("POST", "/api/explain", body: #"{"delivery":"\#(id)"}"#)
                #expect(explained.json?.routes == shown.trace)
                _ = try await bridge.post(bridge.sign(push("Ann@Example.com")))
                #expect(await bridge.starts(4) == 1)
            }
        }

        @Test("A denied delivery is explained by the time of its receipt, and tried again by that of the moment")
        func again() async throws {
            let weekday = Calendar(identifier: .gregorian).dateComponents(in: .gmt, from: Date()).weekday ?? 1
            // Three days from now, so that no midnight comes between.
            let day = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"][(weekday + 2) % 7]
            let yaml = """
                sources: {github: {provider: github, secrets: [env:GITHUB_SECRET]}}
                routes:
                  - name: release
                    source: github
                    windows: {days: \(day), time_zone: UTC}
                    run: {domain: buddy, project: company-website, pipeline: 2, execution: 4}

                """
            try await TestBridge.run(yaml) { bridge in
                let answer = try await bridge.post(bridge.sign())
                #expect(answer.json?.outcome == "denied")
                let id = try #require(answer.json?.delivery.string)
                let journal = try DatabaseQueue(path: bridge.folder.appendingPathComponent("bridge.sqlite").path)
                // In milliseconds.
                try await journal.write {
                    try $0.execute(sql: "UPDATE deliveries SET received_at = received_at + 259200000")
                }
                let question = #"{"delivery":"\#(id)"}"#
                #expect(try await bridge.admin("POST", "/api/explain", body: question).json?.outcome == "matched")
                let again = try await bridge.admin("POST", "/api/deliveries/\(id)/redeliver")
                // It is denied as before: nothing is to be redone.
                #expect(again.status == 409)
                #expect(await bridge.buddy.requests.isEmpty)
            }
        }
    }
}
