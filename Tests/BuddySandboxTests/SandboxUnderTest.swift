import AsyncHTTPClient
import BuddySandbox
import Logging
import NIOCore
import NIOHTTP1

/// Runs `body` against a sandbox that really listens, and stops it afterwards.
func withSandbox<Value: Sendable>(
    _ buddy: SandboxBuddy = SandboxBuddy(), _ body: @Sendable (SandboxUnderTest) async throws -> Value
) async throws -> Value {
    let (ports, readiness) = AsyncStream.makeStream(of: Int.self)
    let logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
    let server = SandboxServer(buddy: buddy, logger: logger) { readiness.yield($0) }
    var configuration = HTTPClient.Configuration()
    // Of many at once on a busy machine, the last wait long for the connections of the first.
    configuration.timeout.connect = .seconds(60)
    let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let outcome: Result<Value, any Error> = await withTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { readiness.finish() }
            try? await server.run()
        }
        defer { group.cancelAll() }
        guard let port = await ports.first(where: { _ in true }) else { return .failure(DidNotListen()) }
        do {
            return .success(try await body(SandboxUnderTest(buddy: buddy, http: http, port: port)))
        } catch {
            return .failure(error)
        }
    }
    try await http.shutdown()
    return try outcome.get()
}

/// A running sandbox and a client of it.
struct SandboxUnderTest: Sendable {
    let buddy: SandboxBuddy
    let http: HTTPClient
    let port: Int

    /// Where the published example's execution is.
    static let missionPath = "/workspaces/buddy/projects/company-website/pipelines/2/executions/4"
    static let runDelayed = #"{"operation": "RUN_DELAYED"}"#

    /// Sends a request and reads the whole answer. The token is the sandbox's unless another is given.
    func send(
        _ method: String, _ path: String, _ body: String? = nil, token: String? = "sandbox-token"
    ) async throws -> Reply {
        var request = HTTPClientRequest(url: "http://127.0.0.1:\(port)\(path)")
        request.method = HTTPMethod(rawValue: method)
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let response = try await http.execute(request, deadline: .now() + .seconds(60))
        let bytes = try await response.body.collect(upTo: 1 << 22)
        return Reply(
            status: Int(response.status.code),
            headers: Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }) { first, _ in first },
            text: String(buffer: bytes))
    }

    func get(_ path: String) async throws -> Reply {
        try await send("GET", path)
    }

    func runDelayed(_ path: String = missionPath) async throws -> Reply {
        try await send("PATCH", path, Self.runDelayed)
    }

    /// How often the published example's execution was started by requests.
    var missionStarts: Int {
        get async { await buddy.starts(domain: "buddy", project: "company-website", pipeline: 2, execution: 4) }
    }
}

/// What came back.
struct Reply: Sendable {
    let status: Int
    let headers: [String: String]
    let text: String

    /// The body, read as JSON.
    var json: JSON {
        get throws { try JSON(parsing: text) }
    }

    /// The first error's message.
    var message: String? {
        (try? json)?["errors"]?[0]?["message"]?.string
    }
}

struct DidNotListen: Error {}
