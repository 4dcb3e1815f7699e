package import FoundationEssentials
package import Signatures

/// One configured sender.
package struct Source: Sendable {
    /// The last part of its URL.
    package var name: String
    package var provider: any Provider
    package var credentials: Credentials
    /// Where its senders may be. Empty for anywhere.
    package var allowFrom: [AddressRange] = []
    /// How far a signed time may be from ours, on both sides.
    package var tolerance: Duration = .seconds(300)
    /// How long the sender may be kept waiting.
    package var replyWithin: Duration
    package var dedupe: DedupePolicy
    package var dedupeWindow: Duration
    /// The largest body taken, in bytes.
    package var bodyLimit: Int
    package var failureStatus: Int
    package var audience: ReplyWishes.Audience = .caller

    package init(
        name: String, provider: any Provider, credentials: Credentials, dedupe: DedupePolicy, bodyLimit: Int
    ) {
        self.name = name
        self.provider = provider
        self.credentials = credentials
        self.dedupe = dedupe
        self.bodyLimit = bodyLimit
        replyWithin = provider.traits.replyWithin
        dedupeWindow = provider.traits.dedupeWindow
        failureStatus = provider.traits.failureStatus
    }

    /// A sample as this source's sender would send it. A sender with a key pair of its own is stood in for by `key`;
    /// nil without one.
    package func sign(_ sample: Sample, with key: PrivateKey? = nil, at time: Date) -> Request? {
        let key = key.map { SigningKey.privateKey($0) } ?? credentials.secrets.first.map { .secret($0) }
        return key.map { provider.sign(sample, with: $0, at: time) }
    }

    /// A sample, proved with throwaway credentials in the place of the source's: nothing else differs from the real
    /// thing.
    func proved(_ sample: Sample, at time: Date) throws(VerificationFailure) -> VerifiedRequest {
        let (credentials, key) = Credentials.throwaway(provider.traits.provenBy)
        let request = provider.sign(sample, with: key, at: time)
        return try Verifier(credentials).verify(try provider.claim(in: request.head, tolerance: tolerance), request)
    }

    /// Whether a request from this address may be looked at.
    func allows(_ client: String) -> Bool { allowFrom.isEmpty || allowFrom.contains { $0.contains(client) } }
}
