import Testing

@testable import BuddyBridge

@Suite("Broken sources of the provider 'hmac'")
struct BrokenHMACTests {
    /// An `hmac` source in line 4, whose map begins in column 11, and whose settings begin in column 56.
    private static func source(_ what: String, _ settings: String, _ messages: String...) -> Variant {
        var variant = Variant(
            what, 15,
            "    run: {domain: acme, project: web, pipeline: 41}\n  - name: builds\n    source: builds\n"
                + "    run: {domain: acme, project: web, pipeline: 41}")
        variant.lines[4] = "  builds: {provider: hmac, secrets: [env:HMAC_SECRET], \(settings)}\n" + Variant.base[3]
        variant.messages = messages
        return variant
    }

    private static let signed = "dedupe: body, signature: {header: X-Sig, message: "

    @Test(
        "What is signed",
        arguments: [
            source(
                "No signature", "dedupe: body",
                "4:11: error: the source 'builds': an 'hmac' source needs 'signature' with its 'header'"),
            source(
                "A signature without a header", "dedupe: body, signature: {algorithm: sha256}",
                "4:81: error: 'signature' needs 'header'",
                "4:81: error: the source 'builds': an 'hmac' source needs 'signature' with its 'header'"),
            source(
                "A message without the body", signed + "\"v0:{header.X-A}\"}",
                "4:81: error: the source 'builds': 'message' must hold {body} exactly once"),
            source(
                "A message with the body twice", signed + "\"{body}.{body}\"}",
                "4:81: error: the source 'builds': 'message' must hold {body} exactly once"),
            source(
                "A message of text alone", signed + "body}",
                "4:81: error: the source 'builds': 'message' must hold {body} exactly once"),
            source(
                "Placeholders side by side", signed + "\"{header.X-A}{body}\"}",
                "4:81: error: the source 'builds': 'message' has two placeholders side by side: put a character "
                    + "between them"
            ),
            source(
                "An unknown placeholder", signed + "\"{nonce}.{body}\"}",
                "4:81: error: the source 'builds': 'message' knows {body}, {timestamp}, {id} and {header.NAME}, "
                    + "but not {nonce}"
            ),
            source(
                "A header without a name", signed + "\"{header.}.{body}\"}",
                "4:81: error: the source 'builds': 'message' knows {body}, {timestamp}, {id} and {header.NAME}, "
                    + "but not {header.}"
            ),
            source(
                "A brace that does not close", signed + "\"{body}.{id\"}",
                "4:81: error: the source 'builds': 'message' has a '{' without its '}'"),
            source(
                "A timestamp that is not signed", signed + "\"{body}\"}, timestamp: {header: X-Time}",
                "4:81: error: the source 'builds': 'timestamp' is configured, but 'message' does not sign {timestamp}"),
            source(
                "A timestamp that is signed, but found nowhere", signed + "\"{timestamp}.{body}\"}",
                "4:81: error: the source 'builds': 'message' uses {timestamp}, but the source has no 'timestamp'"),
            source(
                "An id that is signed, but found nowhere", signed + "\"{id}.{body}\"}",
                "4:81: error: the source 'builds': 'message' uses {id}, but the source has no 'id'"),
        ])
    func messages(_ variant: Variant) throws { try variant.check() }

    @Test(
        "How it is signed",
        arguments: [
            source(
                "An unknown key", "dedupe: body, signature: {header: X-Sig, algoritm: sha256}",
                "4:97: error: unknown key 'algoritm' in 'signature'; did you mean 'algorithm'?"),
            source(
                "An unknown algorithm", "dedupe: body, signature: {header: X-Sig, algorithm: md5}",
                "4:108: error: 'algorithm' is one of sha1, sha256, sha512, not 'md5'"),
            source(
                "An unknown encoding", "dedupe: body, signature: {header: X-Sig, encoding: base32}",
                "4:107: error: 'encoding' is one of hex, base64, not 'base32'; did you mean 'base64'?"),
            source(
                "A key that is not what 'key' says", "dedupe: body, signature: {header: X-Sig, key: hex}",
                "4:38: error: a secret of the source 'builds' is not hexadecimal: its sender could not sign with it"),
            source(
                "A unit of time",
                "signature: {header: X-Sig, message: \"{timestamp}.{body}\"}, timestamp: {header: X-T, unit: m}",
                "4:146: error: 'unit' is one of s, ms, not 'm'; did you mean 's'?"),
            source(
                "A timestamp without a header", signed + "\"{body}\"}, timestamp: {unit: s}",
                "4:128: error: 'timestamp' needs 'header'"),
            source("An id without a header", signed + "\"{body}\"}, id: {}", "4:121: error: 'id' needs 'header'"),
            source(
                "An event from nowhere", signed + "\"{body}\"}, event: {}",
                "4:124: error: 'event' needs 'header' or 'payload'"),
            source(
                "An event at a bad path", signed + "\"{body}\"}, event: {payload: a.}",
                "4:134: error: bad path 'payload.a.': a name is missing"),
        ])
    func settings(_ variant: Variant) throws { try variant.check() }

    @Test(
        "Neither id nor time is signed, and nothing says what tells two deliveries apart",
        arguments: [
            source(
                "", "signature: {header: X-Sig}",
                "4:11: error: the source 'builds' signs neither an id nor a time: say what tells two deliveries apart, "
                    + "'dedupe: id', 'body', 'both' or 'none'")
        ])
    func dedupe(_ variant: Variant) throws { try variant.check() }

    @Test(
        "With a policy, or with something signed, nothing is missing",
        arguments: [
            source("the body", "dedupe: body, signature: {header: X-Sig}"),
            source("nothing", "dedupe: none, signature: {header: X-Sig}"),
            source("a time", "signature: {header: X-Sig, message: \"{timestamp}.{body}\"}, timestamp: {header: X-T}"),
            source("an id", "signature: {header: X-Sig, message: \"{id}.{body}\"}, id: {header: X-Id}"),
        ])
    func enough(_ variant: Variant) throws { try variant.check() }
}
