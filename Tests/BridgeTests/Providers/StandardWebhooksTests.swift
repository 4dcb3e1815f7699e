import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

@Suite("Standard Webhooks")
struct StandardWebhooksTests {
    private let provider = StandardWebhooks()
    private static let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

    private func tag(_ body: String, id: String = "msg_1", secret: String = secret) throws -> String {
        let key = try #require(try Secret.of(secret).decoded(as: .whsec))
        return Tag(.sha256, of: Array("\(id).1800000000.\(body)".utf8), key: key).base64
    }

    private func request(
        _ body: String, _ signature: String? = nil, names: String = "webhook", type: String? = "application/json"
    ) throws -> Request {
        let signature = try signature ?? "v1,\(tag(body))"
        return Request(
            [("\(names)-id", "msg_1"), ("\(names)-timestamp", "1800000000"), ("\(names)-signature", signature)]
                + (type.map { [("Content-Type", $0)] } ?? []), body.utf8)
    }

    @Test("An event is named by its type, under either set of names", arguments: ["webhook", "svix", "Webhook"])
    func event(_ names: String) throws {
        let event = try provider.event(
            try request(#"{"type":"build.done","n":1}"#, names: names), by: .of(Self.secret))
        #expect(event.name == "build.done" && event.senderID == "msg_1" && event.payload.scalar("n") == "1")
        let (padless, bare) = ("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
        for secret in [padless, bare] {
            _ = try provider.event(try request("{}", names: names), by: .of(secret))
        }
    }

    @Test("Where both sets are there, the standard's decides")
    func bothSets() throws {
        var request = try request("{}")
        request.head.headers.add("svix-id", "other")
        request.head.headers.add("svix-timestamp", "1")
        request.head.headers.add("svix-signature", "v1,\(try tag("{}", id: "other"))")
        #expect(try provider.event(request, by: .of(Self.secret)).senderID == "msg_1")
        request.head.headers.set("webhook-signature", "v1,\(try tag("[]"))")
        #expect(throws: VerificationFailure.mismatch) { try provider.read(request, by: .of(Self.secret)) }
    }

    @Test("Any body is read as far as it has fields")
    func bodies() throws {
        let form = try provider.event(
            try request("type=done&a=1", type: "application/x-www-form-urlencoded"), by: .of(Self.secret))
        #expect(form.name == "done" && form.payload.scalar("a") == "1")
        for type in ["text/plain", nil] {
            let event = try provider.event(try request("{\"type\":\"x\"}", type: type), by: .of(Self.secret))
            #expect(event.name == "webhook" && event.payload.scalar("type") == nil)
        }
        #expect(throws: NotUnderstood.self) { try provider.read(try request("{"), by: .of(Self.secret)) }
    }

    @Test("Any signature of the list is enough, of either kind, and unknown ones are skipped")
    func list() throws {
        let right = try tag("{}")
        let wrong = try tag("[]")
        let key = PrivateKey.throwaway(.ed25519)
        let signature = Base64.encode(key.sign(Array("msg_1.1800000000.{}".utf8)))
        let own = Credentials(publicKeys: [key.publicKey])
        for list in ["v1,\(wrong) v1,\(right)", "v2,x v1,\(right)", "v1a,\(signature) v1,\(right)"] {
            _ = try provider.event(try request("{}", list), by: .of(Self.secret))
        }
        for list in ["v1a,\(signature)", "v1,\(wrong) v1a,\(signature)"] {
            _ = try provider.event(try request("{}", list), by: own)
            #expect(throws: VerificationFailure.mismatch) {
                try provider.read(try request("{}", list), by: .of(Self.secret))
            }
        }
    }

    @Test("A sample is signed by what there is: a secret or a private key")
    func samples() throws {
        let key = PrivateKey.throwaway(.ed25519)
        let request = provider.sign(Sample(event: "done"), with: .privateKey(key), at: noon)
        #expect(request.head.headers.first("webhook-signature")?.hasPrefix("v1a,") == true)
        #expect(try provider.event(request, by: Credentials(publicKeys: [key.publicKey])).name == "done")
        let own = provider.sign(Sample(event: "done"), with: .secret(try .of(Self.secret)), at: noon)
        #expect(try provider.event(own, by: .of(Self.secret)).name == "done")
    }

    @Test("The signed id tells deliveries apart")
    func traits() throws {
        #expect(provider.traits.dedupe == .id && provider.traits.dedupeWindow == .seconds(86_400))
        #expect(provider.traits.failureStatus == 200 && provider.traits.publicKeyEncoding == .whpk)
        let claim = try provider.claim(in: try request("{}").head, tolerance: .seconds(300))
        #expect(claim.identity == Array("msg_1".utf8))
    }
}
