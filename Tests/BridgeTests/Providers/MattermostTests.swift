import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

@Suite("Mattermost")
struct MattermostTests {
    private let provider = Mattermost()
    private static let form = ("Content-Type", "application/x-www-form-urlencoded")
    private static let slash = Form([
        ("token", "right"), ("team_id", "t1"), ("team_domain", "acme"), ("channel_id", "c7"),
        ("channel_name", "release"), ("user_id", "u7"), ("user_name", "mike"), ("command", "/deploy"),
        ("text", "web env=prod"), ("trigger_id", "dHJpZ2dlcg"),
    ]).encoded

    private func expectCommand(_ event: Event) {
        #expect(event.name == "command" && event.senderID == "dHJpZ2dlcg")
        #expect(event.command == ChatCommand(command: "/deploy", text: "web env=prod"))
        #expect(event.user == Party(id: "u7", name: "mike") && event.channel == Party(id: "c7", name: "release"))
        #expect(event.team == Party(id: "t1", name: "acme"))
        #expect(event.payload.scalar("token") == nil && event.query.first("token") == nil)
        #expect(event.payload.scalar("command") == "/deploy")
    }

    @Test(
        "The token is taken from the header, or from the form where the header is another's",
        arguments: [nil, "Token right", "token right", "TOKEN  right", "Bearer of-an-oauth-connection", "Basic eDp5"])
    func slash(_ authorization: String?) throws {
        let headers = [Self.form] + (authorization.map { [("Authorization", $0)] } ?? [])
        expectCommand(try provider.event(Request(headers, Self.slash), by: .of("right")))
    }

    @Test("A wrong token in the header is not mended by the form")
    func headerDecides() throws {
        let request = Request([Self.form, ("Authorization", "Token wrong")], Self.slash)
        #expect(throws: VerificationFailure.mismatch) { try provider.read(request, by: .of("right")) }
    }

    @Test("A command by GET has it all in the query, and no rule sees the token there")
    func get() throws {
        #expect(provider.traits.methods == ["GET", "POST"])
        var request = Request([], [], query: String(decoding: Self.slash, as: UTF8.self))
        request.head.method = "GET"
        let event = try provider.event(request, by: .of("right"))
        expectCommand(event)
        #expect(event.query.first("command") == "/deploy")
        #expect(throws: VerificationFailure.mismatch) { try provider.read(request, by: .of("wrong")) }
        request.head.query = ""
        #expect(throws: VerificationFailure.missingField("token")) { try provider.read(request, by: .of("right")) }
    }

    @Test("A token in the query proves no POST")
    func queryOfPOST() throws {
        let body = Form([("command", "/deploy"), ("user_id", "u7")]).encoded
        let request = Request([Self.form], body, query: "token=right")
        #expect(throws: VerificationFailure.missingField("token")) { try provider.read(request, by: .of("right")) }
    }

    @Test(
        "A token that is missing, empty or there twice is refused",
        arguments: [
            ("command=x", VerificationFailure.missingField("token")), ("token=&command=x", .emptyField("token")),
            ("token=right&token=right&command=x", .repeatedField("token")), ("token=wrong", .mismatch),
            ("token=righ", .mismatch), ("token=right+", .mismatch),
        ])
    func badToken(_ body: String, _ failure: VerificationFailure) {
        #expect(throws: failure) { try provider.read(Request([Self.form], body.utf8), by: .of("right")) }
    }

    @Test(
        "A malformed header is refused before the body is read",
        arguments: [
            (["Token"], VerificationFailure.malformedHeader("Authorization")), ([""], .emptyHeader("Authorization")),
            (["Token right", "Token right"], .repeatedHeader("Authorization")),
        ])
    func badHeader(_ values: [String], _ failure: VerificationFailure) {
        let head = Request(values.map { ("Authorization", $0) }, []).head
        #expect(throws: failure) { try provider.claim(in: head, tolerance: .seconds(300)) }
    }

    @Test("An outgoing webhook is a message, its trigger word the command")
    func outgoing() throws {
        let json = #"""
            {"token":"right","team_id":"t1","team_domain":"acme","channel_id":"c7","channel_name":"release",
             "timestamp":1800000000000,"user_id":"u7","user_name":"mike","post_id":"p1","text":"#ci web env=prod",
             "trigger_word":"#ci","file_ids":""}
            """#
        let event = try provider.event(Request([("Content-Type", "application/json")], json.utf8), by: .of("right"))
        #expect(event.name == "message" && event.senderID == "p1" && event.user?.id == "u7")
        #expect(event.command == ChatCommand(command: "#ci", text: "web env=prod"))
        #expect(event.payload.scalar("token") == nil && event.payload.scalar("timestamp") == "1800000000000")
        let form = "token=right&post_id=p1&trigger_word=&text=deploy+web&user_id=u7"
        let bare = try provider.event(Request([Self.form], form.utf8), by: .of("right"))
        #expect(bare.name == "message" && bare.command == ChatCommand(command: "deploy", text: "web"))
    }

    @Test("What is neither is malformed, and other types are not read")
    func malformed() {
        #expect(throws: NotUnderstood.self) {
            try provider.read(Request([Self.form], "token=right&text=x".utf8), by: .of("right"))
        }
        let request = Request([("Content-Type", "text/plain"), ("Authorization", "Token right")], Self.slash)
        #expect(throws: NotUnderstood.mediaType("text/plain")) { try provider.read(request, by: .of("right")) }
    }

    @Test("A sample with a recorded body is proved by its own token")
    func sample() throws {
        let (credentials, key) = Credentials.throwaway(provider.traits.provenBy)
        let event = try provider.event(
            provider.sign(Sample(payload: Self.slash), with: key, at: noon), by: credentials)
        expectCommand(event)
        let outgoing = provider.sign(Sample(event: "message", text: "ci web"), with: key, at: noon)
        #expect(try provider.event(outgoing, by: credentials).command == ChatCommand(command: "ci", text: "web"))
    }
}
