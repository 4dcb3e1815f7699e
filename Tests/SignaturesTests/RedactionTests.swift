import Signatures
import Testing

/// Values that no log, error, dump or debugger text may hold, however they are printed.
@Suite("Secrets and tags are never printed")
struct RedactionTests {
    private static let value = "correct-horse"

    private struct Holder {
        var secret: Secret
        var tag: Tag
        var list: [Secret]
    }

    private let holder: Holder

    init() throws {
        let secret = try #require(Secret(Self.value.utf8, reference: .environment("HORSE")))
        holder = Holder(secret: secret, tag: Tag(.sha256, of: [1, 2, 3], key: secret), list: [secret])
    }

    /// Every way in which the value or the tag could show itself: as text, as hexadecimal, or byte by byte.
    private func expectNothingTold(_ text: String, _ how: Comment, sourceLocation: SourceLocation = #_sourceLocation) {
        let bytes = Array(Self.value.utf8)
        let forbidden = [
            Self.value, Hex.encode(bytes), Base64.encode(bytes), "\(bytes[0]), \(bytes[1])", holder.tag.hex,
            holder.tag.base64, String(holder.tag.hex.prefix(8)), holder.secret.fingerprint,
        ]
        for word in forbidden { #expect(!text.contains(word), how, sourceLocation: sourceLocation) }
    }

    @Test("Not by description or debug description")
    func descriptions() {
        #expect("\(holder.secret)" == "<redacted env:HORSE>")
        #expect(holder.secret.debugDescription == "<redacted env:HORSE>")
        #expect("\(holder.tag)" == "<tag>")
        expectNothingTold("\(holder)", "interpolation")
        expectNothingTold("\(holder.list)", "a list")
        expectNothingTold("\([holder.secret.reference: holder.secret])", "a dictionary")
        expectNothingTold("\(String(describing: Optional(holder.secret)))", "an optional")
    }

    @Test("Not by String(reflecting:)")
    func reflecting() {
        #expect(String(reflecting: holder.secret) == "<redacted env:HORSE>")
        #expect(String(reflecting: holder.tag) == "<tag>")
        expectNothingTold(String(reflecting: holder), "String(reflecting:)")
    }

    @Test("Not by dump")
    func dumped() {
        var text = ""
        dump(holder, to: &text)
        #expect(text.contains("<redacted env:HORSE>") && text.contains("<tag>"))
        expectNothingTold(text, "dump")
    }

    @Test("Not by a mirror's children")
    func mirrors() {
        #expect(Mirror(reflecting: holder.secret).children.isEmpty)
        #expect(Mirror(reflecting: holder.tag).children.isEmpty)
        #expect(Mirror(reflecting: holder).children.count == 3, "the holder itself is reflected, so the test can fail")
    }

    @Test("Not after decoding, nor as a throwaway")
    func derived() throws {
        let hex = try #require(Secret("00ff".utf8, reference: .file("/run/k")))
        #expect("\(try #require(hex.decoded(as: .hex)))" == "<redacted file:/run/k>")
        let throwaway = Secret.throwaway()
        #expect(!"\(throwaway)".contains(throwaway.exposedText))
        #expect(!String(reflecting: throwaway).contains(throwaway.exposedText))
    }
}
