import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

@Suite("Rocket.Chat")
struct RocketChatTests {
    private let provider = RocketChat()

    private func request(_ json: String) -> Request { Request([("Content-Type", "application/json")], json.utf8) }

    private func message(_ fields: String) -> Request {
        request(
            #"""
            {"token":"right","bot":false,"channel_id":"c7","channel_name":"release","message_id":"m1",
             "timestamp":"2027-01-15T08:00:00Z","user_id":"u7","user_name":"mike","siteUrl":"https://chat",\#(fields)}
            """#)
    }

    @Test("A message is read with its trigger word as the command")
    func reads() throws {
        let event = try provider.event(
            message(##""trigger_word":"#ci","text":"#ci web env=prod""##), by: .of("right"))
        #expect(event.name == "message" && event.senderID == "m1")
        #expect(event.command == ChatCommand(command: "#ci", text: "web env=prod"))
        #expect(event.user == Party(id: "u7", name: "mike") && event.channel == Party(id: "c7", name: "release"))
        #expect(event.payload.scalar("token") == nil && event.payload.scalar("siteUrl") == "https://chat")
    }

    @Test("Without a trigger word, the first word is the command; amid the text, all of it stays")
    func trigger() throws {
        let bare = try provider.event(message(#""text":"deploy web""#), by: .of("right"))
        #expect(bare.command == ChatCommand(command: "deploy", text: "web"))
        let amid = try provider.event(message(##""trigger_word":"#ci","text":"please #ci web""##), by: .of("right"))
        #expect(amid.command == ChatCommand(command: "#ci", text: "please #ci web"))
        #expect(try provider.event(message(#""trigger_word":null"#), by: .of("right")).command == nil)
    }

    @Test("What a bot says is no event", arguments: [#"{"i":"x"}"#, "true"])
    func bots(_ bot: String) throws {
        let reply = try provider.handshake(request(#"{"token":"right","bot":\#(bot),"text":"x"}"#), by: .of("right"))
        #expect(reply == Reply(status: 200))
    }

    @Test(
        "The token must be there once, and right",
        arguments: [
            ("{}", VerificationFailure.missingField("token")), (#"{"token":""}"#, .emptyField("token")),
            (#"{"token":"right","token":"right"}"#, .repeatedField("token")), (#"{"token":"Right"}"#, .mismatch),
            (#"{"token":["right"]}"#, .missingField("token")), ("not JSON", .missingField("token")),
        ])
    func token(_ body: String, _ failure: VerificationFailure) {
        #expect(throws: failure) { try provider.read(request(body), by: .of("right")) }
    }
}

@Suite("Zulip")
struct ZulipTests {
    private let provider = Zulip()

    private func request(_ json: String) -> Request { Request([("Content-Type", "application/json")], json.utf8) }

    @Test("A mention is read without itself", arguments: ["@**Bridge** deploy web", "  @**Bridge|12**\\ndeploy   web"])
    func mention(_ text: String) throws {
        let event = try provider.event(
            request(
                #"""
                {"token":"right","trigger":"mention","bot_full_name":"Bridge","data":"\#(text)","message":{"id":112,
                 "sender_id":5,"sender_full_name":"Mike","sender_email":"mike@acme","stream_id":9,
                 "display_recipient":"release","content":"other"}}
                """#), by: .of("right"))
        #expect(event.name == "mention" && event.senderID == "112")
        #expect(event.command == ChatCommand(command: "deploy", text: "web"))
        #expect(event.user == Party(id: "5", name: "Mike") && event.channel == Party(id: "9", name: "release"))
        #expect(event.payload.scalar("token") == nil && event.payload.scalar("message", "sender_email") == "mike@acme")
    }

    @Test("A direct message has no channel")
    func direct() throws {
        let event = try provider.event(
            request(
                #"""
                {"token":"right","trigger":"direct_message","data":"deploy web","message":{"id":1,"sender_id":5,
                 "display_recipient":[{"id":5}],"stream_id":null}}
                """#), by: .of("right"))
        #expect(event.name == "direct_message" && event.channel == nil && event.command?.text == "web")
    }

    @Test("The form that resembles Slack's is read as well")
    func form() throws {
        let form = Form([
            ("token", "right"), ("team_id", "T1"), ("team_domain", "acme"), ("channel_id", "C9"),
            ("channel_name", "release"), ("user_id", "U5"), ("user_name", "Mike"), ("text", "@**Bridge** deploy web"),
            ("trigger_word", "mention"), ("service_id", "27"),
        ]).encoded
        let event = try provider.event(
            Request([("Content-Type", "application/x-www-form-urlencoded")], form), by: .of("right"))
        #expect(event.name == "message" && event.senderID == nil)
        #expect(event.command == ChatCommand(command: "deploy", text: "web"))
        #expect(event.user == Party(id: "U5", name: "Mike") && event.channel == Party(id: "C9", name: "release"))
        #expect(event.team == Party(id: "T1", name: "acme") && event.payload.scalar("token") == nil)
    }

    @Test("What is no message is malformed, and a wrong token proves nothing")
    func refused() {
        #expect(throws: NotUnderstood.self) { try provider.read(request(#"{"token":"right"}"#), by: .of("right")) }
        #expect(throws: VerificationFailure.mismatch) {
            try provider.read(request(#"{"token":"wrong"}"#), by: .of("right"))
        }
    }
}

@Suite("A secret in a header")
struct SharedTokenTests {
    private func request(_ header: String, _ values: String...) -> Request {
        Request([("Content-Type", "application/json")] + values.map { (header, $0) }, #"{"type":"done"}"#.utf8)
    }

    @Test("A header of its own holds the bare token")
    func bare() throws {
        let provider = try SharedToken.of("X-Token") {
            $0.event = .payload([.name("type")])
            $0.idHeader = "X-Id"
        }
        var request = request("x-token", "right")
        request.head.headers.add("X-Id", "7")
        let event = try provider.event(request, by: .of("right"))
        #expect(event.name == "done" && event.senderID == "7")
        #expect(throws: VerificationFailure.mismatch) { try provider.read(request, by: .of("other")) }
        for value in ["Bearer right", "right2", "RIGHT"] {
            #expect(throws: VerificationFailure.mismatch) {
                try provider.read(self.request("X-Token", value), by: .of("right"))
            }
        }
    }

    @Test("Authorization takes two schemes, in any case", arguments: ["Bearer right", "token right", "BEARER right"])
    func authorization(_ value: String) throws {
        let provider = try SharedToken.of("Authorization")
        #expect(try provider.event(request("Authorization", value), by: .of("right")).name == "webhook")
    }

    @Test(
        "And no other form",
        arguments: [
            (["right"], VerificationFailure.malformedHeader("Authorization")), ([], .missingHeader("Authorization")),
            (["Basic right"], .malformedHeader("Authorization")), ([""], .emptyHeader("Authorization")),
            (["Bearer right", "Bearer right"], .repeatedHeader("Authorization")), (["Bearer wrong"], .mismatch),
        ])
    func otherForms(_ values: [String], _ failure: VerificationFailure) throws {
        let request = Request([("Content-Type", "application/json")] + values.map { ("Authorization", $0) }, "{}".utf8)
        let provider = try SharedToken.of("Authorization")
        #expect(throws: failure) { try provider.read(request, by: .of("right")) }
    }

    @Test("Without a header there is no such source", arguments: [nil, ""])
    func noHeader(_ header: String?) {
        var settings = ProviderSettings()
        settings.header = header
        let error = #expect(throws: ProviderSettings.Invalid.self) { try SharedToken(settings) }
        #expect(error?.key == "header")
    }

    @Test("The name of a sample's event goes where the source looks for it")
    func sample() throws {
        let provider = try SharedToken.of("X-Token") { $0.event = .header("X-Event") }
        let (credentials, key) = Credentials.throwaway(provider.traits.provenBy)
        let event = try provider.event(provider.sign(Sample(event: "done"), with: key, at: noon), by: credentials)
        #expect(event.name == "done" && event.payload.scalar("type") == "sample")
        #expect(provider.traits.dedupe == .id && provider.traits.failureStatus == 502)
    }
}
