import Bridge
import Foundation
import Signatures
import TestSupport
import Testing

@testable import GitHubAPI

@Suite("Calls to GitHub", .timeLimit(.minutes(3)))
struct GitHubCallTests {
    private static let attempt = SenderAttempt(
        id: 9_007_199_254_740_993, delivery: "a", deliveredAt: Date(), status: 0)

    @Test("A redelivery is asked for by the attempt's id, with the headers that GitHub wants")
    func redeliver() async throws {
        let server = try CannedServer(json: "{}", status: "202 Accepted")
        try await GitHubUnderTest.withAPI(server.base, hook: "orgs/acme/hooks/7") { api async throws in
            try await api.redeliver(Self.attempt)
        }
        let request = try #require(server.requests.first)
        #expect(request.hasPrefix("POST /orgs/acme/hooks/7/deliveries/9007199254740993/attempts HTTP/1.1\r\n"))
        let lines = request.lowercased().split(separator: "\r\n")
        for line in [
            "authorization: bearer \(Canary.gitHubToken)", "accept: application/vnd.github+json",
            "x-github-api-version: 2022-11-28", "user-agent: buddy-bridge",
        ] { #expect(lines.contains(Substring(line))) }
    }

    @Test(
        "An app asks with a token of its own making, which its public key verifies", arguments: ["12345", "Iv1.8a61"])
    func app(_ id: String) async throws {
        let key = PrivateKey.throwaway(.rsa)
        try await GitHubUnderTest.run(
            .app(id: id, key.publicKey), hook: "app", as: .app(id: id, key: key)
        ) { test async throws in
            await test.gitHub.tried("a", status: 0)
            let page = try await test.api.page(from: nil)
            try await test.api.redeliver(try #require(page.attempts.first))
            #expect(
                await test.gitHub.calls == [
                    "GET /app/hook/deliveries?per_page=100", "POST /app/hook/deliveries/9007199254740993/attempts",
                ])
        }
    }

    @Test("Another app's key, or another app's id, is refused")
    func otherApp() async throws {
        let key = PrivateKey.throwaway(.rsa)
        for credential in [
            GitHubCredential.app(id: "1", key: .throwaway(.rsa)), .app(id: "2", key: key), .token(.throwaway()),
        ] {
            try await GitHubUnderTest.run(.app(id: "1", key.publicKey), hook: "app", as: credential) {
                test async throws in
                let failure = try await GitHubUnderTest.failure { () throws(DeliveryLogFailure) in
                    _ = try await test.api.page(from: nil)
                }
                #expect(failure.kind == .refused(401))
            }
        }
    }

    @Test("A token is read for each call; without one nobody is asked")
    func noToken() async throws {
        try await GitHubUnderTest.run(as: nil) { test async throws in
            let failure = try await GitHubUnderTest.failure { () throws(DeliveryLogFailure) in
                _ = try await test.api.page(from: nil)
            }
            #expect(failure.kind == .unavailable)
            #expect(failure.description == "the token or key for GitHub cannot be read")
            #expect(await test.gitHub.calls.isEmpty)
        }
    }

    @Test("Hooks, as an operator writes them")
    func hooks() {
        for (text, path) in [
            ("repos/acme/web/hooks/1", "/repos/acme/web/hooks/1/deliveries"),
            ("repos/acme/web.site_2-x/hooks/1", "/repos/acme/web.site_2-x/hooks/1/deliveries"),
            ("orgs/acme/hooks/7", "/orgs/acme/hooks/7/deliveries"), ("app", "/app/hook/deliveries"),
        ] { #expect(GitHubHook(text)?.deliveries == path) }
        for text in [
            "", "apps", "app/hook", "/repos/acme/web/hooks/1", "repos/acme/web/hooks/1/", "repos/acme/web/hooks/x",
            "repos/acme/web/hooks/-1", "repos/acme/web/hooks", "repos/acme/../hooks/1", "repos/a b/web/hooks/1",
            "repos/acme/web?x/hooks/1", "repos/acme/w%65b/hooks/1", "repos//web/hooks/1", "orgs/acme/web/hooks/1",
            "orgs/acme/hook/1", "users/acme/hooks/1", "repos/acmé/web/hooks/1",
        ] { #expect(GitHubHook(text) == nil, "\(text)") }
    }
}
