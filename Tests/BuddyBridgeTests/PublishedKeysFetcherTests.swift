import AsyncHTTPClient
import Bridge
import BuddyAPI
import Foundation
import Logging
import Signatures
import Synchronization
import TestSupport
import Testing

@testable import BuddyBridge

@Suite("Keys that a sender publishes", .timeLimit(.minutes(3)))
struct PublishedKeysFetcherTests {
    private static let pem = PrivateKey.throwaway(.rsa).publicKey.pem

    private static func json(_ ids: String...) -> String {
        String(decoding: WireJSON.encode(Dictionary(uniqueKeysWithValues: ids.map { ($0, pem) })), as: UTF8.self)
    }

    /// Sources that come and go.
    private final class Sources: Sendable {
        private let inForce: Mutex<[Source]>
        let (changes, changed) = AsyncStream.makeStream(of: Void.self)

        init(_ sources: [Source]) { inForce = Mutex(sources) }

        var all: [Source] { inForce.withLock { $0 } }

        func replace(with sources: [Source]) {
            inForce.withLock { $0 = sources }
            changed.yield()
        }
    }

    private static func source(_ name: String, _ keys: PublishedKeys) throws -> Source {
        var settings = ProviderSettings()
        settings.audience = "1234567890"
        return Source(
            name: name, provider: try GoogleChat(settings), credentials: Credentials(published: keys), dedupe: .id,
            bodyLimit: 1)
    }

    /// Fetches while `body` runs.
    private func fetching(
        _ server: CannedServer, _ canary: Canary, _ body: (PublishedKeys, Sources) async throws -> Void
    ) async throws {
        let keys = PublishedKeys(url: server.base + "/keys")
        let sources = Sources([try Self.source("chat", keys)])
        let http = BuddyAPI.makeHTTPClient(certificateAuthority: nil)
        let fetcher = PublishedKeysFetcher(
            sources: { sources.all }, changes: sources.changes, http: http, pause: .milliseconds(20),
            logger: canary.logger)
        let task = Task { try await fetcher.run() }
        try await body(keys, sources)
        task.cancel()
        try await task.value
        try await http.shutdown()
    }

    /// Asks until it is so; the suite's time limit is the bound.
    private func until(_ isSo: () -> Bool) async throws {
        while !isSo() { try await Task.sleep(for: .milliseconds(10)) }
    }

    @Test("They are fetched at the start, and again when one is asked for that is not known")
    func rotation() async throws {
        let server = try CannedServer(json: Self.json("old"))
        try await fetching(server, Canary()) { keys, _ async throws in
            try await until { !keys.isEmpty }
            #expect(keys.key("old") != nil && keys.key("new") == nil)
            server.answer(json: Self.json("old", "new"))
            try await until { keys.key("new") != nil }
            #expect(server.requests.allSatisfy { $0.hasPrefix("GET /keys ") })
        }
    }

    @Test(
        "What cannot be read leaves the known ones in force, and is logged",
        arguments: ["{}", "[]", "<html>", #"{"k":"no certificate"}"#])
    func unreadable(_ answer: String) async throws {
        let server = try CannedServer(json: Self.json("old"))
        let canary = Canary()
        try await fetching(server, canary) { keys, _ async throws in
            try await until { !keys.isEmpty }
            server.answer(json: answer)
            #expect(keys.key("new") == nil)
            try await until { !canary.lines(with: "cannot be fetched").isEmpty }
            #expect(keys.key("old") != nil)
        }
    }

    @Test("Who cannot be reached at the start is asked again")
    func unreachable() async throws {
        let server = try CannedServer(json: "", status: "503 Service Unavailable")
        try await fetching(server, Canary()) { keys, _ async throws in
            try await until { server.requests.count > 1 }
            #expect(keys.isEmpty)
            server.answer(json: Self.json("old"))
            try await until { keys.key("old") != nil }
        }
    }

    @Test("What a reload brings is fetched, what it leaves is not fetched anew, what it takes away no more")
    func reloaded() async throws {
        let server = try CannedServer(json: Self.json("old"))
        try await fetching(server, Canary()) { keys, sources async throws in
            func asked(_ path: String) -> Int { server.requests.filter { $0.hasPrefix("GET /\(path) ") }.count }
            try await until { !keys.isEmpty }
            let other = PublishedKeys(url: server.base + "/other")
            sources.replace(with: [try Self.source("chat", keys), try Self.source("new", other)])
            try await until { !other.isEmpty }
            #expect(asked("keys") == 1)
            sources.replace(with: [try Self.source("new", other)])
            // The one that is gone was woken by it, and does not ask for what is missed any more.
            try await Task.sleep(for: .milliseconds(100))
            server.answer(json: Self.json("old", "new"))
            for _ in 1...10 {
                _ = keys.key("new")
                try await Task.sleep(for: .milliseconds(10))
            }
            #expect(asked("keys") == 1)
            try await until { other.key("new") != nil }
        }
    }
}
