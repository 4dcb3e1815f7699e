import Signatures
import Testing

@Suite("Hexadecimal is strict")
struct HexTests {
    @Test(
        "Two digits of either case are one byte",
        arguments: [
            ("", []), ("00", [0]), ("ff", [255]), ("FF", [255]), ("fF0a", [255, 10]),
            ("0123456789abcdefABCDEF", [1, 0x23, 0x45, 0x67, 0x89, 0xab, 0xcd, 0xef, 0xab, 0xcd, 0xef]),
        ] as [(String, [UInt8])])
    func decodes(_ text: String, _ bytes: [UInt8]) {
        #expect(Hex.decode(text) == bytes)
    }

    @Test(
        "Anything else is no hexadecimal text",
        arguments: [
            "0", "abc", "+f", "-1", "f+", " f", "f ", "0x", "0g", "g0", "/0", ":0", "@0", "`0", "G0", "0١", "é", "ﬀ",
            "\n0",
        ])
    func refuses(_ text: String) {
        #expect(Hex.decode(text) == nil)
    }

    @Test("What is encoded is lower-case, and comes back")
    func roundTrip() {
        let bytes = Array(UInt8.min...UInt8.max)
        let text = Hex.encode(bytes)
        #expect(text.utf8.count == 512)
        #expect(text.hasPrefix("000102") && text.hasSuffix("fdfeff"))
        #expect(Hex.decode(text) == bytes)
        #expect(Hex.decode(text.uppercased()) == bytes)
    }

    @Test("A part of a text is decoded as a text is")
    func substring() {
        #expect(Hex.decode("sha256=0aff".dropFirst(7)) == [10, 255])
    }
}

@Suite("Base64 is strict")
struct Base64Tests {
    /// RFC 4648 §10.
    @Test(
        "The vectors of RFC 4648",
        arguments: [
            ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ])
    func vectors(_ plain: String, _ encoded: String) {
        #expect(Base64.encode(Array(plain.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    private static let tag = "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="

    @Test("The tag of the Standard Webhooks specification is taken")
    func published() {
        #expect(Base64.decode(Self.tag)?.count == 32)
    }

    /// A lax decoder drops the trailing bits and takes all of these for the one above.
    @Test("Its neighbours in the last letter are refused", arguments: ["OF=", "OG=", "OH="])
    func trailingBits(_ ending: String) {
        #expect(Base64.decode(Self.tag.dropLast(3) + ending) == nil)
    }

    @Test(
        "Unpadded, URL-safe, broken and spaced texts are refused",
        arguments: [
            "Zg", "Zg=", "Zg===", "Zm8", "Zm9vYg", "Z", "=", "====", "Zg==Zg==", "Zm9v\n", "Zm9v\r\n", " Zm9v", "Zm 9v",
            "g0hM9SsE-OTPJTGt_tmIKtSyZlE3uFJELVlNIOLJ1OE=", "Zm9v!", "Zh==", "Zé==",
        ])
    func refuses(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }
}

@Suite("Fingerprints")
struct FingerprintTests {
    /// FIPS 180-2, appendix B.1, and the digest of no bytes.
    @Test(
        "Are SHA-256",
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        ])
    func vectors(_ text: String, _ digest: String) {
        #expect(Fingerprint.sha256(text.utf8) == digest)
    }
}
