package import FoundationEssentials
import Signatures

/// Mattermost's slash commands and outgoing webhooks.
///
/// mattermost/mattermost `server/channels/app/command.go`, `webhook.go`: nothing is signed; a token goes along, as
/// `Authorization: Token …` and in the field `token`. Where an OAuth connection matches the URL, its `Bearer` takes the
/// header, and only the field is left.
package struct Mattermost: Provider {
    package init() {}

    /// The server waits 30 s by its default, and takes no status but 200.
    package let traits = ProviderTraits(
        name: "mattermost", methods: ["POST", "GET"], isChat: true, replyWithin: .seconds(9), failureStatus: 200,
        dedupe: .id, provingHeaders: [Authorization.header], provingFields: ["token"], bodyLimit: 1 << 20, gives: .chat)

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        var place = SentToken.Place.field("token")
        if head.headers.first(Authorization.header) != nil {
            let authorization = try Authorization(in: head)
            if authorization.scheme == "token" { place = .found(authorization.credentials) }
        }
        return Claim(.token(SentToken(place)), message: SignedMessage(.whole))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let payload = try payload(of: request.request)
        let trigger = payload.scalar("trigger_word")
        guard payload.has("command") || payload.has("post_id") || trigger != nil else {
            throw .malformed(
                "neither a slash command nor an outgoing webhook: no 'command', 'post_id' or 'trigger_word'")
        }
        let command = payload.scalar("command")
        var event = Event(
            source: source, provider: traits.name, name: command == nil ? "message" : "command",
            request: request.request, payload: .hiding(traits.provingFields, payload),
            senderID: payload.scalar("trigger_id") ?? payload.scalar("post_id"))
        event.query = event.query.hiding(traits.provingFields)
        let text = payload.scalar("text") ?? ""
        event.command =
            command.map { ChatCommand(command: $0, text: text) } ?? ChatCommand(trigger: trigger, message: text)
        event.user = Party(payload.scalar("user_id"), payload.scalar("user_name"))
        event.channel = Party(payload.scalar("channel_id"), payload.scalar("channel_name"))
        event.team = Party(payload.scalar("team_id"), payload.scalar("team_domain"))
        return .event(event)
    }

    /// A command by GET has all of it in the query.
    private func payload(of request: Request) throws(NotUnderstood) -> Payload {
        if request.head.method == "GET" { return .form(try BodyReader.form(Array(request.head.query.utf8))) }
        return try BodyReader.jsonOrFields(request)
    }

    private struct Message: Encodable {
        var response_type: String
        var text: String
    }

    /// Everybody sees the answer to an outgoing webhook.
    package func reply(to summary: Summary, _ wishes: ReplyWishes) -> Reply {
        let message = ChatMessage(summary, wishes, .zeroWidth)
        guard summary.event == "command" else {
            return Reply(status: 200, json: Message(response_type: "comment", text: message.forEverybody))
        }
        let type = message.isForCaller ? "ephemeral" : "in_channel"
        return Reply(status: 200, json: Message(response_type: type, text: message.whole))
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let words = sample.words(orElse: sample.event == "message" ? "deploy" : "/deploy")
        let what =
            sample.event == "message"
            ? [
                ("trigger_word", words.first), ("text", "\(words.first) \(words.rest)".withoutBlanks),
                ("post_id", Self.id),
            ]
            : [("command", words.first), ("text", words.rest), ("trigger_id", Self.id)]
        let form = Form(
            [
                ("team_id", "sampleteam"), ("team_domain", "sample"),
                ("channel_id", sample.channel ?? "samplechannel"), ("channel_name", "sample"),
                ("user_id", sample.user ?? "sampleuser"), ("user_name", "sample"),
            ] + what)
        let body = TokenInBody.put(key.secret, in: sample.payload ?? form.encoded)
        let fields = [
            ("Content-Type", BodyReader.mediaType(of: body)), (Authorization.header, "Token \(key.secret.exposedText)"),
        ]
        return sample.request(fields, body, at: time)
    }

    private static var id: String { UUID().uuidString.lowercased() }
}
