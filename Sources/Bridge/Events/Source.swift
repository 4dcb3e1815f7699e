package import Signatures

/// One configured sender.
package struct Source: Sendable {
    /// The last part of its URL.
    package var name: String
    package var provider: any Provider
    package var secrets: [Secret]
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

    package init(name: String, provider: any Provider, secrets: [Secret], dedupe: DedupePolicy, bodyLimit: Int) {
        self.name = name
        self.provider = provider
        self.secrets = secrets
        self.dedupe = dedupe
        self.bodyLimit = bodyLimit
        replyWithin = provider.traits.replyWithin
        dedupeWindow = provider.traits.dedupeWindow
        failureStatus = provider.traits.failureStatus
    }

    /// The same source with a secret that nobody knows, for trying a sample on it.
    package func withThrowawaySecret() -> Source {
        var source = self
        source.secrets = [.throwaway()]
        return source
    }
}
