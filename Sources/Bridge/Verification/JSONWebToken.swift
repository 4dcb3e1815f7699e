import FoundationEssentials
package import Signatures

/// A token of RFC 7519 in compact form (RFC 7515 §7.1), signed with RS256: whoever signed, it is not proved yet.
package struct JSONWebToken: Sendable {
    /// Which of the sender's keys is said to have signed it.
    package let keyID: String
    let payload: Payload
    let signed: [UInt8]
    let signature: [UInt8]

    /// Nil when the text is no such token. No other algorithm is read, above all not `none` and no HMAC: the keys here
    /// are public, so anybody could sign with them.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, text.utf8.count <= 16 << 10, let head = Self.json(parts[0]),
            let body = Self.json(parts[1]), let signature = Base64.decodeURL(parts[2]), head.scalar("alg") == "RS256",
            head.scalars(at: [.name("crit"), .any]).isEmpty, let keyID = head.scalar("kid")
        else { return nil }
        self.keyID = keyID
        self.signature = signature
        payload = body
        signed = Array("\(parts[0]).\(parts[1])".utf8)
    }

    private static func json(_ part: Substring) -> Payload? {
        guard let bytes = Base64.decodeURL(part), let document = try? JSONDocument(bytes), document.root.isObject else {
            return nil
        }
        return .json(document)
    }

    /// The text of a claim.
    func claim(_ name: String) -> String? { payload.scalar(name) }

    /// Checks `exp`, and `iat` and `nbf` where they are there, with the same leeway on each side.
    func checkTimes(now: Date, leeway: Duration) throws(VerificationFailure) {
        guard let expiry = time("exp") else { throw .wrongClaim("exp") }
        let late = now.timeIntervalSince1970 - expiry
        guard late <= leeway.seconds else { throw .staleTimestamp(seconds: -Int64(clamping: late)) }
        for name in ["iat", "nbf"] {
            guard let start = time(name) else { continue }
            let early = start - now.timeIntervalSince1970
            guard early <= leeway.seconds else { throw .staleTimestamp(seconds: Int64(clamping: early)) }
        }
    }

    /// Seconds since 1970 (RFC 7519 §2, NumericDate).
    private func time(_ name: String) -> Double? { claim(name).flatMap(Double.init).flatMap { $0.isFinite ? $0 : nil } }

    /// A new token.
    ///
    /// - Parameters:
    ///   - keyID: for whom several keys come into question.
    ///   - key: of RSA.
    package static func sign(_ claims: some Encodable, keyID: String? = nil, with key: PrivateKey) -> String {
        var fields = ["alg": "RS256", "typ": "JWT"]
        fields["kid"] = keyID
        let head = Base64.encodeURL(WireJSON.encode(fields))
        let signed = head + "." + Base64.encodeURL(WireJSON.encode(claims))
        return signed + "." + Base64.encodeURL(key.sign(Array(signed.utf8)))
    }
}

extension Int64 {
    /// The nearest whole number that there is.
    fileprivate init(clamping value: Double) { self = Int64(value.rounded().clamped(to: -1e15...1e15)) }
}

extension Double {
    fileprivate func clamped(to range: ClosedRange<Double>) -> Double {
        Swift.min(Swift.max(self, range.lowerBound), range.upperBound)
    }
}
