import Bridge
import Foundation
import Glibc
import TestSupport
import Testing

@testable import GitHubAPI

@Suite("Calls to GitHub that fail", .timeLimit(.minutes(3)))
struct GitHubFailureTests {
    private static func failure(_ fault: StandInGitHub.Fault) async throws -> DeliveryLogFailure {
        let failures = Failures()
        try await GitHubUnderTest.run { test async throws in
            await test.gitHub.inject(fault)
            await failures.keep(
                try await GitHubUnderTest.failure { () throws(DeliveryLogFailure) in
                    _ = try await test.api.page(from: nil)
                })
        }
        return try #require(await failures.last)
    }

    private actor Failures {
        var last: DeliveryLogFailure?
        func keep(_ failure: DeliveryLogFailure) { last = failure }
    }

    @Test("What GitHub refuses stays refused", arguments: [400, 401, 403, 404, 410, 422])
    func refused(_ status: Int) async throws {
        let failure = try await Self.failure(.status(status, message: "Not here"))
        #expect(failure.kind == .refused(status))
        #expect(failure.description.hasPrefix("GitHub answered \(status) (Not here)"))
    }

    @Test("What GitHub cannot do now may be had later", arguments: [408, 500, 502, 503, 504])
    func unavailable(_ status: Int) async throws {
        #expect(try await Self.failure(.status(status)).kind == .unavailable)
    }

    @Test("A limit says until when, in seconds, or as a time; else a minute is right")
    func limits() async throws {
        let reset = Date(timeIntervalSince1970: 4_000_000_000)
        let spent = [("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "4000000000")]
        for status in [403, 429] {
            #expect(try await Self.failure(.status(status, headers: spent)).kind == .limited(until: reset))
            for (headers, seconds) in [([("Retry-After", "30")], 30.0), (spent + [("Retry-After", "30")], 30)] {
                let before = Date()
                guard case .limited(let until) = try await Self.failure(.status(status, headers: headers)).kind else {
                    Issue.record("no limit for \(status)")
                    continue
                }
                #expect(until >= before.addingTimeInterval(seconds) && until <= Date().addingTimeInterval(seconds))
            }
        }
        let before = Date()
        for headers in [[], [("Retry-After", "soon")], [("Retry-After", "-5")], [("Retry-After", "inf")]] {
            guard case .limited(let until) = try await Self.failure(.status(429, headers: headers)).kind else {
                Issue.record("no limit for \(headers)")
                continue
            }
            #expect(until >= before.addingTimeInterval(60) && until <= Date().addingTimeInterval(60))
        }
    }

    @Test("A 403 that speaks of no limit is none, though calls were counted")
    func forbidden() async throws {
        let counted = [("x-ratelimit-remaining", "4999"), ("x-ratelimit-reset", "4000000000")]
        #expect(try await Self.failure(.status(403, headers: counted)).kind == .refused(403))
    }

    @Test("No redirect is followed: it could carry the token elsewhere", arguments: [301, 302, 307, 308])
    func redirect(_ status: Int) async throws {
        let stranger = try CannedServer(json: "[]")
        let failure = try await Self.failure(.status(status, headers: [("Location", stranger.base + "/x")]))
        #expect(failure.kind == .refused(status))
        #expect(stranger.requests.isEmpty)
    }

    @Test("An answer that repeats the token is not repeated, nor control characters in it")
    func echoed() async throws {
        let failure = try await Self.failure(.status(422, message: "no \(Canary.gitHubToken)\\u001b[2J for you"))
        #expect(failure.description == "GitHub answered 422 (no ***\\u{1B}[2J for you)")
    }

    @Test("An answer without an end is not read to it")
    func endless() async throws {
        let server = try CannedServer(json: String(repeating: " ", count: 5 << 20) + "[]")
        try await GitHubUnderTest.withAPI(server.base) { api async throws in
            let failure = try await GitHubUnderTest.failure { () throws(DeliveryLogFailure) in
                _ = try await api.page(from: nil)
            }
            #expect(failure.kind == .unavailable)
            #expect(failure.description.hasPrefix("GitHub cannot be reached"))
        }
    }

    @Test("Where nobody listens, a later call may find somebody")
    func unreachable() async throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        let port = try #require(bindToAnyPort(descriptor))
        try await GitHubUnderTest.withAPI("http://127.0.0.1:\(port)") { api async throws in
            let failure = try await GitHubUnderTest.failure { () throws(DeliveryLogFailure) in
                _ = try await api.page(from: nil)
            }
            #expect(failure.kind == .unavailable)
        }
    }
}
