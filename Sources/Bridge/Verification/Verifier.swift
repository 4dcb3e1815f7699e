import Signatures

/// A request whose sender is proved. Only ``Verifier`` makes one, and the journal's copies go through it too.
package struct VerifiedRequest: Sendable {
    package let request: Request
    /// What verified it. Nil for a request read back from the journal.
    package let credential: CredentialName?

    fileprivate init(request: Request, credential: CredentialName?) {
        self.request = request
        self.credential = credential
    }
}

/// Checks what a provider found in the head against the rest of a request and every live credential of a source.
package struct Verifier: Sendable {
    private let credentials: Credentials

    /// - Parameter credentials: never empty: a source that nobody could be verified for is refused when the
    ///   configuration is read.
    package init(_ credentials: Credentials) {
        precondition(!credentials.isEmpty, "a source without credentials can verify nothing")
        self.credentials = credentials
    }

    /// Proves a request. Tries every proof under every credential, without an early exit.
    package func verify(_ claim: Claim, _ request: Request) throws(VerificationFailure) -> VerifiedRequest {
        var verified: CredentialName?
        for proof in claim.proofs {
            let found = try credential(proof, claim.message, request)
            verified = verified ?? found
        }
        guard let verified else { throw .mismatch }
        return VerifiedRequest(request: request, credential: verified)
    }

    /// Takes a request back from the journal, which holds none but verified ones.
    package static func restore(_ recorded: Delivery) -> VerifiedRequest {
        let head = RequestHead(
            method: recorded.method, query: recorded.query, headers: recorded.headers, receivedAt: recorded.receivedAt)
        return VerifiedRequest(request: Request(head: head, body: recorded.body), credential: nil)
    }

    private func credential(
        _ proof: Proof, _ message: SignedMessage, _ request: Request
    ) throws(VerificationFailure) -> CredentialName? {
        switch proof {
        case .hmac(let tags, let algorithm, let encoding):
            return signer(tags, algorithm, encoding, of: try bytes(message, request))
        case .ed25519(let signatures): return signer(signatures, of: try bytes(message, request))
        case .token(let token): return try holder(of: token, request)
        case .jwt(let token): return try signer(of: token)
        }
    }

    private func bytes(_ message: SignedMessage, _ request: Request) throws(VerificationFailure) -> [UInt8] {
        guard let bytes = message.bytes(of: request) else { throw .missingField("payload") }
        return bytes
    }

    private func signer(
        _ tags: [Tag], _ algorithm: HashAlgorithm, _ encoding: KeyEncoding, of message: [UInt8]
    ) -> CredentialName? {
        var signer: CredentialName?
        for (position, secret) in credentials.secrets.enumerated() {
            guard let key = secret.decoded(as: encoding) else { continue }
            let computed = Tag(algorithm, of: message, key: key)
            for tag in tags where tag.matches(computed) { signer = signer ?? name(of: secret, position) }
        }
        return signer
    }

    private func signer(_ signatures: [[UInt8]], of message: [UInt8]) -> CredentialName? {
        var signer: CredentialName?
        for (position, key) in credentials.publicKeys.enumerated() {
            for signature in signatures where key.verifies(signature, of: message) {
                signer = signer ?? CredentialName(position: position, name: key.name)
            }
        }
        return signer
    }

    private func holder(of token: SentToken, _ request: Request) throws(VerificationFailure) -> CredentialName? {
        let text: String
        switch token.place {
        case .found(let found): text = found
        case .field(let name): text = try request.decidingField(name)
        }
        var holder: CredentialName?
        for (position, secret) in credentials.secrets.enumerated() where secret.decoded(as: token.encoding) != nil {
            if secret.isEqual(to: text, after: token.prefix) { holder = holder ?? name(of: secret, position) }
        }
        return holder
    }

    private func signer(of token: JSONWebToken) throws(VerificationFailure) -> CredentialName? {
        guard let key = credentials.published?.key(token.keyID) else { throw .unknownKey }
        guard key.verifies(token.signature, of: token.signed) else { return nil }
        return CredentialName(position: 0, name: token.keyID)
    }

    private func name(of secret: Secret, _ position: Int) -> CredentialName {
        CredentialName(position: position, name: "\(secret.reference)")
    }
}
