import AsyncHTTPClient
package import Bridge
import Foundation
import NIOCore
import NIOHTTP1

/// What an HTTP server answered.
package struct WebAnswer: Sendable {
    package var status: Int
    package var headers: [String: String]
    package var body: String

    /// The body as JSON. Nil when it is none.
    package var json: JSONValue? { JSONValue(body) }
}

/// Requests to servers under test.
package enum Web {
    package static func request(
        _ method: String, _ url: String, headers: [(String, String)] = [], body: [UInt8]? = nil
    ) async throws -> WebAnswer {
        try await self.request(method, url, headers, body, on: .shared)
    }

    fileprivate static func request(
        _ method: String, _ url: String, _ headers: [(String, String)], _ body: [UInt8]?, on client: HTTPClient
    ) async throws -> WebAnswer {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await client.execute(request, timeout: .seconds(60))
        let text = String(buffer: try await response.body.collect(upTo: 64 << 20))
        let fields = response.headers.map { ($0.name.lowercased(), $0.value) }
        return WebAnswer(
            status: Int(response.status.code), headers: Dictionary(fields) { $0 + ", " + $1 }, body: text)
    }

    /// Posts what a provider signed.
    package static func post(_ request: Bridge.Request, to url: String) async throws -> WebAnswer {
        try await self.request(
            request.head.method, url, headers: request.head.headers.fields.map { ($0.name, $0.value) },
            body: request.body)
    }
}

/// Many senders at once, with a connection each, up to a number.
package struct WebCrowd: Sendable {
    private let client: HTTPClient

    package init(connections: Int) {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = connections
        client = HTTPClient(configuration: configuration)
    }

    /// Posts what a provider signed.
    package func post(_ request: Bridge.Request, to url: String) async throws -> WebAnswer {
        try await Web.request(
            request.head.method, url, request.head.headers.fields.map { ($0.name, $0.value) }, request.body, on: client)
    }

    /// Ends all connections; to be called once.
    package func leave() async throws { try await client.shutdown() }
}
