import Signatures
import Testing

/// Testing has a `Tag` of its own.
typealias Tag = Signatures.Tag

/// An HMAC that somebody published: key and message in hexadecimal.
struct PublishedMAC: Sendable, CustomTestStringConvertible {
    var name: String
    var algorithm: HashAlgorithm
    var key: String
    var message: String
    var tag: String

    var testDescription: String { name }

    /// A key of any bytes, which a secret's text could not hold.
    func secret() throws -> Secret {
        let text = try #require(Secret(key.utf8, reference: .environment("KEY")))
        return try #require(text.decoded(as: .hex))
    }

    func computed() throws -> Tag { Tag(algorithm, of: try #require(Hex.decode(message)), key: try secret()) }
}

@Suite("The HMACs of the RFCs")
struct HMACVectorTests {
    @Test("RFC 4231 and RFC 2202", arguments: all)
    func published(_ vector: PublishedMAC) throws {
        let computed = try vector.computed()
        #expect(computed.hex == vector.tag)
        #expect(computed.matches(try #require(Tag(hex: vector.tag, vector.algorithm))))
        let bytes = try #require(Hex.decode(vector.tag))
        #expect(computed.base64 == Base64.encode(bytes))
        #expect(computed.matches(try #require(Tag(base64: Base64.encode(bytes), vector.algorithm))))
    }

    @Test("One bit more or less in the message is another tag", arguments: all)
    func otherMessage(_ vector: PublishedMAC) throws {
        var message = try #require(Hex.decode(vector.message))
        message[0] ^= 1
        let other = Tag(vector.algorithm, of: message, key: try vector.secret())
        #expect(!other.matches(try vector.computed()))
    }

    /// RFC 4231 §4.6: the first 128 bits are a valid tag there, but never here.
    @Test("A truncated tag is none")
    func truncated() {
        #expect(Tag(hex: "a3b6167473100ee06e0c796c2955552b", .sha256) == nil)
    }

    private static let all = rfc2202 + rfc4231

    private static func ascii(_ text: String) -> String { Hex.encode(text.utf8) }

    private static func times(_ count: Int, _ byte: String) -> String { String(repeating: byte, count: count) }

    private static let long = ascii(
        "This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed "
            + "before being used by the HMAC algorithm.")

    private static let rfc4231: [PublishedMAC] = [
        .init(
            name: "§4.2, SHA-256", algorithm: .sha256, key: times(20, "0b"), message: ascii("Hi There"),
            tag: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        .init(
            name: "§4.2, SHA-512", algorithm: .sha512, key: times(20, "0b"), message: ascii("Hi There"),
            tag: "87aa7cdea5ef619d4ff0b4241a1d6cb02379f4e2ce4ec2787ad0b30545e17cde"
                + "daa833b7d6b8a702038b274eaea3f4e4be9d914eeb61f1702e696c203a126854"),
        .init(
            name: "§4.3, a key shorter than the digest, SHA-256", algorithm: .sha256, key: ascii("Jefe"),
            message: ascii("what do ya want for nothing?"),
            tag: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        .init(
            name: "§4.4, SHA-256", algorithm: .sha256, key: times(20, "aa"), message: times(50, "dd"),
            tag: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        .init(
            name: "§4.7, a key longer than a block, SHA-256", algorithm: .sha256, key: times(131, "aa"),
            message: ascii("Test Using Larger Than Block-Size Key - Hash Key First"),
            tag: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        .init(
            name: "§4.8, key and message longer than a block, SHA-256", algorithm: .sha256, key: times(131, "aa"),
            message: long, tag: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
        .init(
            name: "§4.8, SHA-512", algorithm: .sha512, key: times(131, "aa"), message: long,
            tag: "e37b6a775dc87dbaa4dfa9f96e5e3ffddebd71f8867289865df5a32d20cdc944"
                + "b6022cac3c4982b10d5eeb55c3e4de15134676fb6de0446065c97440fa8c6a58"),
    ]

    private static let rfc2202: [PublishedMAC] = [
        .init(
            name: "RFC 2202, SHA-1, 1", algorithm: .sha1, key: times(20, "0b"), message: ascii("Hi There"),
            tag: "b617318655057264e28bc0b6fb378c8ef146be00"),
        .init(
            name: "RFC 2202, SHA-1, 7", algorithm: .sha1, key: times(80, "aa"),
            message: ascii("Test Using Larger Than Block-Size Key and Larger Than One Block-Size Data"),
            tag: "e8e99d0f45237d786d6bbaa7965c7808bbff1a91"),
    ]
}
