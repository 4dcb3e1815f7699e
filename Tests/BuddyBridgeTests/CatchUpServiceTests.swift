import AsyncHTTPClient
import Bridge
import BuddyAPI
import Foundation
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

/// What `serve` does once at its start.
@Suite("Catching up at the start", .timeLimit(.minutes(3)))
struct CatchUpServiceTests {
    private struct Nothing: SenderIDs {
        func knows(senderID: String, source: String) async throws(JournalUnavailable) -> Bool { false }
    }

    /// Runs the service beside a GitHub while `body` does.
    private static func run(
        opened: Bool = true, tries: Int = 40,
        _ body: (StandInGitHub, Canary, AsyncStream<Never>.Continuation) async throws -> Void
    ) async throws {
        try await StandInGitHub.run(.token(Canary.gitHubToken)) { gitHub async throws in
            let folder = try ConfigFolder()
            let catchUp = "{hook: \(StandInGitHub.hook), token: file:token, url: '\(await gitHub.base)'}"
            var variant = Variant("", 3, "")
            variant.lines[3] = "  github: {provider: github, secrets: [env:GITHUB_SECRET], catch_up: \(catchUp)}"
            try folder.write(variant.yaml.utf8)
            try folder.write(Canary.gitHubToken.utf8, to: "token")
            let loaded = folder.load()
            let configuration = try #require(loaded.configuration, "\(loaded.messages)")
            let canary = Canary()
            let (stream, open) = AsyncStream.makeStream(of: Never.self)
            if opened { open.finish() }
            let http = BuddyAPI.makeHTTPClient()
            var service = CatchUpService(
                configuration, http: http, journal: Nothing(), stream, logger: canary.logger)
            service.firstPause = .milliseconds(10)
            service.longestPause = .milliseconds(20)
            service.tries = tries
            let task = Task { [service] in try await service.run() }
            try await body(gitHub, canary, open)
            task.cancel()
            try await task.value
            try await http.shutdown()
            #expect(canary.leaks == [])
        }
    }

    /// Asks until it is so; the suite's time limit is the bound.
    private static func until(_ isSo: () async -> Bool) async throws {
        while await !isSo() { try await Task.sleep(for: .milliseconds(10)) }
    }

    @Test("One line says what came of it")
    func told() async throws {
        try await Self.run { gitHub, canary, _ async throws in
            // Read before or after: only the line matters here.
            try await Self.until { !canary.lines(with: "Caught up").isEmpty }
            let line = try #require(canary.lines(with: "Caught up").first)
            for part in ["github", StandInGitHub.hook, "listed", "failed", "known", "requested", "refused", "left"] {
                #expect(line.contains(part))
            }
            #expect(await gitHub.calls.count == 1)
        }
    }

    @Test("Nobody is asked before the ports are open")
    func opened() async throws {
        try await Self.run(opened: false) { gitHub, canary, open async throws in
            await gitHub.tried("a", status: 0)
            for _ in 0..<20 { await Task.yield() }
            #expect(await gitHub.calls.isEmpty)
            open.finish()
            try await Self.until { await gitHub.asked == ["a"] }
        }
    }

    @Test("GitHub out of order, or answering nonsense, is asked again until it is well")
    func retried() async throws {
        try await Self.run(opened: false) { gitHub, canary, open async throws in
            await gitHub.tried("b", status: 0, ago: 10)
            await gitHub.tried("a", status: 0, ago: 20)
            await gitHub.inject(.status(500), .garbage, .status(503))
            open.finish()
            try await Self.until { !canary.lines(with: "Caught up").isEmpty }
            #expect(await gitHub.asked == ["a", "b"])
            #expect(canary.lines(with: "cannot be asked yet").count == 3)
        }
    }

    @Test("A rest that GitHub asks for is taken")
    func limited() async throws {
        try await Self.run(opened: false) { gitHub, canary, open async throws in
            await gitHub.tried("a", status: 0)
            await gitHub.inject(
                .status(429, headers: [("Retry-After", "0")]), .status(403, headers: [("Retry-After", "1")]))
            open.finish()
            try await Self.until { !canary.lines(with: "Caught up").isEmpty }
            #expect(await gitHub.asked == ["a"])
            #expect(canary.lines(with: "cannot be asked yet").isEmpty)
        }
    }

    @Test("Who may not ask gives up at once, with a line that says why", arguments: [401, 404])
    func refused(_ status: Int) async throws {
        try await Self.run(opened: false) { gitHub, canary, open async throws in
            await gitHub.inject(.status(status, message: "Not for you"))
            open.finish()
            try await Self.until { !canary.lines(with: "given up").isEmpty }
            #expect(canary.lines(with: "GitHub answered \(status) (Not for you)").count == 1)
            #expect(await gitHub.calls.count == 1)
        }
    }

    @Test("GitHub out of order for good is asked so many times and no more")
    func givenUp() async throws {
        try await Self.run(opened: false, tries: 3) { gitHub, canary, open async throws in
            await gitHub.inject(.status(500), .status(500), .status(500), .status(500))
            open.finish()
            try await Self.until { !canary.lines(with: "given up").isEmpty }
            #expect(await gitHub.calls.count == 3)
        }
    }
}
