import Bridge
import BuddySandbox
import Foundation
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// Several services with one database.
    @Suite(
        .timeLimit(.minutes(3)), .enabled(if: PostgreSQLServer.programs != nil, "apt-get install postgresql"))
    struct ReplicaTests {
        /// Runs two services side by side.
        private func pair(
            _ yaml: String, _ body: (TestBridge, _ second: BridgeService.Ports) async throws -> Void
        ) async throws {
            let database = try await SharedPostgreSQL.server().database()
            try await TestBridge.run(
                yaml, journal: "file:database", files: ["database": Array(database.utf8)]
            ) { first async throws in
                try await withThrowingTaskGroup(of: Void.self) { group in
                    let second = try await TestBridge.start(&group) { ready in
                        try await BridgeService(
                            configuration: first.configuration, signals: [], logger: first.canary.logger
                        ).run { ready($0) }
                    }
                    try await body(first, second)
                    group.cancelAll()
                }
            }
        }

        private func post(_ request: Request, to port: Int) async throws -> WebAnswer {
            try await Web.post(request, to: "http://127.0.0.1:\(port)/hooks/github")
        }

        @Test("One delivery to both: one start, and either tells of it")
        func duplicate() async throws {
            try await pair(TestBridge.standard) { first, second async throws in
                let push = try first.sign()
                let answers = try await [post(push, to: first.port), post(push, to: second.listener)]
                #expect(answers.map(\.status) == [200, 200])
                #expect(answers.map { $0.json?.duplicate == true } == [false, true])
                #expect(answers.map { $0.json?.outcome.string } == ["started", "started"])
                #expect(answers[0].json?.delivery.string == answers[1].json?.delivery.string)
                #expect(await first.starts() == 1)
            }
        }

        @Test("Many deliveries to both, all for the earliest: each starts another execution, once")
        func selectors() async throws {
            try await pair(TestBridge.earliest) { first, second async throws in
                for number in 10..<30 { await first.schedule(number, in: 3600 + Double(number)) }
                try await withThrowingTaskGroup(of: WebAnswer.self) { group in
                    for number in 0..<20 {
                        let push = try first.sign(TestBridge.push(number))
                        let port = number % 2 == 0 ? first.port : second.listener
                        group.addTask { try await self.post(push, to: port) }
                    }
                    for try await answer in group {
                        let delivery = try #require(answer.json?.delivery.string)
                        let summary = try await first.settled(delivery)
                        #expect(summary.outcome == "started", "\(summary.message.string ?? "")")
                    }
                }
                // The mission's own execution 4 waits as well.
                #expect(await first.buddy.totalStarts == 20)
                #expect(await first.buddy.executions.allSatisfy { $0.starts <= 1 })
            }
        }

        @Test("Where one has as much as it may, the other wakes and helps")
        func helps() async throws {
            try await pair(TestBridge.earliest) { first, second async throws in
                for number in 10..<30 { await first.schedule(number, in: 3600 + Double(number)) }
                // More than one service may work on at once, and none of them ends.
                await first.buddy.inject(.delay(.seconds(86_400), on: .list, times: 12))
                for number in 0..<12 {
                    let push = try first.sign(TestBridge.push(number))
                    Task { try await self.post(push, to: first.port) }
                }
                await first.buddy.waitForRequests(12, .list)
                await first.buddy.releaseDelays()
                while await first.buddy.totalStarts < 12 { try await Task.sleep(for: .milliseconds(20)) }
                #expect(await first.buddy.totalStarts == 12)
            }
        }
    }
}
