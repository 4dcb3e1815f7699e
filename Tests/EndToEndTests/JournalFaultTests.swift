import Foundation
import GRDB
import TestSupport
import Testing

extension EndToEnd {
    /// While the journal takes nothing: nothing is acknowledged, and everybody is told so.
    @Suite(.timeLimit(.minutes(3)))
    struct JournalFaultTests {
        private func ready(_ port: Int) async throws -> WebAnswer {
            try await Web.request("GET", "http://127.0.0.1:\(port)/health/ready")
        }

        /// An answer is remembered for a second; the time limit is the bound.
        private func waitUntilReady(_ isReady: Bool, _ port: Int) async throws -> WebAnswer {
            while true {
                let answer = try await ready(port)
                if (answer.status == 200) == isReady { return answer }
                try await Task.sleep(for: .milliseconds(50))
            }
        }

        @Test("SQLite locked by somebody else: 503 and when to come again, not ready and why; then all is well")
        func locked() async throws {
            try await TestBridge.run { bridge async throws in
                var configuration = GRDB.Configuration()
                // So that one transaction may last over several accesses.
                configuration.allowsUnsafeTransactions = true
                // The service may be writing at this moment.
                configuration.busyMode = .timeout(5)
                let other = try DatabaseQueue(
                    path: bridge.folder.appendingPathComponent("bridge.sqlite").path, configuration: configuration)
                try await other.writeWithoutTransaction { db in try db.execute(sql: "BEGIN IMMEDIATE") }
                let answer = try await bridge.post(try bridge.sign())
                #expect(answer.status == 503)
                #expect(answer.headers["retry-after"] == "5")
                #expect(answer.headers["content-type"] == "application/problem+json")
                let health = try await waitUntilReady(false, bridge.port)
                #expect(
                    health.json?.not_ready.journal == "cannot be written: something else has locked it",
                    "\(health.body)")
                try await other.writeWithoutTransaction { db in try db.execute(sql: "ROLLBACK") }
                #expect(try await bridge.post(try bridge.sign()).json?.outcome == "started")
                _ = try await waitUntilReady(true, bridge.port)
                #expect(await bridge.starts() == 1)
                try other.close()
            }
        }

        @Test(
            "PostgreSQL gone: the same; back again: all goes on without a restart",
            .enabled(if: PostgreSQLServer.programs != nil, "apt-get install postgresql"))
        func gone() async throws {
            let server = try await PostgreSQLServer.start()
            try await TestBridge.run(
                journal: "file:database", files: ["database": Array(server.url.utf8)]
            ) { bridge async throws in
                #expect(try await bridge.post(try bridge.sign(TestBridge.push(1))).status == 200)
                server.stop()
                let answer = try await bridge.post(try bridge.sign(TestBridge.push(2, ref: "refs/heads/other")))
                #expect(answer.status == 503)
                #expect(answer.headers["retry-after"] == "5")
                let health = try await waitUntilReady(false, bridge.port)
                #expect(
                    health.json?.not_ready.journal == "cannot be written: the database cannot be reached",
                    "\(health.body)")
                try server.start()
                _ = try await waitUntilReady(true, bridge.port)
                #expect(
                    try await bridge.post(try bridge.sign(TestBridge.push(2, ref: "refs/heads/other"))).json?.outcome
                        == "ignored")
                #expect(await bridge.starts() == 1)
            }
            server.remove()
        }
    }
}
