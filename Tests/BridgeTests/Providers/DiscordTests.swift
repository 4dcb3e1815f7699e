import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

@Suite("Discord")
struct DiscordTests {
    private let provider = Discord()
    /// RFC 8032 §7.1, TEST 1.
    private static let publicKey = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    private static let secretKey = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
    private let credentials: Credentials
    private let key: PrivateKey

    init() throws {
        credentials = Credentials(publicKeys: [try #require(PublicKey(ed25519: Self.publicKey, as: .hex))])
        key = try #require(PrivateKey(try .of(Self.secretKey)))
    }

    private func request(_ body: String, time: String = "1800000000", signature: String? = nil) -> Request {
        let signature = signature ?? Hex.encode(key.sign(Array((time + body).utf8)))
        return Request(
            [
                ("Content-Type", "application/json"), ("X-Signature-Ed25519", signature),
                ("X-Signature-Timestamp", time),
            ], body.utf8)
    }

    private static let signedCommand = #"""
        {"id":"846462639134605312","application_id":"845027738276462632","type":2,"token":"aW50ZXJhY3Rpb24","version":1,"channel_id":"645027906669510667","guild_id":"290926798626357999","member":{"user":{"id":"53908232506183680","username":"Mason"}},"data":{"id":"866818195033292851","name":"deploy","type":1,"options":[{"name":"service","type":3,"value":"wéb"},{"name":"wait","type":5,"value":true}]}}
        """#

    /// Signed by PyNaCl 1.6.2: `SigningKey(bytes.fromhex(secretKey)).sign(b"1800000000" + body).signature.hex()`.
    @Test(
        "What PyNaCl signed is proved",
        arguments: [
            (
                signedCommand,
                "fc42c2d34f212c4b6dbdc75fd45c894c15d3ec973ec14c4b44496f04e5295b1b1be0136bdbf466bde093494259a55068cc8daedf0a3681f146be200a28c45305"
            ),
            (
                #"{"type":1}"#,
                "8b371ed48853d8827e97d07b098bdb782e598d175c7c179bfb8c49ef72aa40cfc9671e77a274a2ab9f66e203337e60f334013063ad60838dc115f79dc18f1501"
            ),
        ])
    func pyNaCl(_ body: String, _ signature: String) throws {
        #expect(request(body).head.headers.first("X-Signature-Ed25519") == signature)
        _ = try provider.read(request(body, signature: signature), by: credentials)
        _ = try provider.read(request(body, signature: signature.uppercased()), by: credentials)
        for other in [
            request(body + " ", signature: signature), request(body, time: "1800000001", signature: signature),
        ] {
            #expect(throws: VerificationFailure.mismatch) { try provider.read(other, by: credentials) }
        }
    }

    @Test("A command is read with who asked, where, and its options")
    func command() throws {
        let event = try provider.event(request(Self.signedCommand), by: credentials)
        #expect(event.name == "command" && event.senderID == "846462639134605312")
        #expect(event.command?.command == "/deploy" && event.command?.positional == [])
        #expect(event.command?.named == ["service": "wéb", "wait": "true"])
        #expect(event.command?.text == "service=wéb wait=true")
        #expect(event.user == Party(id: "53908232506183680", name: "Mason"))
        #expect(event.channel?.id == "645027906669510667" && event.team?.id == "290926798626357999")
        #expect(event.payload.scalar("token") == nil && event.payload.scalar("data", "name") == "deploy")
    }

    @Test("Subcommands are words, and a direct message has its user at the top")
    func subcommands() throws {
        let body = #"""
            {"id":"1","token":"t","type":2,"channel":{"id":"c","name":"dm"},"user":{"id":"7","username":"ann"},
             "data":{"name":"release","options":[{"name":"web","type":2,"options":[{"name":"now","type":1,
             "options":[{"name":"revision","type":4,"value":12},{"name":"share","type":10,"value":0.5}]}]}]}}
            """#
        let event = try provider.event(request(body), by: credentials)
        #expect(event.command?.positional == ["web", "now"])
        #expect(event.command?.named == ["revision": "12", "share": "0.5"])
        #expect(event.user == Party(id: "7", name: "ann") && event.channel == Party(id: "c", name: "dm"))
        #expect(event.team == nil)
    }

    @Test("Buttons and forms are events", arguments: [(3, "message_component"), (5, "modal_submit")])
    func others(_ type: Int, _ name: String) throws {
        let body = #"{"id":"1","token":"t","type":\#(type),"user":{"id":"7"},"data":{"custom_id":"release"}}"#
        let event = try provider.event(request(body), by: credentials)
        #expect(event.name == name && event.command == nil && event.senderID == "1")
        #expect(event.payload.scalar("data", "custom_id") == "release")
    }

    @Test("A webhook event is named by its type, without an id of its own")
    func webhookEvent() throws {
        let body = #"""
            {"version":1,"application_id":"12","type":1,"event":{"type":"APPLICATION_AUTHORIZED",
             "timestamp":"2027-01-15T08:00:00","data":{"user":{"id":"7","username":"ann"},"guild":{"id":"9"}}}}
            """#
        let event = try provider.event(request(body), by: credentials)
        #expect(event.name == "APPLICATION_AUTHORIZED" && event.senderID == nil)
        #expect(event.user == Party(id: "7", name: "ann") && event.team == Party(id: "9", name: nil))
    }

    @Test(
        "Greetings are answered as each product wants it",
        arguments: [
            (#"{"type":1}"#, 200, #"{"type":1}"#),
            (#"{"id":"1","token":"t","type":1,"version":1}"#, 200, #"{"type":1}"#),
            (#"{"version":1,"application_id":"12","type":0}"#, 204, ""),
            (#"{"id":"1","token":"t","type":4,"data":{"name":"d"}}"#, 200, #"{"data":{"choices":[]},"type":8}"#),
        ])
    func handshakes(_ body: String, _ status: Int, _ answer: String) throws {
        let reply = try provider.handshake(request(body), by: credentials)
        #expect(reply.status == status && reply.body == Array(answer.utf8))
        #expect(reply.contentType == (answer.isEmpty ? nil : "application/json"))
    }

    @Test(
        "Shapes that nobody knows are malformed",
        arguments: [
            "{}", "[]", #"{"type":2}"#, #"{"type":2,"id":"1"}"#, #"{"id":"1","token":"t","type":0}"#, #"{"type":4}"#,
            #"{"id":"1","token":"t","type":9}"#, #"{"type":1,"event":{}}"#, "x", "",
        ])
    func malformed(_ body: String) throws {
        let error = #expect(throws: NotUnderstood.self) { try provider.read(request(body), by: credentials) }
        guard case .malformed = error else { throw try #require(error) }
    }

    @Test(
        "A signature of another form is refused before the body is read",
        arguments: ["", "00", String(repeating: "0", count: 126), String(repeating: "0", count: 130), "zz"])
    func badSignature(_ signature: String) {
        let failure: VerificationFailure =
            signature.isEmpty ? .emptyHeader("X-Signature-Ed25519") : .malformedHeader("X-Signature-Ed25519")
        let head = request("{}", signature: signature).head
        #expect(throws: failure) { try provider.claim(in: head, tolerance: .seconds(300)) }
    }

    @Test("The time is checked on both sides", arguments: [-301, 301] as [Int])
    func stale(_ ahead: Int) {
        let head = request("{}", time: "\(1_800_000_000 + ahead)").head
        #expect(throws: VerificationFailure.staleTimestamp(seconds: Int64(ahead))) {
            try provider.claim(in: head, tolerance: .seconds(300))
        }
    }

    @Test("Any of several keys proves")
    func rotation() throws {
        var several = credentials
        several.publicKeys.insert(PrivateKey.throwaway(.ed25519).publicKey, at: 0)
        #expect(try provider.event(request(Self.signedCommand), by: several).name == "command")
    }

    @Test("Samples of each kind are read as what they are", arguments: ["modal_submit", "APPLICATION_AUTHORIZED"])
    func samples(_ name: String) throws {
        let request = provider.sign(Sample(event: name, user: "7"), with: .privateKey(key), at: noon)
        let event = try provider.event(request, by: credentials)
        #expect(event.name == name && event.user?.id == "7")
    }
}
