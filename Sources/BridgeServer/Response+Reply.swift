import Bridge
import HTTPTypes
import Hummingbird
import NIOCore

extension Response {
    init(_ reply: Reply) {
        var headers = HTTPFields()
        headers[.cacheControl] = "no-store"
        if let contentType = reply.contentType { headers[.contentType] = contentType }
        if let seconds = reply.retryAfter { headers[.retryAfter] = String(seconds) }
        self.init(
            status: .init(code: reply.status), headers: headers,
            body: reply.body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: reply.body)))
    }

    /// The same response, after which the connection is closed: what is left of the request is not read to its end.
    func closingConnection() -> Response {
        var response = self
        response.headers[.connection] = "close"
        return response
    }
}
