import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("The verifier")
struct VerifierTests {
    private let body = Array("Hello, World!".utf8)

    private func claim(_ secret: String, _ algorithm: HashAlgorithm = .sha256, of message: [UInt8]? = nil) throws
        -> Claim
    {
        Claim(.hmac([Tag(algorithm, of: message ?? body, key: try .of(secret))], algorithm))
    }

    private func verifier(_ secrets: String...) throws -> Verifier {
        Verifier(Credentials(secrets: try secrets.map { try Secret.of($0) }))
    }

    @Test("Any live secret proves a request, and the verified request tells which", arguments: ["new", "old", "older"])
    func rotation(_ secret: String) throws {
        let verified = try verifier("new", "old", "older").verify(try claim(secret), Request([], body))
        #expect(verified.credential?.position == ["new", "old", "older"].firstIndex(of: secret))
        #expect(verified.request.body == body)
    }

    @Test("No other secret does", arguments: ["New", "new ", "ne", "", "newold"])
    func otherSecret(_ secret: String) throws {
        // The tag under no key at all is what a verifier with an empty secret would compute.
        let tag =
            secret.isEmpty
            ? Tag(hex: "697b7d75e6025a67f1f051354e1ccd0e3a1897279359b3a5b77c0199bfe17003", .sha256)
            : Tag(.sha256, of: body, key: try .of(secret))
        let claim = Claim(.hmac([try #require(tag)], .sha256))
        #expect(throws: VerificationFailure.mismatch) { try verifier("new", "old").verify(claim, Request([], body)) }
    }

    @Test("Another body is not proved, were it one bit")
    func otherBody() throws {
        var changed = body
        changed[0] ^= 1
        let claim = try claim("new")
        for other in [changed, body + [10], Array(body.dropLast()), []] {
            #expect(throws: VerificationFailure.mismatch) { try verifier("new").verify(claim, Request([], other)) }
        }
    }

    @Test("The algorithm is the provider's: a tag of another one proves nothing", arguments: HashAlgorithm.allCases)
    func algorithm(_ algorithm: HashAlgorithm) throws {
        let tag = Tag(algorithm, of: body, key: try .of("new"))
        let claim = Claim(.hmac([tag], algorithm))
        #expect(try verifier("new").verify(claim, Request([], body)).credential?.position == 0)
        for other in HashAlgorithm.allCases where other != algorithm {
            let claim = Claim(.hmac([tag], other))
            #expect(throws: VerificationFailure.mismatch) { try verifier("new").verify(claim, Request([], body)) }
        }
    }

    @Test("What is signed before and after the body is part of the message")
    func prefixAndSuffix() throws {
        let message = Array("v0:1:".utf8) + body + Array(":end".utf8)
        var claim = try claim("new", of: message)
        #expect(throws: VerificationFailure.mismatch) { try verifier("new").verify(claim, Request([], body)) }
        claim.message = SignedMessage(prefix: Array("v0:1:".utf8), suffix: Array(":end".utf8))
        #expect(try verifier("new").verify(claim, Request([], body)).credential?.position == 0)
        claim.identity = Array("anything".utf8)
        #expect(
            try verifier("new").verify(claim, Request([], body)).credential?.position == 0,
            "the identity is not signed again")
    }

    @Test("A secret that is not of the claim's encoding proves nothing, and does not stop the others")
    func keyEncoding() throws {
        let tag = Tag(.sha256, of: body, key: try .of("key!"))
        var claim = Claim(.hmac([tag], .sha256, key: .base64))
        #expect(try verifier("not base64", "a2V5IQ==").verify(claim, Request([], body)).credential?.position == 1)
        claim = Claim(.hmac([tag], .sha256, key: .hex))
        #expect(try verifier("6b657921").verify(claim, Request([], body)).credential?.position == 0)
        #expect(throws: VerificationFailure.mismatch) { try verifier("key!").verify(claim, Request([], body)) }
    }

    @Test("No failure's words tell more than its kind")
    func words() throws {
        let failures: [VerificationFailure] = [
            .missingHeader("X"), .repeatedHeader("X"), .emptyHeader("X"), .malformedHeader("X"), .missingField("x"),
            .repeatedField("x"), .emptyField("x"), .staleTimestamp(seconds: -301), .wrongClaim("aud"), .unknownKey,
            .wrongAddress, .mismatch,
        ]
        #expect(Set(failures.map(\.reason)).count == failures.count)
        #expect("\(VerificationFailure.staleTimestamp(seconds: -301))" == "the signed time is 301 s behind ours")
        #expect("\(VerificationFailure.staleTimestamp(seconds: 301))" == "the signed time is 301 s ahead of ours")
    }
}
