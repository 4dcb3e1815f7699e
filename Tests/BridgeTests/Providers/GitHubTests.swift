import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("GitHub")
struct GitHubTests {
    private let provider = GitHub()
    private let secret: Secret

    init() throws { secret = try .of("It's a Secret to Everybody") }

    private func request(
        _ body: String, type: String? = "application/json", event: String? = "push", more: [(String, String)] = []
    ) -> Request {
        let tag = Tag(.sha256, of: body.utf8, key: secret)
        let headers = [
            type.map { ("Content-Type", $0) }, event.map { ("X-GitHub-Event", $0) },
            ("X-GitHub-Delivery", "72d3162e-cc78-11e3-81ab-4c9367dc0958"), ("X-Hub-Signature-256", "sha256=\(tag.hex)"),
        ]
        return Request(headers.compactMap(\.self) + more, body.utf8)
    }

    private func form(_ json: String) -> String {
        String(decoding: Form([("payload", json)]).encoded, as: UTF8.self)
    }

    @Test("A body under the published secret and tag is proved")
    func published() throws {
        let request = request("Hello, World!")
        let tag = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
        #expect(request.head.headers.first("X-Hub-Signature-256") == tag)
        #expect(try provider.prove(request, secret).credential?.position == 0)
    }

    private static let digits = String(repeating: "a", count: 64)

    private func claim(_ tags: [String]) throws(VerificationFailure) -> Claim {
        let request = Request(tags.map { ("X-Hub-Signature-256", $0) }, [])
        return try provider.claim(in: request.head, tolerance: .seconds(300))
    }

    @Test("A missing, empty or repeated tag is refused before the body is read")
    func noTag() {
        let name = "X-Hub-Signature-256"
        #expect(throws: VerificationFailure.missingHeader(name)) { try claim([]) }
        #expect(throws: VerificationFailure.emptyHeader(name)) { try claim([""]) }
        let tag = "sha256=\(Self.digits)"
        #expect(throws: VerificationFailure.repeatedHeader(name)) { try claim([tag, tag]) }
    }

    @Test(
        "A malformed tag is refused before the body is read",
        arguments: [
            "sha256=", "sha256", "s", digits, "sha1=\(digits)", "SHA256=\(digits)", "sha256=\(digits.dropLast())",
            "sha256=\(digits)a", "sha256=\(digits.dropLast())g", "sha256=\(digits)==", " sha256=\(digits)",
            "sha256=156404ad5f721c53151147f3d3d302329f95a3ab", "sha256= \(digits.dropLast())",
            "sha256=\(digits), sha256=\(digits)", "sha512=\(digits)\(digits)", "sha256=\(digits) ",
        ])
    func badTag(_ tag: String) {
        #expect(throws: VerificationFailure.malformedHeader("X-Hub-Signature-256")) { try claim([tag]) }
    }

    @Test("The SHA-1 tag is never looked at, neither alone nor beside a wrong one")
    func legacy() throws {
        let body = #"{"yo":true}"#
        let sha1 = "sha1=\(Tag(.sha1, of: body.utf8, key: secret).hex)"
        #expect(throws: VerificationFailure.missingHeader("X-Hub-Signature-256")) {
            try provider.prove(Request([("X-Hub-Signature", sha1)], body.utf8), secret)
        }
        let wrong = [("X-Hub-Signature", sha1), ("X-Hub-Signature-256", "sha256=\(Self.digits)")]
        #expect(throws: VerificationFailure.mismatch) { try provider.prove(Request(wrong, body.utf8), secret) }
    }

    @Test("An upper-case tag proves as well")
    func upperCaseTag() throws {
        let tag = Tag(.sha256, of: "{}".utf8, key: secret).hex.uppercased()
        #expect(
            try provider.prove(Request([("x-hub-signature-256", "sha256=\(tag)")], "{}".utf8), secret).credential?
                .position == 0)
    }

    @Test(
        "JSON is read by any media type that says JSON",
        arguments: [
            "application/json", "application/json; charset=utf-8", "Application/JSON", "APPLICATION/JSON ; a=b",
            "application/vnd.github+json",
        ])
    func mediaTypes(_ type: String) throws {
        let event = try provider.event(request(#"{"ref":"refs/heads/main"}"#, type: type), secret)
        #expect(event.git?.values(of: .branch) == ["main"])
    }

    @Test("A form is signed as it is sent, and read as the JSON in it", arguments: ["", "; charset=utf-8"])
    func formBody(_ parameters: String) throws {
        let body = form(#"{"ref":"refs/heads/a+b c","é":1}"#)
        let event = try provider.event(
            request(body, type: "application/x-www-form-urlencoded" + parameters), secret)
        #expect(event.git?.values(of: .branch) == ["a+b c"])
        #expect(event.payload.scalar("é") == "1")
    }

    @Test(
        "Other media types are not read",
        arguments: [
            nil, "", "text/plain", "application/xml", "text/json", "json", "application/jsonp", "application/json+x",
        ])
    func otherMediaType(_ type: String?) {
        #expect(throws: NotUnderstood.mediaType(type ?? "")) { try provider.read(request("{}", type: type), secret) }
    }

    @Test(
        "A proved body that is not what it says is malformed",
        arguments: [
            ("application/json", ""), ("application/json", "Hello, World!"), ("application/json", #"{"a":"#),
            ("application/json", "{}{}"), ("application/json", "{'a':1}"), ("application/json", "payload=%7B%7D"),
            ("application/x-www-form-urlencoded", ""), ("application/x-www-form-urlencoded", "{}"),
            ("application/x-www-form-urlencoded", "payload=%zz"), ("application/x-www-form-urlencoded", "payload=%7B"),
            ("application/x-www-form-urlencoded", "other=%7B%7D"), ("application/x-www-form-urlencoded", "payload"),
        ])
    func malformed(_ type: String, _ body: String) {
        let error = #expect(throws: NotUnderstood.self) { try provider.read(request(body, type: type), secret) }
        if case .malformed(let why) = error {
            #expect(!why.isEmpty)
        } else {
            Issue.record("\(String(describing: error))")
        }
    }

    @Test("A ping is answered, in JSON and as a form, and is no event")
    func ping() throws {
        let zen = #"{"zen":"Design for failure.","hook_id":1}"#
        let json = try provider.handshake(request(zen, event: "ping"), secret)
        #expect(json.status == 200)
        let type = "application/x-www-form-urlencoded"
        #expect(try provider.handshake(request(form(zen), type: type, event: "ping"), secret) == json)
        #expect(throws: VerificationFailure.mismatch) {
            try provider.handshake(request(zen, event: "ping"), try .of("another"))
        }
    }

    @Test("The event's name, the sender's id and who did it are told")
    func names() throws {
        let body = #"{"sender":{"login":"octocat","id":583231}}"#
        let event = try provider.event(request(body, event: "issue_comment"), secret)
        #expect(event.name == "issue_comment")
        #expect(event.provider == "github" && event.source == "builds")
        #expect(event.senderID == "72d3162e-cc78-11e3-81ab-4c9367dc0958")
        #expect(event.user == Party(id: "583231", name: "octocat"))
        #expect(event.command == nil && event.channel == nil && event.team == nil)
    }

    @Test("Without an event header the event is a webhook; without a sender nobody asked")
    func bare() throws {
        let event = try provider.event(request("{}", event: nil), secret)
        #expect(event.name == "webhook")
        #expect(event.user == nil)
    }

    @Test("What tells deliveries apart is the body: the unsigned id decides nothing")
    func traits() throws {
        #expect(provider.traits.dedupe == .body)
        #expect(provider.traits.dedupeWindow == .seconds(30 * 86_400))
        #expect(provider.traits.failureStatus == 502)
        #expect(!provider.traits.isChat)
        let claim = try provider.claim(in: request("{}").head, tolerance: .seconds(300))
        #expect(claim.identity.isEmpty && claim.message.prefix.isEmpty && claim.message.suffix.isEmpty)
    }
}
