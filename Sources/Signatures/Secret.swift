import COpenSSL

/// Where a secret is kept. Configuration holds references only, so that it can be shown and committed.
package enum SecretReference: Sendable, Hashable, CustomStringConvertible {
    /// An environment variable.
    case environment(String)
    /// A file; its whole content is the secret, but for line ends at its end.
    case file(String)

    /// Reads `env:NAME` or `file:/path`. Nil for anything else, above all for a secret written in place.
    package init?(_ text: String) {
        if let name = text.droppingPrefix("env:"), !name.isEmpty {
            self = .environment(name)
        } else if let path = text.droppingPrefix("file:"), !path.isEmpty {
            self = .file(path)
        } else {
            return nil
        }
    }

    package var description: String {
        switch self {
        case .environment(let name): "env:\(name)"
        case .file(let path): "file:\(path)"
        }
    }
}

/// The value of a secret, never empty, never printed.
package struct Secret: Sendable {
    /// How the operator wrote it: tells live secrets apart without telling them.
    package let reference: SecretReference
    private let bytes: [UInt8]

    /// A secret's value with CR and LF at its end dropped, as editors and `echo` add them. Nil when nothing but blanks is
    /// left.
    package init?(_ value: some Sequence<UInt8>, reference: SecretReference) {
        var bytes = Array(value)
        while let last = bytes.last, last == UInt8(ascii: "\n") || last == UInt8(ascii: "\r") { bytes.removeLast() }
        guard bytes.contains(where: { $0 > UInt8(ascii: " ") }) else { return nil }
        self.bytes = bytes
        self.reference = reference
    }

    private init(exactly bytes: [UInt8], reference: SecretReference) {
        self.bytes = bytes
        self.reference = reference
    }

    /// A secret of 32 random bytes by OpenSSL, for samples that nobody outside the process is to verify. Its 64
    /// digits are a key as text, as hexadecimal and as base64 alike.
    package static func throwaway() -> Secret {
        var bytes = [UInt8](repeating: 0, count: 32)
        precondition(RAND_bytes(&bytes, Int32(bytes.count)) == 1, "OpenSSL has no randomness")
        return Secret(exactly: Array(Hex.encode(bytes).utf8), reference: .environment("THROWAWAY"))
    }

    /// The key that this secret's text stands for. Nil when it is not that encoding, or stands for no bytes.
    package func decoded(as encoding: KeyEncoding) -> Secret? {
        let text = String(decoding: bytes, as: UTF8.self)
        let key: [UInt8]? =
            switch encoding {
            case .text: bytes
            case .hex: Hex.decode(text)
            case .base64: Base64.decode(text)
            case .signingToken: isSigningToken ? Base64.decode(Base64.padded(text.dropFirst(6))) : nil
            case .whsec: Base64.decode(Base64.padded(isSigningToken ? text.dropFirst(6) : text[...]))
            case .plainToken: isSigningToken ? nil : bytes
            }
        guard let key, !key.isEmpty else { return nil }
        return Secret(exactly: key, reference: reference)
    }

    /// Whether this is a signing token of Standard Webhooks, as GitLab has them too.
    package var isSigningToken: Bool { bytes.starts(with: Array("whsec_".utf8)) }

    /// The same with more at its end.
    func adding(_ more: [UInt8]) -> Secret { Secret(exactly: bytes + more, reference: reference) }

    /// The same without blanks around it. Nil when there are none.
    var trimmed: Secret? {
        let isBlank: (UInt8) -> Bool = { $0 <= UInt8(ascii: " ") }
        let rest = bytes.drop(while: isBlank).reversed().drop(while: isBlank).reversed()
        return rest.count < bytes.count ? Secret(exactly: Array(rest), reference: reference) : nil
    }

    /// Lends the bytes for one call of OpenSSL.
    func withBytes<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { pointer in body(pointer) }
    }

    /// The text of a secret that is sent as it is: a token in an `Authorization` header. Never to be logged.
    package var exposedText: String { String(decoding: bytes, as: UTF8.self) }

    /// A name for the value that does not tell it: lets equal secrets be found.
    package var fingerprint: String { Fingerprint.sha256(bytes) }
}

/// How the text of a secret stands for the bytes of a key.
package enum KeyEncoding: String, Sendable, CaseIterable {
    case text, base64, hex
    /// Standard Webhooks: base64 after `whsec_`, which some leave out, as they do with the padding.
    case whsec
    /// The same, but what has no `whsec_` is no key.
    case signingToken
    /// Text that is no signing token.
    case plainToken

    /// Those that an operator can ask for; the others belong to one kind of sender each.
    package static let allCases: [KeyEncoding] = [.text, .base64, .hex]
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted \(reference)>" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension String {
    fileprivate func droppingPrefix(_ prefix: String) -> String? {
        hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
    }
}

extension Secret {
    /// Whether a text that a caller gave is this secret. Both are signed with a key of this process alone, so that it
    /// is tags that are compared, in constant time, and not texts of different lengths.
    ///
    /// - Parameter prefix: what stands before the secret in such a text: the user's name in `Authorization: Basic`.
    package func isEqual(to text: some StringProtocol, after prefix: String = "") -> Bool {
        let key = Secret.throwaway()
        let expected = Tag(.sha256, of: Array(prefix.utf8) + bytes, key: key)
        return Tag(.sha256, of: Array(text.utf8), key: key).matches(expected)
    }
}
