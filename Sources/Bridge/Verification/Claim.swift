package import FoundationEssentials
package import Signatures

/// What a request's headers claim, still to be checked against the body: made by a provider, checked by the verifier.
package struct Claim: Sendable {
    /// The tag that the sender sent.
    package var tag: Tag
    package var algorithm: HashAlgorithm
    /// How the text of a secret stands for the key.
    package var key: KeyEncoding
    /// The bytes signed before and after the body.
    package var prefix: [UInt8]
    package var suffix: [UInt8]
    /// What is signed besides the body and the time: with the body it tells two deliveries apart.
    package var identity: [UInt8]

    package init(
        tag: Tag, algorithm: HashAlgorithm, key: KeyEncoding = .text, prefix: [UInt8] = [], suffix: [UInt8] = [],
        identity: [UInt8] = []
    ) {
        self.tag = tag
        self.algorithm = algorithm
        self.key = key
        self.prefix = prefix
        self.suffix = suffix
        self.identity = identity
    }

    /// Whether the body, signed with this secret, gives the tag.
    func holds(for body: [UInt8], secret: Secret) -> Bool {
        guard let key = secret.decoded(as: key) else { return false }
        let message = prefix.isEmpty && suffix.isEmpty ? body : prefix + body + suffix
        return tag.matches(Tag(algorithm, of: message, key: key))
    }
}

/// A signed time, as text of whole seconds (or milliseconds) since 1970.
package enum SignedTime {
    /// Checks that a signed time is within `tolerance` of `now`, on both sides.
    ///
    /// Only digits, at most 15 of them, are a time: no sign, no fraction, no blanks.
    package static func check(
        _ text: String, header: String, unitsPerSecond: Int64 = 1, now: Date, tolerance: Duration
    ) throws(VerificationFailure) {
        guard (1...15).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            let value = Int64(text)
        else { throw .malformedHeader(header) }
        let ahead = Double(value) / Double(unitsPerSecond) - now.timeIntervalSince1970
        guard abs(ahead) <= tolerance.seconds else { throw .staleTimestamp(seconds: Int64(ahead.rounded())) }
    }
}
