import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("An 'hmac' source's events")
struct GenericHMACEventTests {
    private let secret: Secret

    init() throws { secret = try .of("secret") }

    private func request(_ body: String, _ headers: [(String, String)] = [("Content-Type", "application/json")])
        -> Request
    {
        let tag = Tag(.sha256, of: body.utf8, key: secret).hex
        return Request(headers + [("X-Signature", tag)], body.utf8)
    }

    @Test("The name is found in a header, in the payload, or is 'webhook'")
    func names() throws {
        let headers = [("Content-Type", "application/json"), ("X-Event", "build.done")]
        let body = #"{"type":"push","nested":{"kind":["a","b"]},"n":7,"o":{}}"#
        let path = try FieldPath.steps(".type")
        let table: [(ProviderSettings.EventName?, String)] = [
            (nil, "webhook"), (.header("x-event"), "build.done"), (.header("X-Other"), "webhook"),
            (.payload(path), "push"),
            (.payload(try FieldPath.steps(".nested.kind.1")), "b"), (.payload(try FieldPath.steps(".n")), "7"),
            (.payload(try FieldPath.steps(".missing")), "webhook"), (.payload(try FieldPath.steps(".o")), "webhook"),
        ]
        for (name, expected) in table {
            let provider = try GenericHMAC.of { $0.event = name }
            #expect(try provider.event(request(body, headers), secret).name == expected)
        }
    }

    @Test("A form's fields are the payload")
    func form() throws {
        let provider = try GenericHMAC.of { $0.event = .payload([.name("kind")]) }
        let type = [("Content-Type", "application/x-www-form-urlencoded; charset=utf-8")]
        let event = try provider.event(request("kind=build+done&ref=%C3%A9", type), secret)
        #expect(event.name == "build done")
        #expect(event.payload.scalar("ref") == "é")
    }

    @Test("Other media types are not read", arguments: [nil, "text/plain", "application/xml"])
    func mediaType(_ type: String?) throws {
        let headers = type.map { [("Content-Type", $0)] } ?? []
        #expect(throws: NotUnderstood.mediaType(type ?? "")) {
            try GenericHMAC.of().read(request("{}", headers), secret)
        }
    }

    @Test("What is not what it says is malformed", arguments: ["", "{", "Hello"])
    func malformed(_ body: String) throws {
        let error = #expect(throws: NotUnderstood.self) { try GenericHMAC.of().read(request(body), secret) }
        if case .malformed = error {} else { Issue.record("\(String(describing: error))") }
    }

    @Test("The sender's id is told, signed or not")
    func senderID() throws {
        let headers = [("Content-Type", "application/json"), ("x-delivery", "42")]
        let provider = try GenericHMAC.of { $0.idHeader = "X-Delivery" }
        #expect(try provider.event(request("{}", headers), secret).senderID == "42")
        #expect(try provider.event(request("{}"), secret).senderID == nil)
        #expect(try GenericHMAC.of().event(request("{}", headers), secret).senderID == nil)
    }
}

@Suite("What tells an 'hmac' source's deliveries apart")
struct GenericHMACIdentityTests {
    private func claim(_ time: String, _ id: String, _ tenant: String) throws -> Claim {
        let provider = try GenericHMAC.of("v1:{timestamp}:{id}:{body}:{header.X-Tenant}") {
            $0.timestamp = .init(header: "X-Time")
            $0.idHeader = "X-Id"
        }
        let tag = String(repeating: "a", count: 64)
        let headers = [("X-Time", time), ("X-Id", id), ("X-Tenant", tenant), ("X-Signature", tag), ("X-Other", time)]
        return try provider.claim(in: Request(headers, []).head, tolerance: .seconds(300))
    }

    @Test("The time is signed, but tells nothing apart")
    func time() throws {
        let (one, other) = (try claim("1800000000", "7", "acme"), try claim("1800000001", "7", "acme"))
        #expect(one.identity == other.identity)
        #expect(one.message.prefix != other.message.prefix)
    }

    @Test("Whatever else is signed does")
    func others() throws {
        let one = try claim("1800000000", "7", "acme")
        #expect(try claim("1800000000", "8", "acme").identity != one.identity)
        #expect(try claim("1800000000", "7", "shop").identity != one.identity)
    }

    @Test("Bytes cannot move from one value to another")
    func moved() throws {
        #expect(try claim("1800000000", "7", "1acme").identity != claim("1800000000", "71", "acme").identity)
    }
}
