import Bridge
import BuddySandbox
import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// The command as a process, killed where it hurts: what was acknowledged runs, once.
    @Suite(.timeLimit(.minutes(3)))
    struct KillTests {
        @Test("Killed between the acknowledgement and the PATCH: one start after the restart")
        func beforePatch() async throws {
            try await ServeStage.run { stage async throws in
                await stage.buddy.inject(.delay(.seconds(86_400), on: .get))
                var service = try await stage.serve()
                let (status, id) = try await stage.push(to: service)
                #expect(status == 202)
                await stage.buddy.waitForRequests(1, .get)
                service.kill()
                #expect(await stage.buddy.patches().isEmpty)

                service = try await stage.serve()
                #expect(try await stage.settled(id, service).outcome == "started")
                #expect(await stage.buddy.totalStarts == 1)
                #expect(await stage.buddy.patches().count == 1)
                service.kill()
                #expect(service.leaks == [])
            }
        }

        @Test(
            "Killed while the PATCH's answer is on its way: the same execution, one start",
            arguments: ["4", "earliest"])
        func duringPatch(execution: String) async throws {
            try await ServeStage.run(execution: execution) { stage async throws in
                await stage.buddy.schedule(
                    domain: "buddy", project: "company-website", pipeline: 2,
                    delayUntil: Date().addingTimeInterval(200_000), id: 5)
                await stage.buddy.inject(.delay(.seconds(86_400), on: .patch, effectDone: true))
                var service = try await stage.serve()
                let (status, id) = try await stage.push(to: service)
                #expect(status == 202)
                await stage.buddy.waitForRequests(1, .patch)
                service.kill()

                service = try await stage.serve()
                let summary = try await stage.settled(id, service)
                #expect(summary.outcome == "started")
                #expect(summary.runs[0].target.execution == 4)
                #expect(await stage.buddy.totalStarts == 1)
                #expect(await stage.buddy.patches().count == 1)
                service.kill()
                #expect(service.leaks == [])
            }
        }

        @Test("SIGTERM: the request in flight is answered, and the process ends well")
        func terminated() async throws {
            try await ServeStage.run(replyWithin: "9s") { stage async throws in
                await stage.buddy.inject(.delay(.milliseconds(500), on: .get))
                let service = try await stage.serve()
                async let answer = stage.push(to: service)
                await stage.buddy.waitForRequests(1, .get)
                service.terminate()
                #expect(try await answer.status == 200)
                #expect(await service.exitCode() == 0)
                #expect(await stage.buddy.totalStarts == 1)
            }
        }

        @Test("A second SIGTERM ends it at once; the next start takes up what was at hand")
        func terminatedTwice() async throws {
            try await ServeStage.run { stage async throws in
                await stage.buddy.inject(.delay(.seconds(86_400), on: .get))
                var service = try await stage.serve()
                let (status, id) = try await stage.push(to: service)
                #expect(status == 202)
                service.terminate()
                try await service.waitForLine(with: "Ending")
                service.terminate()
                #expect(await service.exitCode() == 143)
                service = try await stage.serve()
                #expect(try await stage.settled(id, service).outcome == "started")
                #expect(await stage.buddy.totalStarts == 1)
                service.kill()
            }
        }

        @Test("A shutdown takes no longer than it may: what is not done by then is left for the next start")
        func bounded() async throws {
            try await ServeStage.run(more: "limits: {shutdown_time: 1s}\n") { stage async throws in
                await stage.buddy.inject(.delay(.seconds(86_400), on: .patch, effectDone: true))
                var service = try await stage.serve()
                let (_, id) = try await stage.push(to: service)
                await stage.buddy.waitForRequests(1, .patch)
                service.terminate()
                _ = await service.exitCode()
                service = try await stage.serve()
                #expect(try await stage.settled(id, service).outcome == "started")
                #expect(await stage.buddy.totalStarts == 1)
                #expect(await stage.buddy.patches().count == 1)
                service.kill()
                #expect(service.leaks == [])
            }
        }

        @Test("A start with 100,000 pending runs loads them not into memory")
        func manyPending() async throws {
            try await ServeStage.run { stage async throws in
                await stage.buddy.inject(.delay(.seconds(86_400), on: .get, times: 1000))
                var service = try await stage.serve()
                let (_, id) = try await stage.push(to: service)
                let before = try service.residentBytes()
                service.kill()
                try await stage.multiply(runsOf: id, by: 100_000)
                service = try await stage.serve()
                // It works on as many as it may, and takes new deliveries.
                await stage.buddy.waitForRequests(9, .get)
                #expect(try await stage.push(to: service, branch: "refs/heads/other").status == 200)
                #expect(try service.residentBytes() < before + 60 << 20)
                service.kill()
            }
        }

        @Test("A second service on the same journal does not start")
        func second() async throws {
            try await ServeStage.run { stage async throws in
                let service = try await stage.serve()
                let other = try await ServeProcess.run(
                    ["serve", "--config", stage.config.path], environment: TestBridge.environment)
                #expect(other.code == 1)
                #expect(other.complaints.contains("another 'serve' is using this journal"))
                service.kill()
                #expect(service.leaks == [])
            }
        }

        @Test("Nor does one that reaches it by another name", arguments: ["symbolic", "hard"])
        func linked(_ link: String) async throws {
            try await ServeStage.run { stage async throws in
                let service = try await stage.serve()
                let journal = stage.folder.appendingPathComponent("bridge.sqlite")
                let other = stage.folder.appendingPathComponent("other.sqlite")
                if link == "hard" {
                    try FileManager.default.linkItem(at: journal, to: other)
                } else {
                    try FileManager.default.createSymbolicLink(at: other, withDestinationURL: journal)
                }
                let second = stage.folder.appendingPathComponent("second.yaml")
                try String(contentsOf: stage.config, encoding: .utf8)
                    .replacingOccurrences(of: "sqlite:bridge.sqlite", with: "sqlite:other.sqlite")
                    .write(to: second, atomically: true, encoding: .utf8)
                let result = try await ServeProcess.run(
                    ["serve", "--config", second.path], environment: TestBridge.environment)
                #expect(result.code == 1)
                #expect(result.complaints.contains("another 'serve' is using this journal"))
                let mode = try FileManager.default.attributesOfItem(atPath: journal.path)[.posixPermissions] as? Int
                #expect(mode == 0o600)
                service.kill()
                #expect(service.leaks == [])
            }
        }

        @Test("With the disk full: 503, not ready; with room again all is well, without a restart")
        func diskFull() async throws {
            try await ServeStage.run(replyWithin: "9s") { stage async throws in
                // A limit on the size of files stands for the disk's end.
                let service = try await stage.serve(largestFile: 500_000)
                var statuses: [Int] = []
                for number in 0..<60 {
                    let payload = #"{"n":\#(number),"x":"\#(String(repeating: "x", count: 20_000))"}"#
                    statuses.append(try await stage.status(of: Sample(payload: Array(payload.utf8)), service))
                }
                #expect(statuses.first == 200)
                #expect(statuses.last == 503)
                #expect(Set(statuses) == [200, 503])
                let ready = try await Web.request("GET", "http://127.0.0.1:\(service.ports.listener)/health/ready")
                #expect(ready.status == 503)
                try await service.lift()
                #expect(try await stage.push(to: service).status == 200)
                // An answer is remembered for a second; the time limit is the bound.
                var status = 503
                while status != 200 {
                    status = try await Web.request(
                        "GET", "http://127.0.0.1:\(service.ports.listener)/health/ready"
                    ).status
                }
                #expect(await stage.buddy.totalStarts == 1)
                service.kill()
                #expect(service.leaks == [])
            }
        }

        @Test("A bad configuration: every error at once, code 2, nothing started")
        func badConfiguration() async throws {
            try await ServeStage.run { stage async throws in
                let bad = try String(contentsOf: stage.config, encoding: .utf8)
                    .replacingOccurrences(of: "when:", with: "whem:")
                    .replacingOccurrences(of: "secrets: [env:GITHUB_SECRET]", with: "secrets: [env:NOT_SET]")
                try bad.write(to: stage.config, atomically: true, encoding: .utf8)
                let result = try await ServeProcess.run(
                    ["serve", "--config", stage.config.path], environment: TestBridge.environment)
                #expect(result.code == 2)
                #expect(result.complaints.contains("unknown key 'whem' in a route; did you mean 'when'?"))
                #expect(result.complaints.contains("the variable NOT_SET is not set"))
                #expect(
                    !FileManager.default.fileExists(atPath: stage.folder.appendingPathComponent("bridge.sqlite").path))
            }
        }
    }
}
