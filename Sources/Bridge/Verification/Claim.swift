package import Signatures

/// What a request claims to prove, found by a provider in its head, checked by the verifier against the rest.
package struct Claim: Sendable {
    /// One of them is enough.
    package var proofs: [Proof]
    package var message: SignedMessage
    /// What is signed besides the message's content and the time: with the content it tells two deliveries apart.
    package var identity: [UInt8]

    package init(_ proofs: Proof..., message: SignedMessage = SignedMessage(), identity: [UInt8] = []) {
        self.proofs = proofs
        self.message = message
        self.identity = identity
    }

    /// A name for what was signed, without the time. Nil when the request does not have it.
    func fingerprint(of request: Request) -> String? {
        message.content(of: request).map { Fingerprint.sha256(identity + $0) }
    }
}

/// One way in which a request can be proved.
package enum Proof: Sendable {
    /// Tags, of which one must be the HMAC of the message under a secret.
    case hmac([Tag], HashAlgorithm, key: KeyEncoding = .text)
    /// Ed25519 signatures, of which one must be a public key's, of the message.
    case ed25519([[UInt8]])
    /// A secret that was sent along. Nothing else of the request is proved.
    case token(SentToken)
    /// A token signed with one of the sender's published keys. Nothing else of the request is proved.
    case jwt(JSONWebToken)
}

/// The bytes that are signed.
package struct SignedMessage: Sendable {
    package enum Content: Sendable {
        case body
        /// The JSON text in the field `payload` where it came as a form or in a query, else the body.
        case payload
        /// Everything that is sent: the query of a GET, else the body. For senders that sign nothing.
        case whole
    }

    package var prefix: [UInt8]
    package var content: Content
    package var suffix: [UInt8]

    package init(prefix: [UInt8] = [], _ content: Content = .body, suffix: [UInt8] = []) {
        self.prefix = prefix
        self.content = content
        self.suffix = suffix
    }

    func content(of request: Request) -> [UInt8]? {
        switch content {
        case .body: request.body
        case .payload: request.payloadText
        case .whole: request.head.method == "GET" ? Array(request.head.query.utf8) : request.body
        }
    }

    /// All of it. Nil when the request does not have the content.
    func bytes(of request: Request) -> [UInt8]? {
        content(of: request).map { prefix.isEmpty && suffix.isEmpty ? $0 : prefix + $0 + suffix }
    }
}

/// A secret that was sent along with a request.
package struct SentToken: Sendable {
    package enum Place: Sendable {
        /// Found in a header already.
        case found(String)
        /// In a field of the body or, for a GET, of the query.
        case field(String)
    }

    package var place: Place
    /// What stands before the secret: the user's name in `Authorization: Basic`.
    package var prefix: String
    /// Which secrets may be sent.
    package var encoding: KeyEncoding

    package init(_ place: Place, prefix: String = "", encoding: KeyEncoding = .text) {
        self.place = place
        self.prefix = prefix
        self.encoding = encoding
    }
}
