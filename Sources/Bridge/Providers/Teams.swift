package import FoundationEssentials
import Signatures

/// Microsoft Teams' outgoing webhooks.
///
/// learn.microsoft.com, "Create an Outgoing Webhook": `Authorization: HMAC` and the HMAC-SHA256 of the raw body under the
/// token, which is base64. No time is signed apart from the body's own.
package struct Teams: Provider {
    package init() {}

    /// Teams gives up after 5 s. Its ids are unique within a conversation only, so the body tells messages apart.
    package let traits = ProviderTraits(
        name: "teams", secretEncodings: [.base64], isChat: true, replyWithin: .milliseconds(4500), failureStatus: 200,
        dedupe: .body, provingHeaders: [Self.tag.name], bodyLimit: 1 << 20, gives: .chat)

    private static let tag = TagHeader(Authorization.header, prefix: "HMAC ", encoding: .base64)

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        Claim(.hmac([try Self.tag.tag(in: head)], .sha256, key: .base64))
    }

    /// A Bot Framework activity.
    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let payload = Payload.json(try BodyReader.jsonOnly(request.request))
        guard let type = payload.scalar("type") else { throw .malformed("the JSON is no activity: it has no 'type'") }
        var event = Event(
            source: source, provider: traits.name, name: type, request: request.request, payload: payload,
            senderID: payload.scalar("id"))
        event.command = payload.scalar("text").flatMap { ChatCommand(saying: Self.said($0)) }
        // The id of the person in the directory, which other teams know too; the other is one per bot.
        event.user = Party(
            payload.scalar("from", "aadObjectId") ?? payload.scalar("from", "id"), payload.scalar("from", "name"))
        event.channel = Party(
            payload.scalar("channelData", "channel", "id") ?? payload.scalar("conversation", "id"),
            payload.scalar("channelData", "channel", "name"))
        event.team = Party(
            payload.scalar("channelData", "team", "id"), payload.scalar("channelData", "team", "name"))
        return .event(event)
    }

    /// What follows the mention with which every message to an outgoing webhook begins: `<at>Bridge</at>&nbsp;deploy`.
    private static func said(_ html: String) -> String {
        guard let start = html.firstRange(of: "<at"), let end = html[start.upperBound...].firstRange(of: "</at>"),
            HTMLText.plain(html[..<start.lowerBound]).withoutBlanks.isEmpty
        else { return HTMLText.plain(html) }
        return HTMLText.plain(html[end.upperBound...])
    }

    /// Everybody sees the answer.
    package func reply(to summary: Summary, _ wishes: ReplyWishes) -> Reply {
        Reply(status: 200, json: ["type": "message", "text": ChatMessage(summary, wishes, .html).forEverybody])
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        struct Activity: Encodable {
            struct Party: Encodable {
                var id: String
                var name = "sample"
            }
            struct ChannelData: Encodable {
                var channel: Party
                var team = Party(id: "19:sampleteam")
            }
            var type: String
            var id: String
            var text: String
            var from: Party
            var conversation: Party
            var channelData: ChannelData
        }
        let channel = Activity.Party(id: sample.channel ?? "19:samplechannel")
        let text = ChatStyle.html.safe(sample.text ?? "deploy")
        let activity = Activity(
            type: sample.event ?? "message", id: UUID().uuidString.lowercased(), text: "<at>Bridge</at>&nbsp;\(text)",
            from: .init(id: sample.user ?? "sampleuser"), conversation: channel, channelData: .init(channel: channel))
        let body = sample.payload ?? WireJSON.encode(activity)
        // A secret that is not base64 is refused when the configuration is read.
        let secret = key.secret.decoded(as: .base64) ?? key.secret
        return sample.request([("Content-Type", BodyReader.json), Self.tag.field(body, key: secret)], body, at: time)
    }
}
