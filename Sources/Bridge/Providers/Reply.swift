import FoundationEssentials

/// An answer to a sender.
package struct Reply: Sendable, Equatable {
    package var status: Int
    /// Nil for an answer without a body.
    package var contentType: String?
    package var body: [UInt8]
    /// After how many seconds to come again (RFC 9110 §10.2.3).
    package var retryAfter: Int?

    /// An answer without a body.
    package init(status: Int) {
        self.status = status
        body = []
    }

    package init(status: Int, json value: some Encodable, contentType: String = "application/json") {
        self.status = status
        self.contentType = contentType
        body = WireJSON.encode(value)
    }

    /// RFC 9457. `detail` is for the sender: it holds nothing that a stranger should not know.
    package static func problem(_ status: Int, _ title: String, detail: String? = nil, retryAfter: Int? = nil) -> Reply
    {
        var reply = Reply(
            status: status, json: Problem(title: title, status: status, detail: detail),
            contentType: "application/problem+json")
        reply.retryAfter = retryAfter
        return reply
    }

    private struct Problem: Encodable {
        var title: String
        var status: Int
        var detail: String?
    }
}

/// JSON as it goes out: keys in a fixed order, slashes as they are.
package enum WireJSON {
    package static func encode(_ value: some Encodable) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(value))
        } catch {
            // Our own types hold nothing that JSON cannot: no NaN, no keys but text.
            preconditionFailure("\(type(of: value)) cannot be written as JSON")
        }
    }
}
