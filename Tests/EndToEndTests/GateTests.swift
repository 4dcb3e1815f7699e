import Bridge
import BuddySandbox
import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// How much is asked of a Buddy that fails, or that says how much it will answer.
    @Suite(.timeLimit(.minutes(2)))
    struct GateTests {
        /// Longer than any retry of ``TestBridge`` waits: what would come has come by then.
        private static let quiet = Duration.milliseconds(600)
        private static let opened = "Buddy fails again and again"
        private static let closed = "Buddy answers again"

        @Test("A Buddy that fails again and again is asked nothing more, and what is accepted waits")
        func open() async throws {
            try await TestBridge.run(Storm.yaml(), breaker: "{failures: 3, pause: 1h}") { bridge async throws in
                await bridge.schedule(11...14)
                await bridge.buddy.inject(.status(500, times: 1000))
                var deliveries = [try await bridge.pushHastily(11)]
                try await bridge.logged(Self.opened)
                for execution in 12...14 { deliveries.append(try await bridge.pushHastily(execution)) }
                try await Task.sleep(for: Self.quiet)
                #expect(await bridge.buddy.requests.count == 3)
                for delivery in deliveries {
                    #expect(try await bridge.admin("GET", "/api/deliveries/\(delivery)").json?.outcome == "pending")
                }
                for port in [bridge.port, bridge.adminPort] {
                    #expect(try await Web.request("GET", "http://127.0.0.1:\(port)/health/ready").status == 200)
                }
                #expect(bridge.canary.lines(with: Self.opened).count == 1)
                #expect(bridge.canary.lines(with: Self.closed).isEmpty)
            }
        }

        @Test("After the pause one run tries for all, and when it gets its answer all others follow")
        func probe() async throws {
            try await TestBridge.run(Storm.yaml(), breaker: "{failures: 3, pause: 300ms}") { bridge async throws in
                await bridge.schedule(11...18)
                await bridge.buddy.inject(.status(500, times: 3))
                // The probe's answer takes its time.
                await bridge.buddy.inject(.delay(.seconds(4)))
                var deliveries = [try await bridge.pushHastily(11)]
                try await bridge.logged(Self.opened)
                for execution in 12...18 { deliveries.append(try await bridge.pushHastily(execution)) }
                await bridge.buddy.waitForRequests(4)
                try await Task.sleep(for: Self.quiet)
                #expect(await bridge.buddy.requests.count == 4)
                await bridge.buddy.releaseDelays()
                for delivery in deliveries { #expect(try await bridge.settled(delivery).outcome == "started") }
                #expect(await bridge.buddy.totalStarts == 8)
                #expect(bridge.canary.lines(with: Self.opened).count == 1)
                #expect(bridge.canary.lines(with: Self.closed).count == 1)
            }
        }

        @Test("Each probe that fails is followed by another pause")
        func probes() async throws {
            try await TestBridge.run(Storm.yaml(), breaker: "{failures: 3, pause: 300ms}") { bridge async throws in
                await bridge.schedule(11...18)
                await bridge.buddy.inject(.status(503, times: 3 + 2))
                var deliveries = [try await bridge.pushHastily(11)]
                try await bridge.logged(Self.opened)
                for execution in 12...18 { deliveries.append(try await bridge.pushHastily(execution)) }
                for delivery in deliveries { #expect(try await bridge.settled(delivery).outcome == "started") }
                #expect(bridge.canary.lines(with: Self.opened).count == 1 + 2)
                #expect(bridge.canary.lines(with: Self.closed).count == 1)
                #expect(await bridge.buddy.pendingFaults.isEmpty)
            }
        }

        @Test("No more is asked of Buddy than it says that it will answer")
        func quota() async throws {
            try await TestBridge.run(Storm.yaml()) { bridge async throws in
                await bridge.buddy.changeSwitches { $0.rateLimitQuota = 10 }
                await bridge.schedule(11...16)
                // Each takes two calls. The first shows how many are left.
                #expect(try await bridge.push(11).json?.outcome == "started")
                var deliveries: [String] = []
                for execution in 12...16 { deliveries.append(try await bridge.pushHastily(execution)) }
                await bridge.buddy.waitForRequests(10)
                try await Task.sleep(for: Self.quiet)
                #expect(await bridge.buddy.requests.count == 10)
                var outcomes: [String] = []
                for delivery in deliveries {
                    let summary = try #require(try await bridge.admin("GET", "/api/deliveries/\(delivery)").json)
                    #expect(summary.runs[0].error == nil)
                    outcomes.append(summary.outcome.string ?? "")
                }
                #expect(outcomes.sorted() == ["pending", "started", "started", "started", "started"])
            }
        }

        @Test("When Buddy's limit is lifted, the rest follows, and no call was refused")
        func reset() async throws {
            try await TestBridge.run(Storm.yaml()) { bridge async throws in
                await bridge.buddy.changeSwitches {
                    $0.rateLimitQuota = 10
                    $0.rateLimitWindow = 2
                }
                await bridge.schedule(11...16)
                #expect(try await bridge.push(11).json?.outcome == "started")
                var deliveries: [String] = []
                for execution in 12...16 { deliveries.append(try await bridge.pushHastily(execution)) }
                for delivery in deliveries {
                    let summary = try await bridge.settled(delivery)
                    #expect(summary.outcome == "started")
                    #expect(summary.runs[0].attempts == 1)
                }
                #expect(await bridge.buddy.requests.count == 12)
            }
        }
    }
}
