package import FoundationEssentials
import Signatures

/// Zulip's outgoing webhooks, in its own form (JSON) or in the one that resembles Slack's.
///
/// zulip.com/api/outgoing-webhooks and zulip/zulip `zerver/lib/outgoing_webhook.py`: nothing is signed; a `token` goes
/// along in the body. Zulip gives up after 10 s.
package struct Zulip: Provider {
    package init() {}

    package let traits = ProviderTraits(
        name: "zulip", isChat: true, replyWithin: .seconds(9), failureStatus: 200, dedupe: .id,
        provingFields: ["token"], bodyLimit: 1 << 20, gives: .chat)

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        Claim(.token(SentToken(.field("token"))), message: SignedMessage(.whole))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let request = request.request
        if request.head.mediaType == BodyReader.form {
            return .event(event(.form(try BodyReader.form(request.body)), request, source))
        }
        let payload = Payload.json(try BodyReader.jsonOnly(request))
        guard let name = payload.scalar("trigger"), payload.has("message") else {
            throw .malformed("the JSON is no message: it has no 'trigger' and 'message'")
        }
        var event = Event(
            source: source, provider: traits.name, name: name, request: request,
            payload: .hiding(traits.provingFields, payload), senderID: payload.scalar("message", "id"))
        event.command = command(payload.scalar("data") ?? payload.scalar("message", "content"))
        event.user = Party(payload.scalar("message", "sender_id"), payload.scalar("message", "sender_full_name"))
        // Of a direct message, `display_recipient` is the list of who takes part, and there is no channel.
        event.channel = Party(payload.scalar("message", "stream_id"), payload.scalar("message", "display_recipient"))
        return .event(event)
    }

    private func event(_ payload: Payload, _ request: Request, _ source: String) -> Event {
        var event = Event(
            source: source, provider: traits.name, name: "message", request: request,
            payload: .hiding(traits.provingFields, payload))
        event.command = command(payload.scalar("text"))
        event.user = Party(payload.scalar("user_id"), payload.scalar("user_name"))
        event.channel = Party(payload.scalar("channel_id"), payload.scalar("channel_name"))
        event.team = Party(payload.scalar("team_id"), payload.scalar("team_domain"))
        return event
    }

    /// People say `@**Bridge** deploy web`; the mention is how the message came here.
    private func command(_ text: String?) -> ChatCommand? {
        text.flatMap { ChatCommand(saying: $0.droppingMention(from: "@**", to: "**")) }
    }

    /// Everybody in the channel sees the answer. Zulip's own form reads `content`, the one like Slack's `text`.
    package func reply(to summary: Summary, _ wishes: ReplyWishes) -> Reply {
        let text = ChatMessage(summary, wishes, .zeroWidth).forEverybody
        return Reply(status: 200, json: ["content": text, "text": text])
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        struct Webhook: Encodable {
            struct Message: Encodable {
                var id = Int.random(in: 1...(1 << 40))
                var content: String
                var sender_id: String
                var sender_full_name = "sample"
                var stream_id: String
                var display_recipient = "sample"
            }
            var trigger: String
            var data: String
            var message: Message
        }
        let text = "@**Bridge** " + (sample.text ?? "deploy")
        let webhook = Webhook(
            trigger: sample.event ?? "mention", data: text,
            message: .init(content: text, sender_id: sample.user ?? "1", stream_id: sample.channel ?? "1"))
        let body = TokenInBody.put(key.secret, in: sample.payload ?? WireJSON.encode(webhook))
        return sample.request([("Content-Type", BodyReader.mediaType(of: body))], body, at: time)
    }
}
