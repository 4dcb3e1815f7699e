package import FoundationEssentials
import Signatures

/// Slack's slash commands, the Events API, and what people do with buttons, menus and shortcuts.
///
/// docs.slack.dev, "Verifying requests from Slack": `v0=` and the HMAC-SHA256 of `v0:{timestamp}:{body}` under the
/// signing secret as text. The body holds an id of its own (`trigger_id`, `event_id`), which is signed with it.
package struct Slack: Provider {
    package init() {}

    /// Slack shows an error to the user after 3 s, and sends an event again.
    package let traits = ProviderTraits(
        name: "slack", isChat: true, replyWithin: .milliseconds(2500), failureStatus: 200, dedupe: .id,
        dedupeWindow: .seconds(86_400), provingHeaders: [Self.tag.name], provingFields: ["token"], bodyLimit: 1 << 20,
        unsignedHandshakeLimit: 4096, gives: .chat)

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
        let contents = SlackContents(request: request.request, source: source, traits: traits)
        switch request.request.head.mediaType {
        case BodyReader.form:
            let form = try BodyReader.form(request.request.body)
            return .event(form.first("payload") == nil ? try contents.command(form) : try contents.interaction(form))
        case let type where BodyReader.isJSON(type):
            return try contents.callback(try BodyReader.json(request.request.body))
        case let other: throw .mediaType(other)
        }
    }

    /// Only a command's answer is shown. Of the rest, Slack wants to hear that it came, and of a menu that asks for its
    /// options, that there are none.
    package func reply(to summary: Summary, _ wishes: ReplyWishes) -> Reply {
        switch summary.event {
        case "command": Reply(status: 200, json: SlackMessage(summary, wishes))
        case "block_suggestion": Reply(status: 200, json: ["options": [String]()])
        default: Reply(status: 200)
        }
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? SlackSample(sample).body
        let seconds = String(Int64(time.timeIntervalSince1970))
        let fields = [
            ("Content-Type", BodyReader.mediaType(of: body)), (Self.time, seconds),
            Self.tag.field(Self.signedPrefix(seconds) + body, key: key.secret),
        ]
        return sample.request(fields, body, at: time)
    }

    private static func signedPrefix(_ time: String) -> [UInt8] { Array("v0:\(time):".utf8) }
}
