package import Signatures

/// A header with a tag in it: `X-Hub-Signature-256: sha256=` and hexadecimal digits.
package struct TagHeader: Sendable {
    package enum Encoding: String, Sendable, CaseIterable {
        case hex, base64
    }

    package var name: String
    /// What stands before the tag, letter for letter.
    package var prefix: String
    package var algorithm: HashAlgorithm
    package var encoding: Encoding

    package init(
        _ name: String, prefix: String = "", _ algorithm: HashAlgorithm = .sha256, encoding: Encoding = .hex
    ) {
        self.name = name
        self.prefix = prefix
        self.algorithm = algorithm
        self.encoding = encoding
    }

    /// The tag that a request carries: there once, whole, and of exactly this form.
    package func tag(in head: RequestHead) throws(VerificationFailure) -> Tag {
        let value = try head.headers.deciding(name)
        guard value.hasPrefix(prefix) else { throw .malformedHeader(name) }
        let text = value.dropFirst(prefix.count)
        let tag = encoding == .hex ? Tag(hex: text, algorithm) : Tag(base64: text, algorithm)
        guard let tag else { throw .malformedHeader(name) }
        return tag
    }

    /// The field that a sender would send.
    func field(_ message: [UInt8], key: Secret) -> (name: String, value: String) {
        let tag = Tag(algorithm, of: message, key: key)
        return (name, prefix + (encoding == .hex ? tag.hex : tag.base64))
    }
}
