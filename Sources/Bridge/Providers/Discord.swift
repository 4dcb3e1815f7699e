package import FoundationEssentials
import Signatures

/// Discord's interactions (commands, buttons, forms) and webhook events.
///
/// discord.com/developers/docs, "Receiving and Responding" and "Webhook Events": an Ed25519 signature of
/// `{timestamp}{body}`. Discord sends wrong ones now and then, and drops a URL that takes them.
package struct Discord: Provider {
    package init() {}

    /// Discord gives up after 3 s.
    package let traits = ProviderTraits(
        name: "discord", provenBy: .publicKeys, publicKeyEncoding: .hex, isChat: true,
        replyWithin: .milliseconds(2500), failureStatus: 200, dedupe: .id, dedupeWindow: .seconds(86_400),
        provingHeaders: [Self.signature], provingFields: ["token"], bodyLimit: 1 << 20, gives: .chat)

    private static let signature = "X-Signature-Ed25519"
    private static let time = "X-Signature-Timestamp"

    /// Nothing stands between the time and the body. No digit can move from one to the other all the same: a body that
    /// is read begins with `{`.
    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        guard let signature = Hex.decode(try head.headers.deciding(Self.signature)), signature.count == 64 else {
            throw .malformedHeader(Self.signature)
        }
        let time = try head.headers.deciding(Self.time)
        try SignedTime.check(time, header: Self.time, now: head.receivedAt, tolerance: tolerance)
        return Claim(.ed25519([signature]), message: SignedMessage(prefix: Array(time.utf8)))
    }

    /// The numbers of `type` mean different things in the two: 1 is a greeting in one, and an event in the other.
    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let json = try BodyReader.jsonOnly(request.request)
        let payload = Payload.json(json)
        let isInteraction = payload.has("id") && payload.has("token")
        switch payload.scalar("type") {
        case "0" where !isInteraction: return .handshake(Reply(status: 204))
        case "1" where !isInteraction && payload.has("event"):
            return .event(try notice(payload, request.request, source))
        case "1": return .handshake(Reply(status: 200, json: ["type": 1]))
        case "4" where isInteraction: return .handshake(Reply(status: 200, json: NoChoices()))
        case let type? where isInteraction && DiscordInteraction.names[type] != nil:
            var event = Event(
                source: source, provider: traits.name, name: DiscordInteraction.names[type] ?? type,
                request: request.request, payload: .hiding(traits.provingFields, payload),
                senderID: payload.scalar("id"))
            DiscordInteraction(json).fill(&event)
            return .event(event)
        default: throw .malformed("the JSON is neither an interaction nor a webhook event that this service knows")
        }
    }

    /// A webhook event: it has no id of its own, and is told apart by its bytes, which hold a time.
    private func notice(_ payload: Payload, _ request: Request, _ source: String) throws(NotUnderstood) -> Event {
        guard let name = payload.scalar("event", "type") else { throw .malformed("there is no 'event.type'") }
        var event = Event(source: source, provider: traits.name, name: name, request: request, payload: payload)
        event.user = Party(
            payload.scalar("event", "data", "user", "id"), payload.scalar("event", "data", "user", "username"))
        event.team = Party(
            payload.scalar("event", "data", "guild", "id"), payload.scalar("event", "data", "guild", "name"))
        return event
    }

    /// Nothing is offered to who is still typing.
    private struct NoChoices: Encodable {
        var type = 8
        var data = ["choices": [String]()]
    }

    package func reply(to summary: Summary, _ wishes: ReplyWishes) -> Reply {
        guard DiscordInteraction.names.values.contains(summary.event) else { return Reply(status: 204) }
        return Reply(status: 200, json: DiscordMessage(summary, wishes))
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? DiscordSample.body(sample)
        let seconds = String(Int64(time.timeIntervalSince1970))
        let signature = key.privateKey(.ed25519).sign(Array(seconds.utf8) + body)
        let fields = [
            ("Content-Type", BodyReader.json), (Self.time, seconds), (Self.signature, Hex.encode(signature)),
        ]
        return sample.request(fields, body, at: time)
    }
}
