import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

@Suite("Microsoft Teams")
struct TeamsTests {
    private let provider = Teams()
    private static let token = "a2V5IQ=="

    private func request(_ body: String, _ authorization: String? = nil) throws -> Request {
        let key = try #require(try Secret.of(Self.token).decoded(as: .base64))
        let tag = Tag(.sha256, of: Array(body.utf8), key: key)
        return Request(
            [
                ("Content-Type", "application/json; charset=utf-8"),
                ("Authorization", authorization ?? "HMAC \(tag.base64)"),
            ],
            body.utf8)
    }

    private func message(_ text: String) -> String {
        #"""
        {"type":"message","id":"1481567603816","text":"\#(text)","from":{"id":"29:1XJK","name":"Mike","aadObjectId":"aad-7"},
         "conversation":{"id":"19:253b;messageid=1481567603816"},
         "channelData":{"channel":{"id":"19:253b"},"team":{"id":"19:712c"}}}
        """#
    }

    @Test(
        "A message is read without the mention and without HTML",
        arguments: [
            "<at>Bridge</at> deploy web &amp; x", "<at>Bridge</at>&nbsp;deploy web &amp; x\\n",
            "<p><at id=\\\"0\\\">Bridge</at>&nbsp;deploy <b>web</b> &amp; x</p>", "deploy web &amp; x",
        ])
    func reads(_ text: String) throws {
        let event = try provider.event(try request(message(text)), by: .of(Self.token))
        #expect(event.name == "message" && event.senderID == "1481567603816")
        #expect(event.command == ChatCommand(command: "deploy", text: "web & x"))
        #expect(event.user == Party(id: "aad-7", name: "Mike"))
        #expect(event.channel?.id == "19:253b" && event.team?.id == "19:712c")
    }

    @Test("Another's mention stays, and without channel data the conversation is the channel")
    func others() throws {
        let later = try provider.event(try request(message("deploy <at>Ann</at>")), by: .of(Self.token))
        #expect(later.command == ChatCommand(command: "deploy", text: "Ann"))
        let bare = try provider.event(
            try request(#"{"type":"message","text":"<at>B</at>","from":{"id":"29:1"},"conversation":{"id":"c"}}"#),
            by: .of(Self.token))
        #expect(bare.command == nil && bare.user?.id == "29:1" && bare.channel?.id == "c" && bare.team == nil)
    }

    /// The body is signed as it lies: OpenSSL's `printf '{"type":"message"}' | openssl dgst -sha256 -hmac 'key!'`.
    @Test("The tag is OpenSSL's, in base64 under the decoded token")
    func vector() throws {
        let tag = try #require(Hex.decode(Self.opensslTag))
        let signed = try request(#"{"type":"message"}"#, "HMAC \(Base64.encode(tag))")
        #expect(try provider.event(signed, by: .of(Self.token)).name == "message")
    }

    private static let opensslTag = "b8612722e958cd4c43f1bb382a9f342e424421727cf5ab7052ed45c2aa8797de"

    /// 32 bytes.
    private static let zeros = String(repeating: "A", count: 43) + "="

    @Test(
        "Another form is refused",
        arguments: [
            "hmac \(zeros)", "Sent \(zeros)", "HMAC \(zeros)x", "HMAC", "HMAC ", "HMAC AAAA", "Bearer x", "HMAC  x",
            String(repeating: "A", count: 44),
        ])
    func badHeader(_ value: String) throws {
        let head = try request("{}", value).head
        #expect(throws: VerificationFailure.malformedHeader("Authorization")) {
            try provider.claim(in: head, tolerance: .seconds(300))
        }
    }

    @Test("The token itself is no key, and a changed body is not proved")
    func wrong() throws {
        let tag = Tag(.sha256, of: Array("{}".utf8), key: try .of(Self.token))
        let asText = try request("{}", "HMAC \(tag.base64)")
        #expect(throws: VerificationFailure.mismatch) { try provider.read(asText, by: .of(Self.token)) }
        var changed = try request("{}")
        changed.body.append(32)
        #expect(throws: VerificationFailure.mismatch) { try provider.read(changed, by: .of(Self.token)) }
    }

    @Test("JSON that is no activity is malformed, and ids are a conversation's own")
    func malformed() throws {
        #expect(throws: NotUnderstood.self) { try provider.read(try request("{}"), by: .of(Self.token)) }
        #expect(provider.traits.dedupe == .body && provider.traits.secretEncodings == [.base64])
    }
}
