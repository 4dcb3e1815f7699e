import Bridge
import Foundation
import JournalStore
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    @Suite(.timeLimit(.minutes(2)))
    struct ReloadUnderLoadTests {
        /// Three places that must agree: a map, a target that does not use it, and a route's name.
        private static func rules(_ project: String, _ pipeline: Int) -> String {
            """
            maps: {projects: {company-website: \(project)}}
            sources:
              github: {provider: github, secrets: [env:GITHUB_SECRET], reply_within: 1ms}
            routes:
              - name: \(project)
                source: github
                run:
                  domain: buddy
                  project: "{{ repository.name | map: projects }}"
                  pipeline: \(pipeline)
                  execution: "{{ payload.number }}"

            """
        }

        /// What a delivery was decided by: equal for all that one file has decided.
        private struct Halves: Hashable {
            var rules: String?
            var route: String?
            var target: String?

            init(_ delivery: Delivery) {
                rules = delivery.rules
                route = delivery.trace.first?.route
                target = delivery.runs.first.map { "\($0.route) \($0.target.project) \($0.target.pipeline)" }
            }

            init(rules: String, _ project: String, _ pipeline: Int) {
                self.rules = rules
                route = project
                target = "\(project) \(project) \(pipeline)"
            }
        }

        @Test("A thousand requests while two files take turns: none is lost, none is decided by half of each")
        func load() async throws {
            let (swaps, batch) = (20, 50)
            try await TestBridge.run(Self.rules("alpha", 1)) { bridge async throws in
                let alpha = try bridge.text
                let beta = alpha.replacing(Self.rules("alpha", 1), with: Self.rules("beta", 2))
                let crowd = WebCrowd(connections: 250)
                let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                    for swap in 1...swaps {
                        for number in 1...batch {
                            let push = try bridge.sign(TestBridge.push(swap * 1000 + number))
                            let url = bridge.url("github")
                            group.addTask { try await crowd.post(push, to: url).status }
                        }
                        try bridge.replace(with: swap.isMultiple(of: 2) ? alpha : beta)
                        // While they are under way.
                        try await bridge.reloaded(swap)
                    }
                    return try await group.reduce(into: [Int: Int]()) { $0[$1, default: 0] += 1 }
                }
                try await crowd.leave()
                #expect(statuses == [202: swaps * batch])

                let counts = try await Self.counts(bridge)
                #expect(counts.values.reduce(0, +) == swaps * batch)
                #expect(
                    Set(counts.keys) == [
                        Halves(rules: try Self.version(of: alpha), "alpha", 1),
                        Halves(rules: try Self.version(of: beta), "beta", 2),
                    ], "\(counts)")
                // Not only those of the first moment.
                #expect(counts.values.allSatisfy { $0 > batch }, "\(counts)")
            }
        }

        @Test("A thousand requests whose bodies are on their way when the rules change: each by the rules of one file")
        func begun() async throws {
            let count = 1000
            try await TestBridge.run(Self.rules("alpha", 1)) { bridge async throws in
                let alpha = try bridge.text
                let beta = alpha.replacing(Self.rules("alpha", 1), with: Self.rules("beta", 2))
                let requests = try (1...count).map { number in
                    let push = try bridge.sign(TestBridge.push(number))
                    let fields = push.head.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
                    let head = "POST /hooks/github HTTP/1.1\r\nHost: bridge\r\n\(fields)Connection: close\r\n"
                    let body = String(decoding: push.body, as: UTF8.self)
                    return (
                        first: head + "Content-Length: \(body.utf8.count)\r\n\r\n" + body.prefix(9),
                        rest: String(body.dropFirst(9)), connection: try RawConnection(port: bridge.port)
                    )
                }
                for request in requests { request.connection.send(request.first) }
                try bridge.replace(with: beta)
                try await bridge.reloaded()
                for request in requests { request.connection.send(request.rest) }
                var answers: [String: Int] = [:]
                for request in requests {
                    answers[String(await request.connection.readHead().prefix(12)), default: 0] += 1
                }
                #expect(answers == ["HTTP/1.1 202": count])
                _ = try await bridge.push(numbered: count + 1)

                let counts = try await Self.counts(bridge)
                #expect(counts.values.reduce(0, +) == count + 1)
                #expect(
                    Set(counts.keys) == [
                        Halves(rules: try Self.version(of: alpha), "alpha", 1),
                        Halves(rules: try Self.version(of: beta), "beta", 2),
                    ], "\(counts)")
            }
        }

        /// How many deliveries the journal has of each kind.
        private static func counts(_ bridge: TestBridge) async throws -> [Halves: Int] {
            let journal = try bridge.configuration.openJournalForReading()
            defer { try? journal.close() }
            let deliveries = try await journal.deliveries(DeliveryQuery(limit: 10_000))
            return Dictionary(grouping: deliveries, by: Halves.init).mapValues(\.count)
        }

        /// As it is loaded from a folder of its own.
        private static func version(of text: String) throws -> String {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("version-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            return try TestBridge.load(text, in: folder).version
        }
    }
}
