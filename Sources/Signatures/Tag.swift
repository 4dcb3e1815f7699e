import COpenSSL

/// An authentication tag: what a sender put into a header, or what we computed to compare with it.
///
/// It is deliberately not `Equatable`: ``matches(_:)`` is the only comparison there is, and it takes the same time
/// wherever two tags differ.
package struct Tag: Sendable {
    private let bytes: [UInt8]

    /// The HMAC (RFC 2104) of `message` under `key`, by OpenSSL.
    package init(_ algorithm: HashAlgorithm, of message: some Collection<UInt8>, key: Secret) {
        let message = Array(message)
        var digest = [UInt8](repeating: 0, count: algorithm.digestSize)
        var length: UInt32 = 0
        let done = key.withBytes { key in
            HMAC(algorithm.evp, key.baseAddress, Int32(key.count), message, message.count, &digest, &length)
        }
        // OpenSSL fails here only for want of memory.
        precondition(done != nil && length == algorithm.digestSize, "OpenSSL could not compute an HMAC")
        bytes = digest
    }

    /// A tag of exactly the length of the algorithm's digest, in hexadecimal of either case. Nil for anything else.
    package init?(hex text: some StringProtocol, _ algorithm: HashAlgorithm) {
        guard let bytes = Hex.decode(text), bytes.count == algorithm.digestSize else { return nil }
        self.bytes = bytes
    }

    /// A tag of exactly the length of the algorithm's digest, in strict base64 (RFC 4648 §4). Nil for anything else.
    package init?(base64 text: some StringProtocol, _ algorithm: HashAlgorithm) {
        guard let bytes = Base64.decode(text), bytes.count == algorithm.digestSize else { return nil }
        self.bytes = bytes
    }

    /// Whether both tags are the same, in a time that depends on their length alone.
    package func matches(_ other: Tag) -> Bool {
        bytes.count == other.bytes.count && !bytes.isEmpty && CRYPTO_memcmp(bytes, other.bytes, bytes.count) == 0
    }

    /// Lower-case hexadecimal, for signing samples.
    package var hex: String { Hex.encode(bytes) }

    /// Base64 with padding, for signing samples.
    package var base64: String { Base64.encode(bytes) }
}

extension Tag: CustomStringConvertible, CustomReflectable {
    /// A tag that we computed is as good as a password for its message: it is never printed.
    package var description: String { "<tag>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}

extension HashAlgorithm {
    fileprivate var evp: OpaquePointer? {
        switch self {
        case .sha1: EVP_sha1()
        case .sha256: EVP_sha256()
        case .sha512: EVP_sha512()
        }
    }
}
