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

                let journal = try bridge.configuration.openJournalForReading()
                let deliveries = try await journal.deliveries(DeliveryQuery(limit: 10_000))
                try journal.close()
                #expect(deliveries.count == swaps * batch)
                let counts = Dictionary(grouping: deliveries, by: Halves.init).mapValues(\.count)
                #expect(
                    Set(counts.keys) == [
                        Halves(rules: try Self.version(of: alpha), "alpha", 1),
                        Halves(rules: try Self.version(of: beta), "beta", 2),
                    ], "\(counts)")
                // Not only those of the first moment.
                #expect(counts.values.allSatisfy { $0 > batch }, "\(counts)")
            }
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
