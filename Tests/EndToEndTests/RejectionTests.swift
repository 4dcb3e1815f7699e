import Bridge
import Foundation
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// What an operator sees of who was proved and who was not, and what the others see.
    @Suite(.timeLimit(.minutes(2)))
    struct RejectionTests {
        /// Asks until there is one; the test's time limit is the bound.
        private func rejection(_ bridge: TestBridge, _ count: Int = 1) async throws -> JSONValue {
            while true {
                let answer = try await bridge.admin("GET", "/api/rejections")
                if let list = answer.json?.rejections, list.count >= count { return list }
                try await Task.sleep(for: .milliseconds(20))
            }
        }

        @Test("The operator is told what is probably wrong; the caller is not")
        func told() async throws {
            try await TestBridge.run { bridge async throws in
                var request = try bridge.sign()
                let pasted = try #require(Secret((Canary.github + " ").utf8, reference: .environment("PASTED")))
                request = try bridge.source("github").provider.sign(Sample(), with: .secret(pasted), at: Date())
                let answer = try await bridge.post(request)
                #expect(answer.json == .object(["status": 401, "title": "The sender is not proved"]))
                request.head.headers.set("X-Hub-Signature-256", "sha1=00")
                #expect(try await bridge.post(request).body == answer.body)
                let list = try await rejection(bridge, 2)
                #expect(list[0].reason == "malformed_header" && list[0].source == "github")
                #expect(list[0].client == "127.0.0.1")
                #expect(list[1].reason == "mismatch")
                #expect(try await bridge.admin("GET", "/api/rejections?source=slack").json?.rejections.count == 0)
                #expect(try await bridge.admin("GET", "/api/rejections?limit=0").status == 400)
                #expect(try await bridge.admin("GET", "/api/deliveries").json?.deliveries.count == 0)
            }
        }

        @Test("Who fails very often is told to slow down; who proves itself from the same address is not held up")
        func slowDown() async throws {
            try await TestBridge.run { bridge async throws in
                var forged = try bridge.sign()
                forged.body[0] ^= 1
                var statuses: [Int] = []
                for _ in 0..<110 { statuses.append(try await bridge.post(forged).status) }
                #expect(statuses.prefix(100).allSatisfy { $0 == 401 })
                #expect(statuses.last == 429)
                #expect(try await bridge.post(forged).headers["retry-after"] == "60")
                #expect(try await bridge.post(bridge.sign()).status == 200)
                var other = try bridge.sign(Sample(text: "/deploy x"), as: "slack")
                other.body[0] ^= 1
                #expect(try await bridge.post(other, to: "slack").status == 401)
            }
        }

        @Test("A source may say where its senders are; a stranger's headers do not change where it is")
        func allowFrom() async throws {
            let yaml = TestBridge.standard
                .replacingOccurrences(
                    of: "[env:GITHUB_SECRET]", with: "[env:GITHUB_SECRET], allow_from: [203.0.113.0/24]")
            try await TestBridge.run(yaml) { bridge async throws in
                var push = try bridge.sign()
                #expect(try await bridge.post(push).status == 401)
                push.head.headers.add("X-Forwarded-For", "203.0.113.7")
                #expect(try await bridge.post(push).status == 401)
                #expect(try await rejection(bridge)[0].reason == "wrong_address")
            }
            try await TestBridge.run(yaml, listen: "{port: 0, trusted_proxies: [127.0.0.1]}") { bridge async throws in
                var push = try bridge.sign()
                push.head.headers.add("X-Forwarded-For", "203.0.113.7, 192.0.2.1")
                #expect(try await bridge.post(push).status == 401)
                push.head.headers.set("X-Forwarded-For", "192.0.2.1, 203.0.113.7")
                #expect(try await bridge.post(push).status == 200)
                push.head.headers.add("Forwarded", "for=203.0.113.9")
                #expect(try await bridge.post(push).status == 401)
            }
        }

        @Test("It is seen which secret verified last, so that an old one can go")
        func rotation() async throws {
            let yaml = TestBridge.standard.replacingOccurrences(
                of: "[env:GITHUB_SECRET]", with: "[env:HMAC_SECRET, env:GITHUB_SECRET]")
            try await TestBridge.run(yaml) { bridge async throws in
                func secrets() async throws -> JSONValue? {
                    try await bridge.admin("GET", "/api/config").json?.sources[0].secrets
                }
                #expect(try await secrets()?[1] == ["position": 1, "name": "env:GITHUB_SECRET", "last_verified": nil])
                let source = try bridge.source("github")
                let old = source.provider.sign(Sample(), with: .secret(source.credentials.secrets[1]), at: Date())
                let received = try await bridge.post(old).json?.received_at
                #expect(try await secrets()?[0].last_verified == .some(.null))
                #expect(try await secrets()?[1].last_verified == received)
                #expect(!bridge.canary.lines(with: "1 env:GITHUB_SECRET").isEmpty)
            }
        }
    }
}
