import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("Slack")
struct SlackTests {
    private let provider = Slack()
    private let secret: Secret

    init() throws { secret = try .of("8f742231b10e8888abcd99yyyzzz85a5") }

    private static let form = "application/x-www-form-urlencoded"

    private func request(
        _ body: [UInt8], type: String? = form, time: String = "1800000000", at now: Date = noon
    ) -> Request {
        let tag = Tag(.sha256, of: Array("v0:\(time):".utf8) + body, key: secret)
        let headers = [("X-Slack-Request-Timestamp", time), ("X-Slack-Signature", "v0=\(tag.hex)")]
        return Request(headers + (type.map { [("Content-Type", $0)] } ?? []), body, at: now)
    }

    private func command(_ fields: (String, String)...) -> [UInt8] {
        let all = [("command", "/deploy"), ("user_id", "U012AB3CD"), ("trigger_id", "398.474.803a")]
        return Form(fields + all.filter { one in !fields.contains { $0.0 == one.0 } }).encoded
    }

    @Test("A command is read with who asked, and where")
    func readsCommand() throws {
        let body = command(
            ("command", "/deploy"), ("text", "web 'next one' env=prod"), ("user_name", "mike"),
            ("channel_id", "C0RELEASE"),
            ("channel_name", "release"), ("team_id", "T1"), ("team_domain", "acme"))
        let event = try provider.event(request(body), secret)
        #expect(event.name == "command" && event.provider == "slack" && event.source == "builds")
        #expect(event.command == ChatCommand(command: "/deploy", text: "web 'next one' env=prod"))
        #expect(event.command?.positional == ["web", "next one"])
        #expect(event.command?.named == ["env": "prod"])
        #expect(event.user == Party(id: "U012AB3CD", name: "mike"))
        #expect(event.channel == Party(id: "C0RELEASE", name: "release"))
        #expect(event.team == Party(id: "T1", name: "acme"))
        #expect(event.senderID == "398.474.803a")
        #expect(event.payload.scalar("team_domain") == "acme")
        #expect(event.git == nil)
    }

    @Test("A command without text, channel or team is one all the same")
    func bareCommand() throws {
        let event = try provider.event(request(command()), secret)
        #expect(event.command == ChatCommand(command: "/deploy", text: ""))
        #expect(event.channel == nil && event.team == nil)
        #expect(event.user == Party(id: "U012AB3CD", name: nil))
    }

    @Test(
        "A form that is no command is malformed",
        arguments: [
            "", "text=web", "command=%2Fdeploy", "user_id=U1", "command=%zz&user_id=U1", "command=%ff&user_id=U1",
        ])
    func noCommand(_ body: String) {
        let error = #expect(throws: NotUnderstood.self) { try provider.read(request(Array(body.utf8)), secret) }
        if case .malformed(let why) = error {
            #expect(!why.isEmpty)
        } else {
            Issue.record("\(String(describing: error))")
        }
    }

    @Test("Other media types are not read", arguments: [nil, "text/plain", "multipart/form-data; boundary=x"])
    func otherMediaType(_ type: String?) {
        let expected = NotUnderstood.mediaType(type?.split(separator: ";").first.map(String.init) ?? "")
        #expect(throws: expected) { try provider.read(request(command(), type: type), secret) }
    }

    private static let digits = String(repeating: "a", count: 64)

    private func claim(_ headers: [(String, String)]) throws(VerificationFailure) -> Claim {
        try provider.claim(in: Request(headers, []).head, tolerance: .seconds(300))
    }

    private static let tag = ("X-Slack-Signature", "v0=\(digits)")
    private static let time = ("X-Slack-Request-Timestamp", "1800000000")

    @Test("A missing, empty or repeated header is refused before the body is read")
    func badHeaders() throws {
        _ = try claim([Self.tag, Self.time])
        let table: [([(String, String)], VerificationFailure)] = [
            ([], .missingHeader(Self.tag.0)), ([Self.time], .missingHeader(Self.tag.0)),
            ([Self.tag], .missingHeader(Self.time.0)),
            ([(Self.tag.0, ""), Self.time], .emptyHeader(Self.tag.0)),
            ([Self.tag, (Self.time.0, "")], .emptyHeader(Self.time.0)),
            ([Self.tag, Self.tag, Self.time], .repeatedHeader(Self.tag.0)),
            ([Self.tag, Self.time, Self.time], .repeatedHeader(Self.time.0)),
        ]
        for (headers, failure) in table { #expect(throws: failure) { try claim(headers) } }
    }

    @Test(
        "A tag of another form is refused",
        arguments: [
            "v0=", "v1=\(digits)", digits, "V0=\(digits)", "v0=\(digits.dropLast())", "v0=\(digits.dropLast())g",
        ])
    func badTag(_ tag: String) {
        #expect(throws: VerificationFailure.malformedHeader("X-Slack-Signature")) {
            try claim([("X-Slack-Signature", tag), Self.time])
        }
    }

    @Test(
        "A time that is not whole seconds is refused, though signed",
        arguments: ["-1", "1.5", "1800000000.0", "0000001800000000", "abc", " 1800000000", "18_00"])
    func badTime(_ time: String) {
        #expect(throws: VerificationFailure.malformedHeader("X-Slack-Request-Timestamp")) {
            try provider.prove(request(command(), time: time), secret)
        }
    }

    @Test("A time is stale on both sides of the tolerance", arguments: [-301, 301, -86_400, 86_400] as [Double])
    func stale(_ late: Double) {
        #expect(throws: VerificationFailure.staleTimestamp(seconds: Int64(-late))) {
            try provider.prove(request(command(), at: noon.addingTimeInterval(late)), secret)
        }
    }

    @Test("The time is part of what is signed")
    func timeIsSigned() {
        var request = request(command())
        request.head.headers = Headers(
            request.head.headers.fields.map { ($0.name, $0.value == "1800000000" ? "1800000001" : $0.value) })
        #expect(throws: VerificationFailure.mismatch) { try provider.prove(request, secret) }
    }

    @Test("What tells deliveries apart is the signed id")
    func traits() throws {
        #expect(provider.traits.dedupe == .id && provider.traits.dedupeWindow == .seconds(86_400))
        #expect(provider.traits.isChat && provider.traits.failureStatus == 200)
        #expect(provider.traits.replyWithin < .seconds(3) && provider.traits.bodyLimit == 1 << 20)
        let claim = try provider.claim(in: request(command()).head, tolerance: .seconds(300))
        #expect(claim.identity.isEmpty)
    }
}
