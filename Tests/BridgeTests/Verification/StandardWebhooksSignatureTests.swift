import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("The headers of Standard Webhooks")
struct StandardWebhooksSignatureTests {
    private static let tag = "v1," + Base64.encode(Array(repeating: 7, count: 32))
    private static let signature = "v1a," + Base64.encode(Array(repeating: 7, count: 64))

    private func read(
        _ list: [String], id: [String] = ["msg_1"], time: [String] = ["1800000000"],
        names: StandardWebhooksSignature.HeaderNames = .webhook
    ) throws -> StandardWebhooksSignature {
        let headers =
            list.map { (names.signature, $0) } + id.map { (names.id, $0) } + time.map { (names.timestamp, $0) }
        return try StandardWebhooksSignature(in: Request(headers, []).head, names, tolerance: .seconds(300))
    }

    @Test("Every signature of a known version is read, under either family of names")
    func lists() throws {
        let both = try read(["\(Self.tag) v2,abcd \(Self.signature) \(Self.tag)"])
        #expect(both.tags.count == 2 && both.signatures == [Array(repeating: 7, count: 64)] && both.id == "msg_1")
        #expect(both.identity == Array("msg_1".utf8))
        #expect(both.message.prefix == Array("msg_1.1800000000.".utf8) && both.message.suffix.isEmpty)
        #expect(try read([Self.tag], names: .svix).tags.count == 1)
    }

    @Test(
        "A list without a readable signature is malformed",
        arguments: [
            "v1,", "v1,g0hM9", "v2,\(tag.dropFirst(3))", "\(tag.dropFirst(3))", "\(tag),\(tag)", " ",
            // The right bytes, but not the text that they have in base64.
            "\(tag.dropLast(2))d=", "v1,\(signature.dropFirst(4))", "v1a,\(tag.dropFirst(3))", "V1,\(tag.dropFirst(3))",
        ])
    func unreadable(_ list: String) {
        #expect(throws: VerificationFailure.malformedHeader("webhook-signature")) { try read([list]) }
    }

    @Test("Sixteen signatures are read, seventeen are not")
    func long() throws {
        #expect(try read([Array(repeating: Self.tag, count: 16).joined(separator: " ")]).tags.count == 16)
        #expect(throws: VerificationFailure.malformedHeader("webhook-signature")) {
            try read([Array(repeating: Self.tag, count: 17).joined(separator: " ")])
        }
    }

    @Test("Each header must be there once")
    func presence() {
        #expect(throws: VerificationFailure.missingHeader("webhook-signature")) { try read([]) }
        #expect(throws: VerificationFailure.emptyHeader("webhook-signature")) { try read([""]) }
        #expect(throws: VerificationFailure.repeatedHeader("webhook-signature")) { try read([Self.tag, Self.tag]) }
        #expect(throws: VerificationFailure.missingHeader("webhook-id")) { try read([Self.tag], id: []) }
        #expect(throws: VerificationFailure.repeatedHeader("webhook-id")) { try read([Self.tag], id: ["a", "a"]) }
        #expect(throws: VerificationFailure.missingHeader("webhook-timestamp")) { try read([Self.tag], time: []) }
        #expect(throws: VerificationFailure.repeatedHeader("webhook-timestamp")) {
            try read([Self.tag], time: ["1800000000", "1800000000"])
        }
    }

    @Test("An id is at most 256 bytes, without control characters")
    func ids() throws {
        #expect(try read([Self.tag], id: [String(repeating: "a", count: 256)]).tags.count == 1)
        for id in [String(repeating: "a", count: 257), "a\nb", "a\u{7F}", "\u{85}"] {
            #expect(throws: VerificationFailure.malformedHeader("webhook-id")) { try read([Self.tag], id: [id]) }
        }
    }

    @Test("Weblate's fraction is cut off, for the window and for what is signed")
    func fraction() throws {
        #expect(try read([Self.tag], time: ["1800000000.51082"]).message.prefix == Array("msg_1.1800000000.".utf8))
        #expect(throws: VerificationFailure.staleTimestamp(seconds: 301)) {
            try read([Self.tag], time: ["1800000301.0"])
        }
        for time in ["1800000000.", ".5", "1800000000.5.5", "1800000000.x", "1800000000,5", "-1.5", "1e9"] {
            #expect(throws: VerificationFailure.malformedHeader("webhook-timestamp")) {
                try read([Self.tag], time: [time])
            }
        }
    }

    @Test("The time is within five minutes, on both sides", arguments: [-301, -300, 300, 301] as [Int64])
    func window(_ late: Int64) throws {
        let time = String(1_800_000_000 + late)
        if abs(late) <= 300 {
            #expect(throws: Never.self) { try read([Self.tag], time: [time]) }
        } else {
            #expect(throws: VerificationFailure.staleTimestamp(seconds: late)) { try read([Self.tag], time: [time]) }
        }
    }
}
