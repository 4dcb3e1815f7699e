import Bridge
import BuddySandbox
import Foundation
import Glibc
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// The command as a process, with real signals.
    @Suite(.timeLimit(.minutes(2)))
    struct ReloadProcessTests {
        private static let reloaded = "The configuration was reloaded"

        private func metrics(_ service: ServeProcess) async throws -> [Substring] {
            try await Web.request(
                "GET", "http://127.0.0.1:\(service.ports.admin)/metrics",
                headers: [("Authorization", "Bearer \(Canary.admin)")]
            ).body.split(separator: "\n").filter { $0.hasPrefix("bridge_config") }
        }

        @Test("SIGHUP: a good file is taken, a bad one is not, and both are counted")
        func hangUp() async throws {
            try await ServeStage.run { stage async throws in
                let service = try await stage.serve()
                let old = try String(contentsOf: stage.config, encoding: .utf8)
                let first = try ConfigLoader.load(stage.config.path, environment: TestBridge.environment).0.version
                var lines = try await metrics(service)
                #expect(lines.contains("bridge_config_info{version=\"\(first)\"} 1.0"))
                #expect(lines.contains("bridge_config_last_reload_successful 1.0"))
                for result in ["applied", "refused", "unchanged"] {
                    #expect(lines.contains("bridge_config_reloads_total{result=\"\(result)\"} 0"))
                }

                service.hangUp()
                try await service.waitForLine(with: "nothing has changed")
                let new = old.replacing("branch: master", with: "branch: main")
                try new.write(to: stage.config, atomically: false, encoding: .utf8)
                service.hangUp()
                try await service.waitForLine(with: Self.reloaded + "\"")
                #expect(try await stage.status(of: Sample(), service) == 200)
                let second = try ConfigLoader.load(stage.config.path, environment: TestBridge.environment).0.version

                try "nonsense".write(to: stage.config, atomically: false, encoding: .utf8)
                service.hangUp()
                try await service.waitForLine(with: "the old rules stay in force")
                lines = try await metrics(service)
                #expect(!lines.contains { $0.contains(first) })
                #expect(lines.contains("bridge_config_info{version=\"\(second)\"} 1.0"))
                #expect(lines.contains("bridge_config_last_reload_successful 0.0"))
                for (result, count) in [("applied", 1), ("refused", 1), ("unchanged", 1)] {
                    #expect(lines.contains("bridge_config_reloads_total{result=\"\(result)\"} \(count)"))
                }
                #expect(lines.contains { $0.hasPrefix("bridge_config_last_reload_success_timestamp_seconds ") })
                service.terminate()
                #expect(await service.exitCode() == 0)
                #expect(service.leaks == [])
                #expect(await stage.buddy.totalStarts == 0)
            }
        }

        @Test("A file that is replaced needs no signal")
        func watched() async throws {
            try await ServeStage.run { stage async throws in
                let service = try await stage.serve()
                let text = try String(contentsOf: stage.config, encoding: .utf8)
                try text.replacing("branch: master", with: "branch: main")
                    .write(to: stage.config, atomically: true, encoding: .utf8)
                try await service.waitForLine(with: Self.reloaded)
                #expect(service.lines(with: Self.reloaded).count == 1)
                #expect(try await stage.push(to: service).status == 200)
                #expect(await stage.buddy.totalStarts == 0)
                service.kill()
            }
        }

        /// Whether a process does something else about SIGHUP than to end.
        private static func takesHangUps(_ process: pid_t) -> Bool {
            let status = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
            return status.split(separator: "\n").contains { line in
                guard line.hasPrefix("SigIgn:") || line.hasPrefix("SigCgt:") else { return false }
                let mask = UInt64(line.split(separator: "\t").last ?? "", radix: 16) ?? 0
                return mask & (1 << (UInt64(SIGHUP) - 1)) != 0
            }
        }

        @Test("SIGHUP again and again, from the start to the end: every request is answered, and it ends well")
        func storm() async throws {
            try await ServeStage.run(replyWithin: "9s") { stage async throws in
                await stage.buddy.inject(.delay(.milliseconds(500), on: .get))
                let (processes, started) = AsyncStream.makeStream(of: pid_t.self)
                let storm = Task {
                    guard let process = await processes.first(where: { _ in true }) else { return 0 }
                    while !Self.takesHangUps(process), !Task.isCancelled { usleep(100) }
                    var count = 0
                    while !Task.isCancelled, Glibc.kill(process, SIGHUP) == 0 {
                        count += 1
                        try? await Task.sleep(for: .milliseconds(1))
                    }
                    return count
                }
                let service = try await ServeProcess(
                    config: stage.config, environment: TestBridge.environment, onStart: { started.yield($0) })
                try await service.waitForLine(with: Self.reloaded)
                async let answer = stage.push(to: service)
                await stage.buddy.waitForRequests(1, .get)
                service.terminate()
                #expect(try await answer.status == 200)
                #expect(await service.exitCode() == 0)
                storm.cancel()
                #expect(await storm.value > 100)
                #expect(await stage.buddy.totalStarts == 1)
                #expect(service.leaks == [])
            }
        }
    }
}
