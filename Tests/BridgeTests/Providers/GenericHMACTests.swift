import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

extension GenericHMAC {
    /// A source of kind `hmac` with the header `X-Signature`; `change` says the rest.
    static func of(_ message: String = "{body}", _ change: (inout ProviderSettings) -> Void = { _ in }) throws
        -> GenericHMAC
    {
        var settings = ProviderSettings()
        settings.signature = .init(header: TagHeader("X-Signature"))
        settings.signature?.message = message
        change(&settings)
        return try GenericHMAC(settings)
    }
}

@Suite("The settings of an 'hmac' source")
struct GenericHMACSettingsTests {
    private func expectInvalid(
        _ message: String, _ template: String = "{body}", sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout ProviderSettings) -> Void
    ) {
        #expect(
            throws: ProviderSettings.Invalid(key: "signature", message: message), sourceLocation: sourceLocation
        ) { try GenericHMAC.of(template, change) }
    }

    @Test("Without a signature there is no proof")
    func noSignature() {
        expectInvalid("an 'hmac' source needs 'signature' with its 'header'") { $0.signature = nil }
    }

    @Test("A time is signed where it is configured, and configured where it is signed")
    func timestamp() {
        expectInvalid("'timestamp' is configured, but 'message' does not sign {timestamp}") {
            $0.timestamp = .init(header: "X-Timestamp")
        }
        expectInvalid("'message' uses {timestamp}, but the source has no 'timestamp'", "{timestamp}.{body}") { _ in }
    }

    @Test("A signed id needs a header to come from")
    func id() {
        expectInvalid("'message' uses {id}, but the source has no 'id'", "{id}.{body}") { _ in }
    }

    @Test("A message that is no template makes no provider")
    func message() {
        expectInvalid("'message' must hold {body} exactly once", "v0") { _ in }
        expectInvalid(
            "'message' has two placeholders side by side: put a character between them", "{body}{header.Date}"
        ) { _ in }
    }

    /// DESIGN §6.5: an id that is signed decides; else the signed bytes do. Only a source that has neither an id nor a
    /// time must say what tells its deliveries apart.
    @Test("What tells deliveries apart follows from what is signed")
    func dedupe() throws {
        let signedID = try GenericHMAC.of("{id}.{body}") { $0.idHeader = "X-Id" }
        #expect(signedID.traits.dedupe == .id && signedID.traits.dedupeWindow == .seconds(30 * 86_400))
        let signedTime = try GenericHMAC.of("{timestamp}.{body}") { $0.timestamp = .init(header: "X-Time") }
        #expect(signedTime.traits.dedupe == .body && signedTime.traits.dedupeWindow == .seconds(86_400))
        let both = try GenericHMAC.of("{timestamp}.{id}.{body}") {
            $0.timestamp = .init(header: "X-Time")
            $0.idHeader = "X-Id"
        }
        #expect(both.traits.dedupe == .id && both.traits.dedupeWindow == .seconds(86_400))
        #expect(try GenericHMAC.of().traits.dedupe == nil)
    }

    @Test("An id that is not signed does not decide: the body does")
    func unsignedID() throws {
        #expect(try GenericHMAC.of { $0.idHeader = "X-Id" }.traits.dedupe == .body)
    }
}

@Suite("An 'hmac' source's requests")
struct GenericHMACTests {
    private let secret: Secret
    private let body = #"{"type":"build.done","n":1}"#

    init() throws { secret = try .of("secret") }

    private func request(
        _ message: String, _ headers: [(String, String)] = [], prefix: String = "", base64: Bool = false,
        algorithm: HashAlgorithm = .sha256
    ) -> Request {
        let tag = Tag(algorithm, of: message.utf8, key: secret)
        let all = headers + [("X-Signature", prefix + (base64 ? tag.base64 : tag.hex))]
        return Request(all + [("Content-Type", "application/json")], body.utf8)
    }

    @Test("Every algorithm and both encodings prove a request", arguments: HashAlgorithm.allCases, [false, true])
    func algorithms(_ algorithm: HashAlgorithm, _ base64: Bool) throws {
        let provider = try GenericHMAC.of {
            $0.signature?.header.algorithm = algorithm
            $0.signature?.header.encoding = base64 ? .base64 : .hex
            $0.signature?.header.prefix = "v1,"
        }
        let good = request(body, prefix: "v1,", base64: base64, algorithm: algorithm)
        #expect(try provider.prove(good, secret).credential?.position == 0)
        for bad in [
            request(body, prefix: "", base64: base64, algorithm: algorithm),
            request(body, prefix: "v1,", base64: !base64, algorithm: algorithm),
            request(body, prefix: "v2,", base64: base64, algorithm: algorithm),
        ] {
            #expect(throws: VerificationFailure.malformedHeader("X-Signature")) { try provider.prove(bad, secret) }
        }
    }

    @Test("A tag of another algorithm's length is refused before the body is read")
    func otherLength() throws {
        #expect(throws: VerificationFailure.malformedHeader("X-Signature")) {
            try GenericHMAC.of().prove(request(body, algorithm: .sha1), secret)
        }
    }

    @Test("A base64 tag is read strictly")
    func strictBase64() throws {
        let provider = try GenericHMAC.of { $0.signature?.header.encoding = .base64 }
        let text = Tag(.sha256, of: body.utf8, key: secret).base64
        let neighbour = "\(text.dropLast(2))\(next(text))="
        for tag in [String(text.dropLast()), neighbour, "\(text)=", " \(text)"] {
            #expect(throws: VerificationFailure.malformedHeader("X-Signature"), "\(tag)") {
                try provider.prove(Request([("X-Signature", tag)], body.utf8), secret)
            }
        }
    }

    /// The last letter before the padding, with one trailing bit more: the same bytes to a lax decoder.
    private func next(_ text: String) -> Character {
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        let position = text.dropLast().last.flatMap { letters.firstIndex(of: $0) } ?? 0
        return letters[(position + 1) % letters.count]
    }

    @Test("Every signed header must be there once", arguments: ["X-Time", "X-Id", "X-Tenant", "X-Signature"])
    func signedHeaders(_ name: String) throws {
        let provider = try GenericHMAC.of("{timestamp}.{id}.{header.X-Tenant}.{body}") {
            $0.timestamp = .init(header: "X-Time")
            $0.idHeader = "X-Id"
        }
        let headers = [("X-Time", "1800000000"), ("X-Id", "7"), ("X-Tenant", "acme")]
        let good = request("1800000000.7.acme.\(body)", headers)
        #expect(try provider.prove(good, secret).credential?.position == 0)

        func with(_ values: [String]) -> Request {
            var request = good
            let others = good.head.headers.fields.filter { $0.name != name }.map { ($0.name, $0.value) }
            request.head.headers = Headers(others + values.map { (name.lowercased(), $0) })
            return request
        }
        let value = try #require(good.head.headers.first(name))
        #expect(try provider.prove(with([value]), secret).credential?.position == 0)
        #expect(throws: VerificationFailure.missingHeader(name)) { try provider.prove(with([]), secret) }
        #expect(throws: VerificationFailure.repeatedHeader(name)) { try provider.prove(with([value, value]), secret) }
        #expect(throws: VerificationFailure.emptyHeader(name)) { try provider.prove(with([""]), secret) }
        let changed = String(value.reversed())
        #expect(throws: VerificationFailure.self) { try provider.prove(with([changed + "1"]), secret) }
    }

    @Test("A time is checked in its own unit", arguments: ProviderSettings.Timestamp.Unit.allCases)
    func units(_ unit: ProviderSettings.Timestamp.Unit) throws {
        let provider = try GenericHMAC.of("{timestamp}.{body}") { $0.timestamp = .init(header: "X-Time", unit: unit) }
        let (right, wrong) = unit == .s ? ("1800000300", "1800000300000") : ("1800000300000", "1800000300")
        #expect(try provider.prove(request("\(right).\(body)", [("X-Time", right)]), secret).credential?.position == 0)
        let error = #expect(throws: VerificationFailure.self) {
            try provider.prove(request("\(wrong).\(body)", [("X-Time", wrong)]), secret)
        }
        #expect(error?.reason == "stale_timestamp")
        #expect(throws: VerificationFailure.malformedHeader("X-Time")) {
            try provider.prove(request("-1.\(body)", [("X-Time", "-1")]), secret)
        }
    }

    @Test("A key is the secret's text, its base64 or its hexadecimal", arguments: KeyEncoding.allCases)
    func keys(_ encoding: KeyEncoding) throws {
        let provider = try GenericHMAC.of { $0.signature?.key = encoding }
        let text = [KeyEncoding.text: "secret", .base64: "c2VjcmV0", .hex: "736563726574"]
        for (other, value) in text {
            let verifies = (try? provider.prove(request(body), .of(value))) != nil
            #expect(verifies == (other == encoding), "\(other)")
        }
    }
}
