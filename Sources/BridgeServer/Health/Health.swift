package import Bridge
import Hummingbird
package import Logging

/// Whether the service lives, and whether it can take deliveries. On both ports, without a token.
package struct Health: Sendable {
    private let probe: ReadinessProbe
    private let notes: @Sendable () -> [String: String]

    /// - Parameter notes: by part, what is not as its operator wants it, and keeps no delivery from being taken. In words
    ///   for strangers.
    package init(
        journal: any JournalHealth, logger: Logger, notes: @escaping @Sendable () -> [String: String] = { [:] }
    ) {
        self.notes = notes
        probe = ReadinessProbe(journal: journal, logger: logger)
    }

    func addRoutes(to router: WebRouter) {
        router.get("/health/live") { _, _ in Response(Reply(status: 200, json: ["status": "ok"])) }
        router.get("/health/ready") { _, _ in await ready() }
    }

    private struct Answer: Encodable {
        var status: String
        /// By part, what is wrong with it.
        var notReady: [String: String] = [:]
        var notes: [String: String]

        private enum CodingKeys: String, CodingKey {
            case status, notes
            case notReady = "not_ready"
        }
    }

    private func ready() async -> Response {
        let notes = notes()
        if let problem = await probe.problem() {
            // More of it is in the log; this port is open to strangers.
            return Response(
                Reply(status: 503, json: Answer(status: "not ready", notReady: ["journal": problem], notes: notes)))
        }
        return Response(Reply(status: 200, json: Answer(status: "ok", notes: notes)))
    }
}
