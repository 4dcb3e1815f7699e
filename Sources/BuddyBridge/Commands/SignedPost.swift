import AsyncHTTPClient
import Bridge
import NIOCore
import NIOHTTP1

/// Posts a signed sample, as its sender would.
enum SignedPost {
    struct Answer {
        var status: Int
        var body: String
    }

    static func send(_ request: Request, to url: String) async throws -> Answer {
        var post = HTTPClientRequest(url: url)
        post.method = HTTPMethod(rawValue: request.head.method)
        for field in request.head.headers.fields { post.headers.add(name: field.name, value: field.value) }
        post.body = .bytes(ByteBuffer(bytes: request.body))
        let response = try await HTTPClient.shared.execute(post, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 8 << 20)
        return Answer(status: Int(response.status.code), body: String(buffer: body))
    }
}
