import AsyncHTTPClient
import Bridge
import BuddyAPI
import Signatures
import TestSupport
import Testing

@testable import GitHubAPI

/// A client of a GitHub that really listens.
struct GitHubUnderTest: Sendable {
    let api: GitHubAPI
    let gitHub: StandInGitHub

    static let token = GitHubCredential.token(secret(Canary.gitHubToken))

    static func secret(_ text: String) -> Secret {
        Secret(text.utf8, reference: .environment("GITHUB_TOKEN")) ?? .throwaway()
    }

    /// Runs `body` with a stand-in that knows a token, or another way of proving who asks.
    static func run(
        _ guarded: StandInGitHub.Guard = .token(Canary.gitHubToken), hook: String = StandInGitHub.hook,
        as credential: GitHubCredential? = token, _ body: (GitHubUnderTest) async throws -> Void
    ) async throws {
        try await StandInGitHub.run(guarded, hook: hook) { gitHub async throws in
            try await withAPI(await gitHub.base, hook: hook, as: credential) { api async throws in
                try await body(GitHubUnderTest(api: api, gitHub: gitHub))
            }
        }
    }

    /// Runs `body` with a client of whoever listens there, and ends its connections.
    static func withAPI(
        _ base: String, hook: String = StandInGitHub.hook, as credential: GitHubCredential? = token,
        _ body: (GitHubAPI) async throws -> Void
    ) async throws {
        let hook = try #require(GitHubHook(hook))
        let http = BuddyAPI.makeHTTPClient()
        do {
            try await body(GitHubAPI(http: http, base: base, hook: hook) { credential })
        } catch {
            try await http.shutdown()
            throw error
        }
        try await http.shutdown()
    }

    /// Why a call fails. The token is never in it.
    static func failure(
        _ call: () async throws(DeliveryLogFailure) -> Void, sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> DeliveryLogFailure {
        do {
            try await call()
        } catch {
            #expect(!error.description.contains("canary"), sourceLocation: sourceLocation)
            return error
        }
        throw NoFailure()
    }

    private struct NoFailure: Error {}
}
