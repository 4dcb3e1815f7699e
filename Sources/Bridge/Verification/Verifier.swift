package import Signatures

/// A request whose sender is proved. Only ``Verifier`` makes one, and the journal's copies go through it too.
package struct VerifiedRequest: Sendable {
    package let request: Request
    /// The position of the secret that verified, from 0. Nil for a request read back from the journal.
    package let secret: Int?

    fileprivate init(request: Request, secret: Int?) {
        self.request = request
        self.secret = secret
    }
}

/// Checks what a provider found in the headers against the body and every live secret of a source.
package struct Verifier: Sendable {
    private let secrets: [Secret]

    /// - Parameter secrets: every secret that is live, the newest first by custom. Never empty: a source without
    ///   secrets is refused when the configuration is read.
    package init(secrets: [Secret]) {
        precondition(!secrets.isEmpty, "a source without secrets can verify nothing")
        self.secrets = secrets
    }

    /// Proves a request, or throws ``VerificationFailure/mismatch``. Tries every secret, without an early exit.
    package func verify(_ claim: Claim, _ request: Request) throws(VerificationFailure) -> VerifiedRequest {
        var verified: Int?
        for (position, secret) in secrets.enumerated() where claim.holds(for: request.body, secret: secret) {
            verified = verified ?? position
        }
        guard let verified else { throw .mismatch }
        return VerifiedRequest(request: request, secret: verified)
    }

    /// Takes a request back from the journal, which holds none but verified ones.
    package static func restore(_ recorded: Delivery) -> VerifiedRequest {
        let head = RequestHead(
            method: recorded.method, query: recorded.query, headers: recorded.headers, receivedAt: recorded.receivedAt)
        return VerifiedRequest(request: Request(head: head, body: recorded.body), secret: nil)
    }
}
