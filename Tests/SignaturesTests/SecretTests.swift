import Signatures
import Testing

@Suite("Secrets")
struct SecretTests {
    private func secret(_ bytes: some Sequence<UInt8>) -> Secret? { Secret(bytes, reference: .environment("SECRET")) }

    @Test("A reference names an environment variable or a file")
    func references() {
        #expect(SecretReference("env:GITHUB_SECRET") == .environment("GITHUB_SECRET"))
        #expect(SecretReference("file:/run/secrets/builds") == .file("/run/secrets/builds"))
        #expect(SecretReference("file:a:b") == .file("a:b"))
    }

    @Test(
        "A secret written in place is no reference",
        arguments: [
            "", "hunter2", "env:", "file:", "ENV:NAME", "env", " env:NAME", "whsec_abc", "https://host/x",
            "environment:X",
        ])
    func noReference(_ text: String) {
        #expect(SecretReference(text) == nil)
    }

    @Test("A reference reads as it is written", arguments: ["env:NAME", "file:/a/b"])
    func referenceText(_ text: String) throws {
        #expect("\(try #require(SecretReference(text)))" == text)
    }

    @Test("An empty secret is none, nor is one of line ends only", arguments: ["", "\n", "\r\n", "\r\r\n\n"])
    func empty(_ text: String) {
        #expect(secret(text.utf8) == nil)
    }

    @Test(
        "Line ends at the end are dropped, and nothing else",
        arguments: [
            ("secret\n", "secret"), ("secret\r\n", "secret"), ("secret\n\n\r", "secret"), ("\nsecret", "\nsecret"),
            ("se\ncret\n", "se\ncret"), (" secret ", " secret "), ("secret\t\n", "secret\t"), ("s\u{0}\n", "s\u{0}"),
        ])
    func lineEnds(_ value: String, _ kept: String) throws {
        #expect(try #require(secret(value.utf8)).exposedText == kept)
    }

    @Test("A secret is a key by its text, its base64 or its hexadecimal")
    func encodings() throws {
        let key = Array("key!".utf8)
        for (encoding, text) in [(KeyEncoding.text, "key!"), (.hex, "6B657921"), (.base64, "a2V5IQ==")] {
            let decoded = try #require(secret(text.utf8)?.decoded(as: encoding), "\(encoding)")
            #expect(decoded.exposedText == "key!", "\(encoding)")
            #expect(Tag(.sha256, of: [1], key: decoded).matches(Tag(.sha256, of: [1], key: try #require(secret(key)))))
        }
    }

    @Test("Key bytes that look like a line end are kept")
    func keyEndsInLineEnd() throws {
        let decoded = try #require(secret("610d0a".utf8)?.decoded(as: .hex))
        #expect(decoded.exposedText == "a\r\n")
    }

    @Test(
        "A text that is not of the encoding is no key",
        arguments: [
            (KeyEncoding.hex, "abc"), (.hex, "zz"), (.hex, "+f"), (.hex, "ab cd"), (.base64, "a2V5IQ"),
            (.base64, "a2V5IR=="), (.base64, "a2V5_Q=="), (.base64, "="), (.base64, "a2V5\nIQ=="),
        ])
    func badKey(_ encoding: KeyEncoding, _ text: String) throws {
        #expect(try #require(secret(text.utf8)).decoded(as: encoding) == nil)
    }

    @Test("A secret keeps its reference through decoding")
    func keepsReference() throws {
        let made = try #require(Secret("6162".utf8, reference: .file("/run/key")))
        #expect(made.reference == .file("/run/key"))
        #expect(made.decoded(as: .hex)?.reference == .file("/run/key"))
    }

    @Test("Equal values have equal fingerprints, which are not the values")
    func fingerprint() throws {
        let (one, same, other) = (secret("a".utf8), secret("a\n".utf8), secret("b".utf8))
        #expect(try #require(one).fingerprint == #require(same).fingerprint)
        #expect(try #require(one).fingerprint != #require(other).fingerprint)
        #expect(try #require(one).fingerprint == Fingerprint.sha256("a".utf8))
    }

    @Test("A throwaway secret is new each time, and a key in every encoding")
    func throwaway() {
        let one = Secret.throwaway()
        #expect(one.exposedText != Secret.throwaway().exposedText)
        #expect(one.exposedText.utf8.count == 64)
        for encoding in KeyEncoding.allCases { #expect(one.decoded(as: encoding) != nil, "\(encoding)") }
    }

    @Test(
        "A text is equal to a secret only when all of it is",
        arguments: [
            ("token", true), ("toke", false), ("tokens", false), ("Token", false), ("", false), ("token\n", false),
        ])
    func isEqual(_ text: String, _ expected: Bool) throws {
        #expect(try #require(secret("token".utf8)).isEqual(to: text) == expected)
    }
}
