package import FoundationEssentials

/// The head of a request: all that is known before its body is read.
package struct RequestHead: Sendable {
    package var method: String
    /// The query of the URL as sent, without `?`.
    package var query: String
    package var headers: Headers
    /// The address that the request came from, as far as the listener can tell.
    package var client: String
    package var receivedAt: Date

    package init(method: String, query: String = "", headers: Headers, client: String = "", receivedAt: Date) {
        self.method = method
        self.query = query
        self.headers = headers
        self.client = client
        self.receivedAt = receivedAt
    }

    /// The media type without parameters, in lower case (RFC 9110 §8.3.1). Empty when there is none.
    package var mediaType: String {
        let value = headers.first("Content-Type") ?? ""
        return (value.split(separator: ";").first.map(String.init) ?? "").trimmed.lowercased()
    }
}

/// A request with its whole body, about which nothing is proved.
package struct Request: Sendable {
    package var head: RequestHead
    package var body: [UInt8]

    package init(head: RequestHead, body: [UInt8]) {
        self.head = head
        self.body = body
    }
}

extension String {
    /// Without blanks and tabs at either end.
    var trimmed: String {
        let blank: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        return String(drop(while: blank).reversed().drop(while: blank).reversed())
    }
}
