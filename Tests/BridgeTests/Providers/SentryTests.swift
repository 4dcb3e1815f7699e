import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

@Suite("Sentry")
struct SentryTests {
    private let provider = Sentry()

    private func request(_ body: String, _ headers: [(String, String)] = []) throws -> Request {
        let tag = Tag(.sha256, of: Array(body.utf8), key: try .of("secret"))
        return Request(
            [("Content-Type", "application/json"), ("Sentry-Hook-Signature", tag.hex)] + headers, body.utf8)
    }

    @Test("An event is named by its header, and its time is not looked at")
    func event() throws {
        let event = try provider.event(
            try request(
                #"{"action":"created"}"#,
                [("Sentry-Hook-Resource", "issue"), ("Request-ID", "r1"), ("Sentry-Hook-Timestamp", "1")]),
            by: .of("secret"))
        #expect(event.name == "issue" && event.senderID == "r1" && event.payload.scalar("action") == "created")
        #expect(try provider.event(try request("{}"), by: .of("secret")).name == "webhook")
    }

    @Test("No body is a greeting, if the HMAC of nothing is right")
    func empty() throws {
        #expect(try provider.handshake(try request(""), by: .of("secret")) == Reply(status: 200))
        #expect(throws: VerificationFailure.mismatch) { try provider.read(try request(""), by: .of("other")) }
    }

    @Test("The header is there, and bare")
    func header() throws {
        let tag = Tag(.sha256, of: [], key: try .of("secret")).hex
        for value in ["sha256=\(tag)", String(tag.dropLast()), "x"] {
            let head = Request([("Sentry-Hook-Signature", value)], []).head
            #expect(throws: VerificationFailure.malformedHeader("Sentry-Hook-Signature")) {
                try provider.claim(in: head, tolerance: .seconds(300))
            }
        }
    }

    @Test("It answers in under a second, and never with an error")
    func traits() {
        #expect(provider.traits.replyWithin < .seconds(1) && provider.traits.failureStatus == 200)
        #expect(provider.traits.dedupe == .body && !provider.traits.isChat)
    }
}
