import Bridge
import Foundation
import TestSupport
import Testing

@testable import GitHubAPI

@Suite("GitHub's list of deliveries", .timeLimit(.minutes(3)))
struct DeliveryPageTests {
    @Test("Attempts as GitHub has them, with ids that no Double can hold")
    func attempts() async throws {
        try await GitHubUnderTest.run { test async throws in
            await test.gitHub.tried("old", status: 0, ago: 90)
            await test.gitHub.tried("new", status: 502, ago: 30)
            let page = try await test.api.page(from: nil)
            #expect(page.next == nil)
            #expect(page.attempts.map(\.delivery) == ["new", "old"])
            #expect(page.attempts.map(\.status) == [502, 0])
            #expect(page.attempts.map(\.id) == [9_007_199_254_740_994, 9_007_199_254_740_993])
            let age = try #require(page.attempts.last).deliveredAt.timeIntervalSinceNow
            #expect(age <= -90 && age > -200)
            #expect(await test.gitHub.calls == ["GET /repos/acme/web/hooks/12345678/deliveries?per_page=100"])
        }
    }

    @Test("All pages, by the cursors of their links")
    func pages() async throws {
        try await GitHubUnderTest.run { test async throws in
            for number in 1...230 { await test.gitHub.tried("\(number)", status: 0, ago: 1000 - Double(number)) }
            var found: [String] = []
            var cursor: String?
            repeat {
                let page = try await test.api.page(from: cursor)
                found += page.attempts.map(\.delivery)
                cursor = page.next
            } while cursor != nil && found.count < 1000
            #expect(found == (1...230).reversed().map(String.init))
            #expect(await test.gitHub.calls.count == 3)
        }
    }

    @Test("The documentation's own example is read")
    func documented() async throws {
        let server = try CannedServer(
            json: """
                [{"id":12345678,"guid":"0b989ba4-242f-11e5-81e1-c7b6966d2516","delivered_at":"2019-06-03T00:57:16Z",
                "redelivery":false,"duration":0.27,"status":"OK","status_code":200,"event":"issues","action":"opened",
                "installation_id":123,"repository_id":456,"throttled_at":"2019-06-03T00:57:16Z"},
                {"id":123456789,"guid":"0b989ba4-242f-11e5-81e1-c7b6966d2517","delivered_at":"2019-06-04T00:57:16Z",
                "redelivery":true,"duration":0.28,"status":"OK","status_code":null,"event":"issues","action":null,
                "installation_id":null,"repository_id":null}]
                """)
        try await GitHubUnderTest.withAPI(server.base) { api async throws in
            let page = try await api.page(from: nil)
            #expect(
                page.attempts.first
                    == SenderAttempt(
                        id: 12_345_678, delivery: "0b989ba4-242f-11e5-81e1-c7b6966d2516",
                        deliveredAt: Date(timeIntervalSince1970: 1_559_523_436), status: 200))
            #expect(page.attempts.last?.status == 0)
            #expect(page.next == nil)
        }
    }

    @Test("A link of GitHub's numbered kind gives its cursor to the path that is configured")
    func numbered() async throws {
        let server = try CannedServer(json: "[]")
        let link = "<\(server.base)/api/v3/repositories/1/hooks/2/deliveries?cursor=v1_7&per_page=100>; rel=\"next\""
        server.answer(json: "[]", headers: "Link: <x>; rel=\"first\", \(link)\r\n")
        try await GitHubUnderTest.withAPI(server.base + "/api/v3") { api async throws in
            let page = try await api.page(from: nil)
            #expect(page.next == "v1_7")
            _ = try await api.page(from: page.next)
            #expect(
                server.requests.compactMap { $0.split(separator: "\r\n").first } == [
                    "GET /api/v3/repos/acme/web/hooks/12345678/deliveries?per_page=100 HTTP/1.1",
                    "GET /api/v3/repos/acme/web/hooks/12345678/deliveries?per_page=100&cursor=v1_7 HTTP/1.1",
                ])
        }
    }

    @Test("A next page elsewhere is an error, and nobody there is asked")
    func foreign() async throws {
        let stranger = try CannedServer(json: "[]")
        try await GitHubUnderTest.run { test async throws in
            for number in 1...101 { await test.gitHub.tried("\(number)", status: 0) }
            await test.gitHub.inject(.nextAt(stranger.base))
            let failure = try await GitHubUnderTest.failure { () throws(DeliveryLogFailure) in
                _ = try await test.api.page(from: nil)
            }
            #expect(failure.kind == .unavailable)
            #expect(failure.description == "GitHub's link to the next page leads elsewhere: it is not followed")
            #expect(stranger.requests.isEmpty)
        }
    }

    @Test(
        "A host that only begins like GitHub's is elsewhere, and a link needs a cursor that is one",
        arguments: [
            "BASE.evil.example/repos/x?cursor=1", "http://evil.example/?cursor=1&x=BASE/", "BASE/x?per_page=100",
            "BASE/x?cursor=", "BASE/x?cursor=a#b", "BASE/x?cursor=a b", "BASE/x?cursor=a/../b",
        ])
    func links(_ link: String) async throws {
        let server = try CannedServer(json: "[]")
        let address = link.replacingOccurrences(of: "BASE", with: server.base)
        server.answer(json: "[]", headers: "Link: <\(address)>; rel=\"next\"\r\n")
        try await GitHubUnderTest.withAPI(server.base) { api async throws in
            let failure = try await GitHubUnderTest.failure { () throws(DeliveryLogFailure) in
                _ = try await api.page(from: nil)
            }
            #expect(failure.kind == .unavailable)
        }
    }

    @Test(
        "What is no list of deliveries is no empty list",
        arguments: [
            "", "{}", "<html>", "null", #"[{"id":1}]"#,
            #"[{"id":1.5,"guid":"a","delivered_at":"2019-06-03T00:57:16Z"}]"#,
            #"[{"id":1,"guid":"a","delivered_at":"yesterday","status_code":200}]"#,
        ])
    func garbage(_ body: String) async throws {
        let server = try CannedServer(json: body)
        try await GitHubUnderTest.withAPI(server.base) { api async throws in
            let failure = try await GitHubUnderTest.failure { () throws(DeliveryLogFailure) in
                _ = try await api.page(from: nil)
            }
            #expect(failure.kind == .unavailable)
            #expect(failure.description == "GitHub answered with something else than a list of deliveries")
        }
    }
}
