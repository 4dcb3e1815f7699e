import Bridge
import BuddySandbox
import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// `overrun`, `concurrency_key` and `throttle`, against executions that take their time at Buddy.
    @Suite(.timeLimit(.minutes(2)))
    struct StormTests {
        private static let key = #"concurrency_key: "{{ repository.name }}""#

        @Test("serial: the next one begins when the execution before it is over at Buddy; other keys do not wait")
        func serial() async throws {
            try await TestBridge.run(Storm.yaml("overrun: serial", Self.key)) { bridge async throws in
                await bridge.schedule(11...13)
                await bridge.schedule(21...21, "shop")
                #expect(try await bridge.push(11).json?.outcome == "started")
                let second = try await bridge.pushHastily(12)
                let third = try await bridge.pushHastily(13)
                try await bridge.waitsForItsTurn(second)
                #expect(try await bridge.push(21, "shop").json?.outcome == "started")
                #expect(await bridge.buddy.totalStarts == 2)
                await bridge.finish(11)
                #expect(try await bridge.settled(second).outcome == "started")
                try await bridge.waitsForItsTurn(third)
                #expect(await bridge.starts(13) == 0)
                await bridge.finish(12)
                #expect(try await bridge.settled(third).outcome == "started")
                for execution in 11...13 { #expect(await bridge.starts(execution) == 1) }
            }
        }

        @Test("skip: what comes while another's execution runs is not run, and says why; by hand it is")
        func skip() async throws {
            try await TestBridge.run(Storm.yaml("overrun: skip", Self.key)) { bridge async throws in
                await bridge.schedule(11...12)
                await bridge.schedule(21...21, "shop")
                let first = try #require(try await bridge.push(11).json?.delivery.string)
                let answer = try await bridge.push(12)
                #expect(answer.status == 200)
                let summary = try #require(answer.json)
                #expect(summary.outcome == "skipped")
                let why = "skipped, because execution #11 of delivery \(first) is INPROGRESS"
                #expect(summary.runs[0].error.code == "overrun")
                #expect(summary.runs[0].error.message == .text(why))
                #expect(
                    summary.message == .text("Execution #12 of 2 (buddy/company-website) was not run: \(why)"))
                #expect(try await bridge.push(21, "shop").json?.outcome == "started")
                // The sender's repetition changes nothing.
                let again = try await bridge.push(12)
                #expect(again.json?.duplicate == true)
                #expect(again.json?.outcome == "skipped")
                #expect(await bridge.starts(12) == 0)
                let skipped = try #require(summary.delivery.string)
                #expect(try await bridge.redeliver(skipped) == 202)
                #expect(try await bridge.settled(skipped).outcome == "started")
                #expect(await bridge.starts(12) == 1)
                #expect(
                    await bridge.buddy.execution(
                        domain: "buddy", project: Storm.project, pipeline: 2, execution: 11)?.finishDate == nil)
            }
        }

        @Test("skip: what comes while another is still asked for is not run either")
        func skipAtOnce() async throws {
            try await TestBridge.run(Storm.yaml("overrun: skip", Self.key)) { bridge async throws in
                await bridge.schedule(11...12)
                await bridge.buddy.inject(.delay(.seconds(4), on: .patch))
                let first = try await bridge.pushHastily(11)
                await bridge.buddy.waitForRequests(1, .patch)
                let summary = try #require(try await bridge.push(12).json)
                await bridge.buddy.releaseDelays()
                #expect(summary.outcome == "skipped")
                #expect(
                    summary.runs[0].error.message == .text("skipped, because delivery \(first) is under way"))
                #expect(try await bridge.settled(first).outcome == "started")
                #expect(await bridge.buddy.totalStarts == 1)
            }
        }

        @Test("coalesce: of those that wait the latest stands for all, and the others say which")
        func coalesce() async throws {
            try await TestBridge.run(Storm.yaml("overrun: coalesce", Self.key)) { bridge async throws in
                await bridge.schedule(11...14)
                #expect(try await bridge.push(11).json?.outcome == "started")
                async let waiting = bridge.push(12)
                while await bridge.starts(12) == 0,
                    try await bridge.admin("GET", "/api/deliveries?outcome=pending").json?.deliveries.count != 1
                {
                    try await Task.sleep(for: .milliseconds(20))
                }
                let third = try await bridge.pushHastily(13)
                let answer = try await waiting
                #expect(answer.status == 200)
                let summary = try #require(answer.json)
                #expect(summary.outcome == "coalesced")
                let why = "delivery \(third) came later and stands for it"
                #expect(summary.runs[0].error.code == "coalesced")
                #expect(summary.runs[0].error.message == .text(why))
                #expect(
                    summary.message == .text("Execution #12 of 2 (buddy/company-website) was not run: \(why)"))
                let fourth = try await bridge.pushHastily(14)
                #expect(
                    try await bridge.settled(third).runs[0].error.message
                        == .text("delivery \(fourth) came later and stands for it"))
                try await bridge.waitsForItsTurn(fourth)
                await bridge.finish(11)
                #expect(try await bridge.settled(fourth).outcome == "started")
                #expect(await bridge.starts(12) == 0)
                #expect(await bridge.starts(13) == 0)
                let second = try #require(summary.delivery.string)
                #expect(try await bridge.redeliver(second) == 202)
                #expect(try await bridge.settled(second).outcome == "started")
                #expect(await bridge.starts(12) == 1)
            }
        }

        @Test("throttle: so many within the time, and the next says when there may be more")
        func throttle() async throws {
            let yaml = Storm.yaml("throttle: {runs: 2, per: 1h}", Self.key)
            try await TestBridge.run(yaml) { bridge async throws in
                await bridge.schedule(11...13)
                await bridge.schedule(21...21, "shop")
                for execution in 11...12 { #expect(try await bridge.push(execution).json?.outcome == "started") }
                let answer = try await bridge.push(13)
                #expect(answer.status == 200)
                let summary = try #require(answer.json)
                #expect(summary.outcome == "skipped")
                #expect(summary.runs[0].error.code == "throttled")
                let why = "skipped, because of at most 2 runs per 3600 s; the next may be at "
                #expect(summary.runs[0].error.message.string?.hasPrefix(why) == true)
                #expect(summary.message.string?.contains("was not run: \(why)") == true)
                #expect(try await bridge.push(21, "shop").json?.outcome == "started")
                #expect(await bridge.starts(13) == 0)
                let skipped = try #require(summary.delivery.string)
                #expect(try await bridge.redeliver(skipped) == 202)
                #expect(try await bridge.settled(skipped).outcome == "started")
            }
        }
    }
}
