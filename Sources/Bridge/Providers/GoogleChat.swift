package import FoundationEssentials
import Signatures

/// Google Chat apps with an HTTP endpoint.
///
/// developers.google.com/workspace/chat/verify-requests-from-chat: `Authorization: Bearer` and a token signed by Google.
/// The token says for whom it is, and for how long. It does not cover the body.
package struct GoogleChat: Provider {
    private let token: GoogleChatToken

    package let traits: ProviderTraits

    /// - Throws: ``ProviderSettings/Invalid`` without an audience that Google Chat can be set to.
    package init(_ settings: ProviderSettings) throws(ProviderSettings.Invalid) {
        token = try GoogleChatToken(audience: settings.audience ?? "")
        traits = ProviderTraits(
            name: "googlechat", provenBy: .publishedKeys, publishedKeysURL: token.keysURL, isChat: true,
            replyWithin: .seconds(9), failureStatus: 200, dedupe: .id, provingHeaders: [Authorization.header],
            bodyLimit: 1 << 20, gives: Set.chat.subtracting([.teamID]))
    }

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        let authorization = try Authorization(in: head)
        guard authorization.scheme == "bearer", let sent = JSONWebToken(authorization.credentials) else {
            throw .malformedHeader(Authorization.header)
        }
        try token.check(sent, now: head.receivedAt, leeway: tolerance)
        return Claim(.jwt(sent), message: SignedMessage(.whole))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let payload = Payload.json(try BodyReader.jsonOnly(request.request))
        guard let type = payload.scalar("type") else { throw .malformed("the JSON is no event: it has no 'type'") }
        var event = Event(
            source: source, provider: traits.name, name: type, request: request.request, payload: payload)
        if type == Self.message {
            event.senderID = payload.scalar("message", "name")
            let said = GoogleChatText(payload)
            event.command = said.command
            if said.isSlashCommand { event.name = "command" }
        }
        event.user = Party(payload.scalar("user", "name"), payload.scalar("user", "displayName"))
        event.channel = Party(payload.scalar("space", "name"), payload.scalar("space", "displayName"))
        return .event(event)
    }

    private static let message = "MESSAGE"

    private struct Message: Encodable {
        struct Viewer: Encodable { var name: String }

        var text: String?
        /// The only one who sees it.
        var privateMessageViewer: Viewer?
    }

    /// Only who said something is answered with a message.
    package func reply(to summary: Summary, _ wishes: ReplyWishes) -> Reply {
        guard ["command", Self.message].contains(summary.event) else { return Reply(status: 200, json: Message()) }
        let message = ChatMessage(summary, wishes, .zeroWidth)
        guard message.isForCaller, let user = summary.user else {
            return Reply(status: 200, json: Message(text: message.forEverybody))
        }
        return Reply(status: 200, json: Message(text: message.whole, privateMessageViewer: .init(name: user.id)))
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? Self.event(sample)
        let token = token.sign(with: key.privateKey(.rsa), at: time)
        let fields = [("Content-Type", BodyReader.json), (Authorization.header, "Bearer \(token)")]
        return sample.request(fields, body, at: time)
    }

    private static func event(_ sample: Sample) -> [UInt8] {
        struct Party: Encodable {
            var name: String
            var displayName = "sample"
        }
        struct Text: Encodable {
            var name = "spaces/sample/messages/" + UUID().uuidString.lowercased()
            var text: String
            var argumentText: String
        }
        struct Event: Encodable {
            var type: String
            var user: Party
            var space: Party
            var message: Text?
        }
        let name = sample.event == "command" ? message : sample.event ?? message
        let text = sample.text ?? "/deploy"
        return WireJSON.encode(
            Event(
                type: name, user: Party(name: sample.user ?? "users/1"),
                space: Party(name: sample.channel ?? "spaces/sample"),
                message: name == message ? Text(text: text, argumentText: text) : nil))
    }
}
