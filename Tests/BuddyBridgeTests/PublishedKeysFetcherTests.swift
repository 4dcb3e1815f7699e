import AsyncHTTPClient
import Bridge
import BuddyAPI
import Foundation
import Logging
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

@Suite("Keys that a sender publishes", .timeLimit(.minutes(1)))
struct PublishedKeysFetcherTests {
    private static let pem = PrivateKey.throwaway(.rsa).publicKey.pem

    private static func json(_ ids: String...) -> String {
        String(decoding: WireJSON.encode(Dictionary(uniqueKeysWithValues: ids.map { ($0, pem) })), as: UTF8.self)
    }

    /// Fetches while `body` runs.
    private func fetching(
        _ server: CannedServer, _ canary: Canary, _ body: (PublishedKeys) async throws -> Void
    ) async throws {
        let keys = PublishedKeys(url: server.base + "/keys")
        let http = BuddyAPI.makeHTTPClient(certificateAuthority: nil)
        let fetcher = PublishedKeysFetcher(
            source: "chat", keys: keys, url: server.base + "/keys", http: http, pause: .milliseconds(20),
            logger: canary.logger)
        let task = Task { try await fetcher.run() }
        try await body(keys)
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
        try await fetching(server, Canary()) { keys async throws in
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
        try await fetching(server, canary) { keys async throws in
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
        try await fetching(server, Canary()) { keys async throws in
            try await until { server.requests.count > 1 }
            #expect(keys.isEmpty)
            server.answer(json: Self.json("old"))
            try await until { keys.key("old") != nil }
        }
    }
}
