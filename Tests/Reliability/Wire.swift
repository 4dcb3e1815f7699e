import AsyncHTTPClient
import Bridge
import Foundation
import NIOCore
import NIOHTTP1

/// An HTTP client that tries once: trying again is what senders do, and is counted.
struct Wire: Sendable {
    static let adminToken = "reliability-admin-token"

    private let http: HTTPClient

    init() {
        var configuration = HTTPClient.Configuration(timeout: .init(connect: .seconds(2)))
        configuration.connectionPool.retryConnectionEstablishment = false
        http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    func shutdown() async { try? await http.shutdown() }

    /// - Returns: nil when there was no whole answer.
    func post(_ request: Request, port: Int) async -> (status: Int, body: Data)? {
        try? await send(
            "POST", "http://127.0.0.1:\(port)/hooks/github",
            headers: request.head.headers.fields.map { ($0.name, $0.value) }, body: request.body)
    }

    func status(_ url: String) async -> Int? { try? await send("GET", url).status }

    func admin<Value: Decodable>(_ path: String, port: Int, as type: Value.Type = Value.self) async throws -> Value {
        let answer = try await send("GET", "http://127.0.0.1:\(port)\(path)", headers: Self.bearer)
        return try JSONDecoder().decode(type, from: answer.body)
    }

    /// Asks for a redelivery; nil when there was no whole answer.
    func redeliver(_ id: String, port: Int) async -> Int? {
        try? await send(
            "POST", "http://127.0.0.1:\(port)/api/deliveries/\(id)/redeliver", headers: Self.bearer
        ).status
    }

    private static let bearer = [("Authorization", "Bearer \(adminToken)")]

    private func send(
        _ method: String, _ url: String, headers: [(String, String)] = [], body: [UInt8]? = nil
    ) async throws -> (status: Int, body: Data) {
        var request = HTTPClientRequest(url: url)
        request.method = HTTPMethod(rawValue: method)
        for (name, value) in headers { request.headers.add(name: name, value: value) }
        if let body { request.body = .bytes(ByteBuffer(bytes: body)) }
        let response = try await http.execute(request, timeout: .seconds(10))
        let bytes = try await response.body.collect(upTo: 64 << 20)
        return (Int(response.status.code), Data(bytes.readableBytesView))
    }
}

/// A delivery as the admin port shows it.
struct Entry: Decodable, Sendable {
    struct Run: Decodable, Sendable {
        struct Failure: Decodable, Sendable {
            var code: String
            var message: String
        }

        struct Target: Decodable, Sendable {
            var pipeline: Number
            var execution: Number
        }

        var route: String
        var outcome: String
        var attempts: Int
        var target: Target?
        var error: Failure?

        /// The execution that the run is for, once it is known.
        var place: Place? {
            guard let pipeline = target?.pipeline.value, let execution = target?.execution.value else { return nil }
            return Place(pipeline: pipeline, execution: execution)
        }
    }

    var delivery: String
    var sender_id: String?
    var received_at: String
    var outcome: String
    var runs: [Run]

    /// The push that it is: sender's ids begin with its number.
    var push: Int? { sender_id.flatMap { Int($0.prefix { $0 != "-" }) } }

    struct Page: Decodable {
        var deliveries: [Entry]
        var next: String?
    }
}

/// A number where there is one; a selector or a name is none.
struct Number: Decodable, Sendable {
    var value: Int?

    init(from decoder: any Decoder) throws {
        value = try? decoder.singleValueContainer().decode(Int.self)
    }
}
