package import FoundationEssentials
package import Signatures

/// A kind of sender: how it signs, what it sends, what it wants back. One file in this folder each.
///
/// A provider is bound to a source's URL by the configuration, never guessed from a request (CVE-2025-59537).
package protocol Provider: Sendable {
    var traits: ProviderTraits { get }

    /// Finds what may prove a request. Reads no body, so a request that cannot be proved is refused before its body is
    /// read.
    func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim

    /// Tells what a proved request is about.
    func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding

    /// Answers a handshake that this sender does not sign. Only a constant reply without any effect may be given.
    func unsignedHandshake(_ request: Request) -> Reply?

    /// The answer to a delivery, in the shape that the sender wants.
    func reply(to summary: Summary, _ wishes: ReplyWishes) -> Reply

    /// Makes a request as this sender would, for `send`, `explain` and the demo.
    func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request
}

extension Provider {
    package func unsignedHandshake(_ request: Request) -> Reply? { nil }

    package func reply(to summary: Summary, _ wishes: ReplyWishes) -> Reply {
        let failed = summary.outcome == .refused || summary.outcome == .dead
        let status = summary.outcome == .pending ? 202 : failed ? wishes.failureStatus : 200
        return Reply(status: status, json: summary)
    }
}

/// What is known of a provider without any request.
package struct ProviderTraits: Sendable {
    /// How configuration names it.
    package var name: String
    /// The methods with which it sends.
    package var methods: Set<String> = ["POST"]
    package var provenBy = Proving.secrets
    /// How secrets may be written: each must be one of these.
    package var secretEncodings: [KeyEncoding] = [.text]
    /// How public keys are written.
    package var publicKeyEncoding: PublicKey.Encoding = .base64
    /// Where the sender publishes its keys.
    package var publishedKeysURL: String?
    /// A chat route must say who is allowed.
    package var isChat = false
    /// How long the sender may be kept waiting for an answer, with a margin to its own limit.
    package var replyWithin: Duration
    /// The status for `refused` and `dead`: 502 where the sender's log should show it and it does no harm, else 200.
    package var failureStatus: Int
    /// What tells two deliveries apart, unless the source says otherwise.
    package var dedupe: DedupePolicy?
    /// How long a delivery is remembered, unless the source says otherwise.
    package var dedupeWindow: Duration = .seconds(30 * 86_400)
    /// The headers that prove something: their values are not kept.
    package var provingHeaders: [String] = []
    /// The fields of the body, or the query, that hold a secret: no rule reads them.
    package var provingFields: Set<String> = []
    /// The largest body taken, in bytes; nil for the service's own limit.
    package var bodyLimit: Int?
    /// Up to how many bytes are read of a request that has no tag at all, to see whether it is an unsigned handshake.
    package var unsignedHandshakeLimit = 0
    /// The fields that it can give, of those that are made of what is sent: never any other, and each sometimes.
    package var gives: Set<DerivedField> = []
}

/// What a proved request turned out to be.
package enum Understanding: Sendable {
    /// A question about the connection itself: answered, not journaled.
    case handshake(Reply)
    case event(Event)
}

/// Why a proved request tells nothing.
package enum NotUnderstood: Error, Equatable {
    /// Not a media type that this sender sends.
    case mediaType(String)
    /// Not what its media type says, in words for the sender's log.
    case malformed(String)
}

/// How the operator wants a source to be answered.
package struct ReplyWishes: Sendable {
    package enum Audience: String, Sendable, CaseIterable {
        case caller, channel
    }

    /// The status for `refused` and `dead`: 200 or 502.
    package var failureStatus: Int
    /// Who sees a chat's answer.
    package var audience: Audience
    /// One line for each command that this source knows, shown when nothing matched.
    package var usage: [String]
}

/// What to make a signed request of.
package struct Sample: Sendable {
    package var event: String?
    package var payload: [UInt8]?
    package var text: String?
    package var user: String?
    package var channel: String?
    package var headers: Headers
    /// When it comes; nil for now.
    package var at: Date?

    package init(
        event: String? = nil, payload: [UInt8]? = nil, text: String? = nil, user: String? = nil,
        channel: String? = nil, headers: Headers = Headers(), at: Date? = nil
    ) {
        self.event = event
        self.payload = payload
        self.text = text
        self.user = user
        self.channel = channel
        self.headers = headers
        self.at = at
    }

    /// The request that this sample becomes: the provider's headers, then the sample's own in their place.
    func request(
        _ fields: [(name: String, value: String)], _ body: [UInt8], at time: Date
    ) -> Request {
        var headers = Headers(fields)
        for field in self.headers.fields { headers.set(field.name, field.value) }
        return Request(head: RequestHead(method: "POST", headers: headers, receivedAt: time), body: body)
    }

    /// A chat's text: the first word and the rest.
    func words(orElse text: String) -> (first: String, rest: String) {
        let words = (self.text ?? text).split(separator: " ", maxSplits: 1).map(String.init)
        return (words.first ?? "", words.count > 1 ? words[1] : "")
    }
}
