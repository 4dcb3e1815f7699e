import FoundationEssentials
import Signatures

/// The three headers of Standard Webhooks (spec/standard-webhooks.md), read and checked as far as a head allows: an id,
/// a time, and a list of signatures of `{id}.{time}.{body}`, separated by spaces.
///
/// The list is there for rotation: any of its signatures may match, and those of unknown versions are skipped.
struct StandardWebhooksSignature: Sendable {
    /// What the headers are called.
    struct HeaderNames: Sendable {
        let id: String
        let timestamp: String
        let signature: String

        static let webhook = HeaderNames(prefix: "webhook-")
        static let svix = HeaderNames(prefix: "svix-")

        private init(prefix: String) {
            id = prefix + "id"
            timestamp = prefix + "timestamp"
            signature = prefix + "signature"
        }
    }

    /// The sender's id of the message, which is signed.
    let id: String
    /// The `v1` ones: HMAC-SHA256.
    let tags: [Tag]
    /// The `v1a` ones: Ed25519.
    let signatures: [[UInt8]]
    /// What is signed before the body.
    private let prefix: [UInt8]

    var message: SignedMessage { SignedMessage(prefix: prefix) }

    /// Tells two messages apart, whenever they were sent.
    var identity: [UInt8] { Array(id.utf8) }

    init(in head: RequestHead, _ names: HeaderNames = .webhook, tolerance: Duration) throws(VerificationFailure) {
        let list = try head.headers.deciding(names.signature)
        id = try head.headers.deciding(names.id)
        guard id.utf8.count <= 256, id.unicodeScalars.allSatisfy({ $0.properties.generalCategory != .control }) else {
            throw .malformedHeader(names.id)
        }
        let time = Self.wholeSeconds(try head.headers.deciding(names.timestamp))
        try SignedTime.check(time, header: names.timestamp, now: head.receivedAt, tolerance: tolerance)
        prefix = Self.prefix(id: id, time: time)

        // No sender has more live keys than this; a list without a limit would cost one comparison each.
        let entries = list.split(separator: " ")
        guard entries.count <= 16 else { throw .malformedHeader(names.signature) }
        tags = entries.compactMap { $0.value(of: "v1,").flatMap { Tag(base64: $0, .sha256) } }
        signatures = entries.compactMap { $0.value(of: "v1a,").flatMap(Base64.decode) }.filter { $0.count == 64 }
        guard !tags.isEmpty || !signatures.isEmpty else { throw .malformedHeader(names.signature) }
    }

    /// The fields that a sender would send.
    ///
    /// - Parameter sign: an entry of the list, such as `v1,` and the tag in base64, of these bytes.
    static func fields(
        _ names: HeaderNames = .webhook, id: String, at time: Date, body: [UInt8], sign: ([UInt8]) -> String
    ) -> [(name: String, value: String)] {
        let seconds = String(Int64(time.timeIntervalSince1970))
        return [
            (names.id, id), (names.timestamp, seconds), (names.signature, sign(prefix(id: id, time: seconds) + body)),
        ]
    }

    private static func prefix(id: String, time: String) -> [UInt8] { Array("\(id).\(time).".utf8) }

    /// The time as it is signed: the text of the header. Weblate sends `1795451069.51082` and signs whole seconds, as the
    /// standard's Python library does; what is not digits on both sides of the point stays as it is, and is no time.
    private static func wholeSeconds(_ text: String) -> String {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 2, (1...9).contains(parts[1].utf8.count),
            parts[1].utf8.allSatisfy({ (48...57).contains($0) })
        else { return text }
        return String(parts[0])
    }
}

extension Substring {
    /// What stands after a prefix.
    fileprivate func value(of prefix: String) -> Substring? {
        hasPrefix(prefix) ? dropFirst(prefix.count) : nil
    }
}
