import Bridge
import BuddySandbox
import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// DESIGN §6.3 and §6.4 against a Buddy that misbehaves: one start, whatever happens to the answers.
    @Suite(.timeLimit(.minutes(3)))
    struct UncertaintyTests {
        @Test("The PATCH works and its answer is lost: one start, outcome started", arguments: [false, true])
        func lostAnswer(nextLookIsLostToo: Bool) async throws {
            try await TestBridge.run { bridge in
                await bridge.buddy.inject(.lostAnswer(on: .patch))
                let answer: WebAnswer
                if nextLookIsLostToo {
                    // The first look of the attempt must pass: only the one after the PATCH is lost.
                    await bridge.buddy.inject(.delay(.milliseconds(1), on: .get))
                    await bridge.buddy.inject(.resetBeforeEffect(on: .get))
                }
                answer = try await bridge.post(bridge.sign())
                let id = try #require(answer.json?.delivery.string)
                let summary = try await bridge.settled(id)
                #expect(summary.outcome == "started")
                #expect(summary.runs[0].target.execution == 4)
                #expect(await bridge.starts() == 1)
                #expect(await bridge.buddy.patches().count == 1)
                #expect(await bridge.buddy.pendingFaults.isEmpty)
            }
        }

        @Test("With a selector, a second waiting execution is not started instead", arguments: [false, true])
        func selector(nextLookIsLostToo: Bool) async throws {
            try await TestBridge.run(TestBridge.earliest) { bridge in
                await bridge.schedule(5, in: 60)
                await bridge.schedule(6, in: 120)
                await bridge.buddy.inject(.lostAnswer(on: .patch))
                if nextLookIsLostToo {
                    await bridge.buddy.changeSwitches { $0.delayUntilInList = true }
                    await bridge.buddy.inject(.delay(.milliseconds(1), on: .get))
                    await bridge.buddy.inject(.resetBeforeEffect(on: .get))
                }
                let answer = try await bridge.post(bridge.sign())
                let summary = try await bridge.settled(try #require(answer.json?.delivery.string))
                #expect(summary.outcome == "started")
                #expect(summary.runs[0].target.execution == 5)
                #expect(await bridge.starts(5) == 1)
                #expect(await bridge.buddy.totalStarts == 1)
                #expect(await bridge.buddy.pendingFaults.isEmpty)
            }
        }

        @Test("The PATCH is lost before it works: it is sent again, and there is one start")
        func lostRequest() async throws {
            try await TestBridge.run { bridge in
                await bridge.buddy.inject(.resetBeforeEffect(on: .patch))
                let answer = try await bridge.post(bridge.sign())
                let summary = try await bridge.settled(try #require(answer.json?.delivery.string))
                #expect(summary.outcome == "started")
                #expect(summary.runs[0].attempts == 2)
                #expect(await bridge.starts() == 1)
                #expect(await bridge.buddy.patches().count == 2)
            }
        }

        @Test("A released execution that still looks waiting is not PATCHed by a second delivery that selects")
        func stillLooksWaiting() async throws {
            try await TestBridge.run(TestBridge.earliest) { bridge in
                await bridge.buddy.changeSwitches {
                    $0.waitingStatus = "ENQUEUED"
                    $0.startedStatus = .enqueued
                    $0.runDelayedAgain = .restarts
                }
                await bridge.schedule(5, in: 60)
                let first = try await bridge.post(bridge.sign(TestBridge.push(1)))
                let second = try await bridge.post(bridge.sign(TestBridge.push(2)))
                #expect(first.json?.runs[0].target.execution == 5)
                #expect(second.json?.runs[0].target.execution == 4)
                #expect(await bridge.starts(5) == 1)
                #expect(await bridge.starts(4) == 1)
            }
        }

        @Test("Deliveries at the same time take different executions")
        func atOnce() async throws {
            try await TestBridge.run(TestBridge.earliest) { bridge in
                for id in 11...18 { await bridge.schedule(id, in: Double(id) * 100) }
                let requests = try (1...8).map { try bridge.sign(TestBridge.push($0)) }
                let summaries = try await withThrowingTaskGroup(of: WebAnswer.self) { group in
                    for request in requests { group.addTask { try await bridge.post(request) } }
                    return try await group.reduce(into: []) { $0.append($1) }
                }
                #expect(summaries.allSatisfy { $0.json?.outcome == "started" })
                for id in 11...18 { #expect(await bridge.starts(id) == 1) }
                #expect(await bridge.buddy.totalStarts == 8)
            }
        }

        @Test("An execution that starts by itself just before the PATCH is told as running, and not started again")
        func race() async throws {
            try await TestBridge.run { bridge in
                await bridge.buddy.changeSwitches { $0.race = true }
                let answer = try await bridge.post(bridge.sign())
                #expect(answer.json?.outcome == "already_running")
                #expect(await bridge.starts() == 0)
            }
        }

        @Test(
            "Passing faults are retried until it works",
            arguments: [
                SandboxFault.status(500, on: .get), .status(503, on: .get, times: 3), .html(status: 502, on: .get),
                .truncatedJSON(on: .get), .resetBeforeEffect(on: .get),
                .tooManyRequests(retryAfter: 0, on: .patch, times: 1),
                .rateLimitByMessage(on: .patch, times: 1), .status(500, on: .patch),
                .status(500, on: .patch, effectDone: true), .html(status: 502, on: .patch, effectDone: true),
                .truncatedJSON(on: .patch), .delay(.seconds(8), on: .patch, times: 1, effectDone: true),
            ])
        func retried(_ fault: SandboxFault) async throws {
            try await TestBridge.run { bridge in
                await bridge.buddy.inject(fault)
                let answer = try await bridge.post(bridge.sign())
                let summary = try await bridge.settled(try #require(answer.json?.delivery.string))
                #expect(summary.outcome == "started")
                #expect(await bridge.starts() == 1)
                #expect(await bridge.buddy.pendingFaults.isEmpty)
            }
        }

        @Test(
            "A clear no is told in Buddy's words and ends the run",
            arguments: [
                (SandboxFault.status(401, message: "Bad credentials", on: .get), 401),
                (.status(404, message: "Not found", on: .get), 404), (.status(400, message: "Nope", on: .patch), 400),
            ])
        func refused(_ fault: SandboxFault, _ status: Int) async throws {
            try await TestBridge.run { bridge in
                await bridge.buddy.inject(fault)
                let answer = try await bridge.post(bridge.sign())
                #expect(answer.status == 502)
                #expect(answer.json?.outcome == "refused")
                #expect(answer.json?.runs[0].error.code == "buddy_refused")
                #expect(answer.json?.runs[0].error.status == .number(Double(status)))
                #expect(await bridge.starts() == 0)
            }
        }

        @Test("Buddy is down for longer than the budget: dead, and redelivered by hand when it is back")
        func dead() async throws {
            let yaml = TestBridge.standard
            try await TestBridge.run(yaml, giveUpAfter: "300ms") { bridge in
                await bridge.buddy.inject(.status(503, on: .get, times: 1000))
                let answer = try await bridge.post(bridge.sign())
                let id = try #require(answer.json?.delivery.string)
                #expect(try await bridge.settled(id).outcome == "dead")
                await bridge.buddy.reset()
                await bridge.buddy.seedMissionExample()
                #expect(try await bridge.admin("POST", "/api/deliveries/\(id)/redeliver").status == 202)
                #expect(try await bridge.settled(id).outcome == "started")
                #expect(try await bridge.admin("POST", "/api/deliveries/\(id)/redeliver").status == 409)
                #expect(await bridge.starts() == 1)
            }
        }

        @Test("The sender's own redelivery of what was refused is tried again, once it can work")
        func redelivered() async throws {
            try await TestBridge.run { bridge in
                await bridge.buddy.inject(.status(404, on: .get))
                let push = try bridge.sign()
                #expect(try await bridge.post(push).json?.outcome == "refused")
                let again = try await bridge.post(push)
                #expect(again.json?.outcome == "started")
                #expect(again.json?.duplicate == false)
                #expect(await bridge.starts() == 1)
            }
        }

        @Test("Nothing waits: that is said, and no new run is made")
        func nothing() async throws {
            let yaml = TestBridge.standard.replacingOccurrences(of: "execution: 4}", with: "execution: latest}")
            try await TestBridge.run(yaml) { bridge in
                await bridge.buddy.startByItself(domain: "buddy", project: "company-website", pipeline: 2, execution: 4)
                let answer = try await bridge.post(bridge.sign())
                #expect(answer.status == 200)
                #expect(answer.json?.outcome == "nothing_scheduled")
                #expect(answer.json?.message.string?.contains("only runs made with delay_until wait") == true)
                #expect(await bridge.buddy.requests.allSatisfy { $0.method == "GET" })
            }
        }

        @Test("'only' refuses to choose among several, and lists them")
        func several() async throws {
            let yaml = TestBridge.standard.replacingOccurrences(of: "execution: 4}", with: "execution: only}")
            try await TestBridge.run(yaml) { bridge in
                await bridge.schedule(5, in: 60)
                let answer = try await bridge.post(bridge.sign())
                #expect(answer.status == 502)
                let error = try #require(answer.json?.runs[0].error)
                #expect(error.code == "several_scheduled")
                #expect(error.candidates.count == 2)
            }
        }

        @Test("A pipeline is found by its identifier, and filters choose")
        func filters() async throws {
            let yaml = TestBridge.standard.replacingOccurrences(
                of: "pipeline: 2, execution: 4}",
                with: "pipeline: release, execution: {scheduled: earliest, branch: {prefix: rel/}, within: 1h}}")
            try await TestBridge.run(yaml) { bridge in
                await bridge.buddy.addPipeline(
                    domain: "buddy", project: "company-website", id: 7, name: "Release", identifier: "release")
                func schedule(_ id: Int, _ branch: String, _ seconds: Double) async {
                    await bridge.buddy.schedule(
                        domain: "buddy", project: "company-website", pipeline: 7, branch: branch,
                        delayUntil: Date().addingTimeInterval(seconds), id: id)
                }
                await schedule(1, "master", 60)
                await schedule(2, "rel/1", 7200)
                await schedule(3, "rel/2", 600)
                let answer = try await bridge.post(bridge.sign())
                #expect(answer.json?.runs[0].target.pipeline == 7)
                #expect(answer.json?.runs[0].target.execution == 3)
            }
        }
    }
}
