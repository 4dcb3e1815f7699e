import Signatures
import Testing

@Suite("Tags")
struct TagTests {
    private static func secret(_ text: String) throws -> Secret {
        try #require(Secret(text.utf8, reference: .environment("SECRET")))
    }

    /// docs.github.com, "Validating webhook deliveries", and the tests of octokit/webhooks-methods.js.
    @Test(
        "The vectors that GitHub publishes",
        arguments: [
            (
                "It's a Secret to Everybody", "Hello, World!",
                "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
            ),
            ("mysecret", #"{"foo":"bar"}"#, "4864d2759938a15468b5df9ade20bf161da9b4f737ea61794142f3484236bda3"),
            ("secret", "data", "1b2c16b75bd2a870c114153ccda5bcfca63314bc722fa160d690de133ccbb9db"),
            (
                "development",
                #"{"foo":"Foo\n\u001B[34mbar: ♥♥♥♥♥♥♥♥\nthis-is-lost\u001B[0m\u001B[2K"}"#,
                "afecc3caa27548bb90d51a50384cb2868b9a3327b4ad6a01c9bd4ed0f8b0b12c"
            ),
            ("development", #"{"foo":"\\u001b"}"#, "6f8326efbacfbd04e870cea25b5652e635be8c9807f2fd5348ef60753c9e96ed"),
        ])
    func github(_ secret: String, _ body: String, _ tag: String) throws {
        let sent = try #require(Tag(hex: tag, .sha256))
        #expect(Tag(.sha256, of: body.utf8, key: try Self.secret(secret)).matches(sent))
        #expect(!Tag(.sha256, of: (body + " ").utf8, key: try Self.secret(secret)).matches(sent))
        #expect(!Tag(.sha256, of: body.utf8, key: try Self.secret(secret + " ")).matches(sent))
    }

    @Test("Either case of hexadecimal is the same tag")
    func upperCase() throws {
        let text = "757107EA0EB2509FC211221CCE984B8A37570B6D7586C22C46F4379C8B043E17"
        let (upper, lower) = (Tag(hex: text, .sha256), Tag(hex: text.lowercased(), .sha256))
        #expect(try #require(upper).matches(try #require(lower)))
    }

    @Test("Only the digest's own length is a tag", arguments: HashAlgorithm.allCases)
    func length(_ algorithm: HashAlgorithm) throws {
        for bytes in 0...80 {
            let text = [UInt8](repeating: 0xAB, count: bytes)
            let isWhole = bytes == algorithm.digestSize
            #expect((Tag(hex: Hex.encode(text), algorithm) != nil) == isWhole, "\(bytes) bytes of hexadecimal")
            #expect((Tag(base64: Base64.encode(text), algorithm) != nil) == isWhole, "\(bytes) bytes of base64")
        }
    }

    @Test(
        "A tag that is not hexadecimal is none",
        arguments: [
            "", "sha256=" + String(repeating: "a", count: 64), String(repeating: "a", count: 63) + "g",
            String(repeating: "a", count: 63), "+" + String(repeating: "a", count: 63),
            " " + String(repeating: "a", count: 63), String(repeating: "a", count: 64) + "==",
            String(repeating: "a", count: 64) + "\n",
        ])
    func malformed(_ text: String) {
        #expect(Tag(hex: text, .sha256) == nil)
    }

    @Test("A base64 tag with other trailing bits is none")
    func base64Neighbour() {
        #expect(Tag(base64: "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=", .sha256) != nil)
        #expect(Tag(base64: "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OF=", .sha256) == nil)
        #expect(Tag(base64: "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE", .sha256) == nil)
    }

    @Test("A tag that differs in one bit, wherever it is, does not match")
    func oneBit() throws {
        let bytes = Array(UInt8(0)..<32)
        let tag = try #require(Tag(hex: Hex.encode(bytes), .sha256))
        #expect(tag.matches(tag))
        for position in bytes.indices {
            for bit in 0..<8 {
                var other = bytes
                other[position] ^= 1 << UInt8(bit)
                let changed = try #require(Tag(hex: Hex.encode(other), .sha256))
                #expect(!tag.matches(changed), "byte \(position), bit \(bit)")
            }
        }
    }

    @Test("A tag of another length does not match, although one begins like the other")
    func otherLength() throws {
        let digits = String(repeating: "5a", count: 64)
        let short = try #require(Tag(hex: digits.prefix(40), .sha1))
        let middle = try #require(Tag(hex: digits.prefix(64), .sha256))
        let long = try #require(Tag(hex: digits, .sha512))
        #expect(!short.matches(middle) && !middle.matches(short))
        #expect(!middle.matches(long) && !long.matches(middle))
    }

    @Test("An empty message has a tag as well")
    func emptyMessage() throws {
        let tag = Tag(.sha256, of: [], key: try Self.secret("secret"))
        #expect(tag.hex == "f9e66e179b6747ae54108f82f8ade8b3c25d76fd30afde6c395822c530196169")
    }
}
