import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("Slack's handshakes")
struct SlackHandshakeTests {
    private let provider = Slack()
    private static let form = ("Content-Type", "application/x-www-form-urlencoded")

    @Test("A check of the certificate is answered with an empty 200, unsigned as it comes")
    func certificateCheck() {
        let request = Request([Self.form], "ssl_check=1&token=x".utf8)
        #expect(provider.unsignedHandshake(request) == Reply(status: 200))
        #expect(provider.traits.unsignedHandshakeLimit > 0)
    }

    @Test(
        "Nothing else is answered unsigned",
        arguments: [
            "ssl_check=0", "ssl_check=", "ssl_check", "text=ssl_check%3D1", "", "ssl_check=1%zz", "SSL_CHECK=1",
        ])
    func nothingElse(_ body: String) {
        #expect(provider.unsignedHandshake(Request([Self.form], body.utf8)) == nil)
    }

    @Test("Nor is a body of another type")
    func otherType() {
        #expect(provider.unsignedHandshake(Request([("Content-Type", "text/plain")], "ssl_check=1".utf8)) == nil)
        let json = Request([("Content-Type", "application/json")], #"{"type":"url_verification","challenge":"x"}"#.utf8)
        #expect(provider.unsignedHandshake(json) == nil)
    }

    private func signed(_ type: String, _ body: String) throws -> Request {
        let tag = Tag(.sha256, of: Array("v0:1800000000:\(body)".utf8), key: try .of("secret"))
        return Request(
            [
                ("Content-Type", type), ("X-Slack-Request-Timestamp", "1800000000"),
                ("X-Slack-Signature", "v0=\(tag.hex)"),
            ], body.utf8)
    }

    @Test("A signed check of the certificate is answered as an unsigned one is")
    func signedCheck() throws {
        let request = try signed("application/x-www-form-urlencoded", "ssl_check=1")
        #expect(try provider.handshake(request, try .of("secret")) == Reply(status: 200))
    }

    /// DESIGN §7, handshakes.
    @Test("A signed verification of the URL is answered with its challenge")
    func urlVerification() throws {
        let challenge = "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"
        let request = try signed(
            "application/json", #"{"token":"x","challenge":"\#(challenge)","type":"url_verification"}"#)
        let reply = try provider.handshake(request, try .of("secret"))
        #expect(reply.status == 200)
        #expect(String(decoding: reply.body, as: UTF8.self).contains(challenge))
    }

    @Test("No other signed JSON is echoed", arguments: ["event_callback", "URL_VERIFICATION", ""])
    func otherJSON(_ type: String) throws {
        let request = try signed("application/json", #"{"type":"\#(type)","challenge":"x"}"#)
        let read = try? provider.read(request, try .of("secret"))
        if case .handshake(let reply) = read { Issue.record("answered with \(reply)") }
    }

    @Test("A verification of the URL that is not signed right is not answered")
    func forgedVerification() throws {
        let request = try signed("application/json", #"{"type":"url_verification","challenge":"x"}"#)
        #expect(throws: VerificationFailure.mismatch) { try provider.read(request, try .of("another")) }
    }
}
