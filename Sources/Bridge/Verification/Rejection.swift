package import FoundationEssentials

/// A request that was not proved, as the journal keeps it: without its body, and without the values of its headers.
package struct Rejection: Sendable, Encodable {
    /// A UUIDv7: sorts by the time of receipt.
    package var id: String
    package var source: String
    package var receivedAt: Date
    package var client: String
    /// A word of ``VerificationFailure/reason``.
    package var reason: String
    /// What is probably wrong, in words for the operator.
    package var detail: String

    package init(id: String, source: String, receivedAt: Date, client: String, reason: String, detail: String) {
        self.id = id
        self.source = source
        self.receivedAt = receivedAt
        self.client = client
        self.reason = reason
        self.detail = detail
    }

    private enum CodingKeys: String, CodingKey {
        case id, source, client, reason, detail
        case receivedAt = "received_at"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(source, forKey: .source)
        try container.encode(Timestamp.text(receivedAt), forKey: .receivedAt)
        try container.encode(client, forKey: .client)
        try container.encode(reason, forKey: .reason)
        try container.encode(detail, forKey: .detail)
    }
}

/// A request that was not proved, with all that is needed to find out why.
struct Unproved: Sendable {
    var request: Request
    /// Nil when its head was enough to refuse it.
    var claim: Claim?
    var failure: VerificationFailure
    var source: Source
}
