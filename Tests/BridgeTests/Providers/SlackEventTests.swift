import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

@Suite("Slack's events and interactions")
struct SlackEventTests {
    private let provider = Slack()

    private func signed(_ body: String, form: Bool = false) throws -> Request {
        let tag = Tag(.sha256, of: Array("v0:1800000000:\(body)".utf8), key: try .of("secret"))
        return Request(
            [
                ("Content-Type", form ? "application/x-www-form-urlencoded" : "application/json"),
                ("X-Slack-Request-Timestamp", "1800000000"), ("X-Slack-Signature", "v0=\(tag.hex)"),
            ], body.utf8)
    }

    private func event(_ inner: String) throws -> Event {
        let body = #"{"token":"old","team_id":"T1","type":"event_callback","event_id":"Ev123","event":\#(inner)}"#
        return try provider.event(try signed(body), by: .of("secret"))
    }

    private func interaction(_ json: String) throws -> Event {
        let form = String(decoding: Form([("payload", json)]).encoded, as: UTF8.self)
        return try provider.event(try signed(form, form: true), by: .of("secret"))
    }

    @Test("A mention is read with who said what, and where")
    func mention() throws {
        let event = try event(
            #"{"type":"app_mention","user":"U7","channel":"C7","text":"<@U0LAN0Z89>  deploy web env=prod","ts":"1"}"#)
        #expect(event.name == "app_mention" && event.senderID == "Ev123")
        #expect(event.user == Party(id: "U7", name: nil) && event.channel?.id == "C7" && event.team?.id == "T1")
        #expect(event.command == ChatCommand(command: "deploy", text: "web env=prod"))
        #expect(event.payload.scalar("event", "ts") == "1" && event.payload.scalar("token") == nil)
    }

    @Test(
        "A message is the text as it was typed",
        arguments: [
            ("deploy web", "web"), ("<@U1|bridge> deploy a&amp;b &lt;c&gt;", "a&b <c>"), ("deploy", ""),
            ("deploy <http://acme.com|acme.com> <@U2>", "acme.com <@U2>"),
            ("deploy <https://app.buddy.works/x>", "https://app.buddy.works/x"), ("deploy <web", "<web"),
        ])
    func message(_ text: String, _ rest: String) throws {
        let event = try event(#"{"type":"message","user":"U7","channel":"C7","text":"\#(text)"}"#)
        #expect(event.command?.command == "deploy" && event.command?.text == rest)
    }

    @Test("Other events are their inner type, and say nothing")
    func others() throws {
        let joined = try event(#"{"type":"team_join","user":{"id":"U8","name":"ann"},"text":"deploy web"}"#)
        #expect(joined.name == "team_join" && joined.user?.id == "U8" && joined.command == nil)
        let channel = try event(#"{"type":"channel_created","channel":{"id":"C8"}}"#)
        #expect(channel.channel?.id == "C8" && channel.user == nil)
        #expect(try event(#"{"type":"message","user":"U7","text":"  "}"#).command == nil)
    }

    @Test(
        "What a bot says is answered, and is no event",
        arguments: [
            #""bot_id":"B1""#, #""subtype":"bot_message""#, #""subtype":"message_changed","message":{"bot_id":"B1"}"#,
        ])
    func bots(_ field: String) throws {
        for type in ["message", "app_mention"] {
            let body =
                #"{"type":"event_callback","event_id":"Ev1","event":{"type":"\#(type)","text":"deploy",\#(field)}}"#
            #expect(try provider.handshake(try signed(body), by: .of("secret")) == Reply(status: 200))
        }
    }

    @Test(
        "JSON that is neither is malformed",
        arguments: [
            #"{"type":"event_callback"}"#, #"{"type":"event_callback","event":{}}"#, "{}", "[]",
            #"{"type":"url_verification"}"#, #"{"type":"app_rate_limited"}"#,
        ])
    func malformed(_ body: String) throws {
        let error = #expect(throws: NotUnderstood.self) {
            try provider.read(try signed(body), by: .of("secret"))
        }
        guard case .malformed = error else { throw try #require(error) }
    }

    @Test(
        "An interaction is named by its type",
        arguments: ["block_actions", "view_submission", "shortcut", "message_action", "block_suggestion"])
    func interactions(_ type: String) throws {
        let event = try interaction(
            #"""
            {"type":"\#(type)","token":"old","trigger_id":"12.34","user":{"id":"U7","username":"mike"},
             "channel":{"id":"C7","name":"release"},"team":{"id":"T1","domain":"acme"},
             "actions":[{"action_id":"release","value":"web"}]}
            """#)
        #expect(event.name == type && event.senderID == "12.34" && event.command == nil)
        #expect(event.user == Party(id: "U7", name: "mike") && event.channel == Party(id: "C7", name: "release"))
        #expect(event.team == Party(id: "T1", name: "acme"))
        #expect(event.payload.scalar("actions", "0", "value") == "web" && event.payload.scalar("token") == nil)
    }

    @Test("A payload that is no interaction is malformed", arguments: ["", "{}", "x", "[1]"])
    func noInteraction(_ json: String) {
        #expect(throws: NotUnderstood.self) { try interaction(json) }
    }

    @Test("Samples of each kind are read as what they are", arguments: ["app_mention", "message", "shortcut"])
    func samples(_ name: String) throws {
        let (credentials, key) = Credentials.throwaway(provider.traits.provenBy)
        let sample = Sample(event: name, text: "deploy web", user: "U7", channel: "C7")
        let event = try provider.event(provider.sign(sample, with: key, at: noon), by: credentials)
        #expect(event.name == name && event.user?.id == "U7" && event.channel?.id == "C7")
        #expect(event.command?.text == (name == "shortcut" ? nil : "web"))
        #expect(event.senderID != nil)
    }

    @Test("The signed id tells deliveries apart")
    func dedupe() { #expect(provider.traits.dedupe == .id) }
}
