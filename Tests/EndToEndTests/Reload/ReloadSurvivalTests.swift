import Bridge
import BuddySandbox
import Foundation
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// What a reload leaves as it was.
    @Suite(.timeLimit(.minutes(2)))
    struct ReloadSurvivalTests {
        @Test("What was there before is a duplicate afterwards")
        func duplicate() async throws {
            try await TestBridge.run { bridge async throws in
                let push = try bridge.sign()
                let first = try #require(try await bridge.post(push).json)
                try bridge.change("name: release", to: "name: other")
                try await bridge.reloaded()
                let again = try #require(try await bridge.post(push).json)
                #expect(again.duplicate == true)
                #expect(again.delivery == first.delivery)
                #expect(await bridge.starts() == 1)
            }
        }

        @Test("A Buddy that is left alone stays so")
        func breaker() async throws {
            try await TestBridge.run(Storm.yaml(), breaker: "{failures: 3, pause: 1h}") { bridge async throws in
                await bridge.schedule(11...12)
                await bridge.buddy.inject(.status(500, times: 1000))
                _ = try await bridge.pushHastily(11)
                try await bridge.logged("Buddy fails again and again")
                try bridge.change("name: release", to: "name: other")
                try await bridge.reloaded()
                let second = try await bridge.pushHastily(12)
                // Longer than any retry waits: what would come has come by then.
                try await Task.sleep(for: .milliseconds(600))
                #expect(await bridge.buddy.requests.count == 3)
                let report = try #require(try await bridge.admin("GET", "/api/deliveries/\(second)").json)
                #expect(report.outcome == "pending")
                #expect(report.runs[0].route == "other")
            }
        }

        @Test("Who has failed too often is held up as before")
        func failures() async throws {
            try await TestBridge.run { bridge async throws in
                let stranger = try #require(Secret("guess".utf8, reference: .environment("S")))
                let forged = GitHub().sign(Sample(), with: .secret(stranger), at: Date())
                var statuses: [Int] = []
                while statuses.last != 429 { statuses.append(try await bridge.post(forged).status) }
                #expect(statuses.count > 100)
                try bridge.change("name: release", to: "name: other")
                try await bridge.reloaded()
                // Some are forgiven in the meantime, one a second.
                var again: [Int] = []
                for _ in 1...20 { again.append(try await bridge.post(forged).status) }
                #expect(again.contains(429))
            }
        }

        @Test("A run that waits is run as it was taken in, and a failed one is routed by the new rules")
        func runs() async throws {
            try await TestBridge.run(Storm.yaml()) { bridge async throws in
                await bridge.schedule(11...12)
                await bridge.buddy.inject(.delay(.seconds(20), on: .get))
                let waiting = try await bridge.pushHastily(11)
                let failing = try await bridge.pushHastily(99)
                let old = try await bridge.settled(failing)
                #expect(old.outcome == "refused")
                let before = try await bridge.rules(of: failing)
                try bridge.change("execution: \"{{ payload.number }}\"", to: "execution: 12")
                try await bridge.reloaded()
                await bridge.buddy.releaseDelays()
                #expect(try await bridge.settled(waiting).runs[0].target.execution == 11)
                #expect(try await bridge.rules(of: waiting) == before)
                #expect(try await bridge.redeliver(failing) == 202)
                #expect(try await bridge.settled(failing).runs[0].target.execution == 12)
                #expect(try await bridge.rules(of: failing) == bridge.shown().version)
                #expect(try await bridge.rules(of: failing) != before)
            }
        }
    }
}

extension TestBridge {
    /// The version of the rules that decided.
    fileprivate func rules(of delivery: String) async throws -> JSONValue {
        try #require(try await admin("GET", "/api/deliveries/\(delivery)").json).rules
    }
}
