import Bridge
import Foundation
import GRDB
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    @Suite(.timeLimit(.minutes(2)))
    struct AdminTests {
        @Test(
            "Nothing but health is told without the token", arguments: ["/api/deliveries", "/api/config", "/metrics"])
        func token(path: String) async throws {
            try await TestBridge.run { bridge async throws in
                let root = "http://127.0.0.1:\(bridge.adminPort)"
                #expect(try await Web.request("GET", root + path).status == 401)
                let wrong = try await Web.request("GET", root + path, headers: [("Authorization", "Bearer guess")])
                #expect(wrong.status == 401)
                #expect(try await bridge.admin("GET", path).status == 200)
                #expect(try await Web.request("GET", root + "/health/ready").status == 200)
                #expect(try await Web.request("GET", "http://127.0.0.1:\(bridge.port)/health/live").status == 200)
            }
        }

        @Test("A name that a stranger's DNS could point here is refused, and so is a foreign origin")
        func host() async throws {
            try await TestBridge.run { bridge async throws in
                func status(_ headers: [(String, String)]) async throws -> Int {
                    let token = [("Authorization", "Bearer \(Canary.admin)")]
                    return try await Web.request(
                        "GET", "http://127.0.0.1:\(bridge.adminPort)/api/config", headers: token + headers
                    ).status
                }
                #expect(try await status([("Host", "evil.example.com")]) == 421)
                #expect(try await status([("Origin", "https://evil.example.com")]) == 403)
                for odd in ["[::1].evil.com", "[::1", "a b", "127.0.0.1:80x"] {
                    #expect(try await status([("Host", odd)]) == 421, "\(odd)")
                }
                #expect(try await status([("Host", "localhost:8081")]) == 200)
                #expect(try await status([]) == 200)
            }
        }

        @Test("A delivery is listed, shown with its trace, headers and history, and paged")
        func deliveries() async throws {
            try await TestBridge.run { bridge async throws in
                let first = try await bridge.post(bridge.sign())
                for number in 1...3 {
                    _ = try await bridge.post(bridge.sign(TestBridge.push(number, ref: "refs/heads/other")))
                }
                let page = try #require(try await bridge.admin("GET", "/api/deliveries?limit=3").json)
                #expect(page.deliveries.count == 3)
                let cursor = try #require(page.next.string)
                let rest = try #require(try await bridge.admin("GET", "/api/deliveries?limit=3&before=\(cursor)").json)
                #expect(rest.deliveries.count == 1)
                #expect(rest.next == nil)
                #expect(try await bridge.admin("GET", "/api/deliveries?outcome=ignored").json?.deliveries.count == 3)
                #expect(try await bridge.admin("GET", "/api/deliveries?outcome=nonsense").status == 400)
                #expect(try await bridge.admin("GET", "/api/deliveries?limit=0").status == 400)

                let id = try #require(first.json?.delivery.string)
                let shown = try #require(try await bridge.admin("GET", "/api/deliveries/\(id)").json)
                #expect(shown.outcome == "started")
                #expect(shown.headers["X-Hub-Signature-256"] == "***")
                #expect(shown.headers["X-GitHub-Event"] == "push")
                #expect(shown.trace[0].route == "release")
                #expect(shown.trace[0].conditions.count == 2)
                #expect(shown.runs[0].history[0].step == "patch")
                #expect(shown.runs[0].history[1].step == "started")
                #expect(try await bridge.admin("GET", "/api/deliveries/nonsense").status == 404)
                #expect(try await bridge.admin("POST", "/api/deliveries/nonsense/redeliver").status == 404)
            }
        }

        @Test("explain tells what the journal keeps")
        func explain() async throws {
            try await TestBridge.run { bridge async throws in
                let payload = String(
                    decoding: try #require(TestBridge.push(1, ref: "refs/heads/x").payload), as: UTF8.self)
                let question = #"{"source":"github","event":"push","payload":\#(payload)}"#
                let explained = try #require(try await bridge.admin("POST", "/api/explain", body: question).json)
                #expect(explained.outcome == "ignored")
                let condition = explained.routes[0].conditions[1]
                #expect(condition.field == "branch")
                #expect(condition.expected == "master")
                #expect(condition.actual == "x")
                #expect(condition.holds == false)
                let delivery = try await bridge.post(bridge.sign(TestBridge.push(1, ref: "refs/heads/x")))
                let id = try #require(delivery.json?.delivery.string)
                let again = try #require(
                    try await bridge.admin("POST", "/api/explain", body: #"{"delivery":"\#(id)"}"#).json)
                #expect(again.routes == explained.routes)
                #expect(try await bridge.admin("GET", "/api/deliveries/\(id)").json?.trace == explained.routes)
                #expect(try await bridge.admin("POST", "/api/explain", body: "{}").status == 400)
                // Never the built-in sample instead of what was asked about.
                let unreadable = #"{"source":"github","event":"push","payload":{"x":1e400}}"#
                #expect(try await bridge.admin("POST", "/api/explain", body: unreadable).status == 400)
            }
        }

        @Test("While the journal cannot be written: 503, Retry-After, not ready; afterwards all is well")
        func journalLocked() async throws {
            try await TestBridge.run { bridge async throws in
                var openEnded = GRDB.Configuration()
                openEnded.allowsUnsafeTransactions = true
                openEnded.busyMode = .timeout(5)
                let other = try DatabaseQueue(
                    path: bridge.folder.appendingPathComponent("bridge.sqlite").path, configuration: openEnded)
                try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
                let push = try bridge.sign()
                async let refused = bridge.post(push)
                async let ready = Web.request("GET", "http://127.0.0.1:\(bridge.port)/health/ready")
                #expect(try await refused.status == 503)
                #expect(try await refused.headers["retry-after"] != nil)
                #expect(try await ready.status == 503)
                #expect(try await ready.json?["not_ready"].journal != .null)
                try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
                #expect(try await bridge.post(push).json?.outcome == "started")
                #expect(await bridge.starts() == 1)
            }
        }
    }
}
