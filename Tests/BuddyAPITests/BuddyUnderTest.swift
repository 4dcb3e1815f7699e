import AsyncHTTPClient
import Bridge
import BuddyAPI
import BuddySandbox
import Glibc
import Logging
import Signatures
import TestSupport
import Testing

/// A client of a Buddy that really listens.
struct BuddyUnderTest: Sendable {
    let api: BuddyAPI
    let buddy: SandboxBuddy
    /// The API's base.
    let base: String

    /// Runs `body` with a sandbox that holds the mission's example.
    static func run(
        _ switches: SandboxSwitches = SandboxSwitches(), timeout: Duration = .seconds(60),
        token: @escaping BuddyAPI.TokenReader = { _, _ in secret(Canary.token) },
        _ body: @Sendable (BuddyUnderTest) async throws -> Void
    ) async throws {
        let buddy = SandboxBuddy(switches: switches, token: Canary.token)
        await buddy.seedMissionExample()
        let (ports, readiness) = AsyncStream.makeStream(of: Int.self)
        let logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
        let server = SandboxServer(buddy: buddy, logger: logger) { readiness.yield($0) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { readiness.finish() }
                try await server.run()
            }
            let port = try #require(await ports.first { _ in true })
            let path = await buddy.switches.basePath == .api ? "/api" : ""
            try await withAPI(timeout: timeout, token: token) { api async throws in
                try await body(BuddyUnderTest(api: api, buddy: buddy, base: "http://127.0.0.1:\(port)\(path)"))
            }
            await buddy.releaseDelays()
            group.cancelAll()
        }
    }

    /// Runs `body` with a client, and ends its connections.
    static func withAPI(
        timeout: Duration = .seconds(60), token: @escaping BuddyAPI.TokenReader = { _, _ in secret(Canary.token) },
        _ body: (BuddyAPI) async throws -> Void
    ) async throws {
        let http = BuddyAPI.makeHTTPClient()
        do {
            try await body(BuddyAPI(http: http, timeout: timeout, token: token))
        } catch {
            try await http.shutdown()
            throw error
        }
        try await http.shutdown()
    }

    static func secret(_ text: String) -> Secret? { Secret(text.utf8, reference: .environment("BUDDY_TOKEN")) }

    func pipeline(_ project: String = "company-website", _ number: Int = 2) -> PipelineAddress {
        PipelineAddress(buddy: base, domain: "buddy", project: project, pipeline: number)
    }

    /// The failure of a call that must fail.
    static func failure<Value>(
        sourceLocation: SourceLocation = #_sourceLocation, of call: () async throws(BuddyFailure) -> Value
    ) async throws -> BuddyFailure {
        do {
            _ = try await call()
        } catch {
            return error
        }
        Issue.record("the call succeeded", sourceLocation: sourceLocation)
        throw Succeeded()
    }

    struct Succeeded: Error {}
}

/// A port of this machine on which nothing listens, and nothing can while this lives.
final class DeafPort: Sendable {
    let number: Int
    private let descriptor: Int32

    init() throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        number = try #require(bindToAnyPort(descriptor))
    }

    deinit { close(descriptor) }
}
