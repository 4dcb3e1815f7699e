package import FoundationEssentials
import Signatures

/// Rocket.Chat's outgoing webhooks.
///
/// RocketChat/Rocket.Chat `apps/meteor/app/integrations/server/lib/triggerHandler.ts`: nothing is signed; a `token` goes
/// along in the JSON. A 410 with a body would switch the integration off, so none is ever sent.
package struct RocketChat: Provider {
    package init() {}

    package let traits = ProviderTraits(
        name: "rocketchat", isChat: true, replyWithin: .seconds(9), failureStatus: 200, dedupe: .id,
        provingFields: ["token"], bodyLimit: 1 << 20, gives: Set.chat.subtracting([.teamID]))

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        Claim(.token(SentToken(.field("token"))), message: SignedMessage(.whole))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let payload = Payload.json(try BodyReader.jsonOnly(request.request))
        // `false` for people, else an object that says which bot. Our own answers are a bot's: they must start nothing.
        if payload.has("bot"), payload.scalar("bot") != "false" { return .handshake(Reply(status: 200)) }
        var event = Event(
            source: source, provider: traits.name, name: "message", request: request.request,
            payload: .hiding(traits.provingFields, payload), senderID: payload.scalar("message_id"))
        event.command = ChatCommand(
            trigger: payload.scalar("trigger_word"), message: payload.scalar("text") ?? "")
        event.user = Party(payload.scalar("user_id"), payload.scalar("user_name"))
        event.channel = Party(payload.scalar("channel_id"), payload.scalar("channel_name"))
        return .event(event)
    }

    /// Everybody sees the answer.
    package func reply(to summary: Summary, _ wishes: ReplyWishes) -> Reply {
        Reply(status: 200, json: ["text": ChatMessage(summary, wishes, .zeroWidth).forEverybody])
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        struct Message: Encodable {
            var bot = false
            var trigger_word: String
            var text: String
            var message_id = UUID().uuidString.lowercased()
            var user_id: String
            var user_name = "sample"
            var channel_id: String
            var channel_name = "sample"
        }
        let text = sample.text ?? "deploy"
        let message = Message(
            trigger_word: sample.words(orElse: text).first, text: text, user_id: sample.user ?? "sampleuser",
            channel_id: sample.channel ?? "samplechannel")
        let body = TokenInBody.put(key.secret, in: sample.payload ?? WireJSON.encode(message))
        return sample.request([("Content-Type", "application/json")], body, at: time)
    }
}
