package import FoundationEssentials
import Signatures

/// Slack's slash commands.
///
/// docs.slack.dev, "Verifying requests from Slack": `v0=` and the HMAC-SHA256 of `v0:{timestamp}:{body}` under the
/// signing secret as text. The body holds a `trigger_id` of its own, so it tells deliveries apart.
package struct Slack: Provider {
    package init() {}

    /// Slack shows an error to the user after 3 s.
    package let traits = ProviderTraits(
        name: "slack", isChat: true, replyWithin: .milliseconds(2500), failureStatus: 200, dedupe: .body,
        dedupeWindow: .seconds(86_400), provingHeaders: [Self.tag.name], bodyLimit: 1 << 20,
        unsignedHandshakeLimit: 4096)

    private static let tag = TagHeader("X-Slack-Signature", prefix: "v0=")
    private static let time = "X-Slack-Request-Timestamp"

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        let tag = try Self.tag.tag(in: head)
        let time = try head.headers.deciding(Self.time)
        try SignedTime.check(time, header: Self.time, now: head.receivedAt, tolerance: tolerance)
        return Claim(.hmac([tag], .sha256), message: SignedMessage(prefix: Self.signedPrefix(time)))
    }

    /// Slack asks now and then whether the certificate is good, and wants an empty 200.
    package func unsignedHandshake(_ request: Request) -> Reply? {
        guard request.head.mediaType == BodyReader.form,
            Form(encoded: request.body)?.first("ssl_check") == "1"
        else { return nil }
        return Reply(status: 200)
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        if let reply = unsignedHandshake(request.request) { return .handshake(reply) }
        if BodyReader.isJSON(request.request.head.mediaType) { return try verification(request.request) }
        guard request.request.head.mediaType == BodyReader.form else {
            throw .mediaType(request.request.head.mediaType)
        }
        let form = try BodyReader.form(request.request.body)
        guard let command = form.first("command"), let user = form.first("user_id") else {
            throw .malformed("the form is no slash command: it has no 'command' and 'user_id'")
        }
        var event = Event(
            source: source, provider: traits.name, name: "command", request: request.request, payload: .form(form),
            senderID: form.first("trigger_id"))
        event.command = ChatCommand(command: command, text: form.first("text") ?? "")
        event.user = Party(id: user, name: form.first("user_name"))
        event.channel = form.first("channel_id").map { Party(id: $0, name: form.first("channel_name")) }
        event.team = form.first("team_id").map { Party(id: $0, name: form.first("team_domain")) }
        return .event(event)
    }

    /// `url_verification` of the Events API, signed like all else: without that, anybody's JSON would be echoed.
    private func verification(_ request: Request) throws(NotUnderstood) -> Understanding {
        let payload = Payload.json(try BodyReader.json(request.body))
        guard payload.scalar("type") == "url_verification", let challenge = payload.scalar("challenge") else {
            throw .mediaType(request.head.mediaType)
        }
        return .handshake(Reply(status: 200, json: ["challenge": challenge]))
    }

    package func reply(to summary: Summary, _ wishes: ReplyWishes) -> Reply {
        Reply(status: 200, json: SlackMessage(summary, wishes))
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let words = sample.words(orElse: "/deploy")
        let form = Form([
            ("team_id", "T0SAMPLE"), ("team_domain", "sample"),
            ("channel_id", sample.channel ?? "C0SAMPLE"), ("channel_name", "sample"),
            ("user_id", sample.user ?? "U0SAMPLE"), ("user_name", "sample"),
            ("command", words.first), ("text", words.rest),
            ("trigger_id", UUID().uuidString.lowercased()),
        ])
        let body = sample.payload ?? form.encoded
        let seconds = String(Int64(time.timeIntervalSince1970))
        let fields = [
            ("Content-Type", BodyReader.form), (Self.time, seconds),
            Self.tag.field(Self.signedPrefix(seconds) + body, key: key.secret),
        ]
        return sample.request(fields, body, at: time)
    }

    private static func signedPrefix(_ time: String) -> [UInt8] { Array("v0:\(time):".utf8) }
}
