import Bridge
import FoundationEssentials
import Hummingbird

/// `/api/deliveries`: what arrived, what came of it, and trying again.
struct DeliveriesAPI: Sendable {
    let journal: any DeliveryJournal & RunHistory
    let intake: @Sendable () -> Intake

    func addRoutes(to router: WebRouter) {
        router.get("/api/deliveries") { request, _ in try await list(request) }
        router.get("/api/deliveries/:id") { _, context in try await show(context.parameters.require("id")) }
        router.post("/api/deliveries/:id/redeliver") { _, context in
            try await redeliver(context.parameters.require("id"))
        }
    }

    func load(_ id: String) async throws(JournalUnavailable) -> Delivery? { try await journal.delivery(id) }

    private struct Page: Encodable {
        var deliveries: [Summary]
        var next: String?

        private enum CodingKeys: CodingKey { case deliveries, next }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(deliveries, forKey: .deliveries)
            try container.encode(next, forKey: .next)
        }
    }

    private func list(_ request: WebRequest) async throws -> Response {
        let parameters = request.uri.queryParameters
        var query = DeliveryQuery(
            source: parameters["source"].map(String.init), before: parameters["before"].map(String.init))
        if let text = parameters["outcome"] {
            guard let outcome = DeliveryOutcome(rawValue: String(text)) else {
                return Response(.problem(400, "There is no such outcome"))
            }
            query.outcome = outcome
        }
        if let text = parameters["limit"] {
            guard let limit = Int(text), (1...200).contains(limit) else {
                return Response(.problem(400, "'limit' is a number from 1 to 200"))
            }
            query.limit = limit
        }
        let wanted = query.limit
        query.limit += 1
        let found = try await journal.deliveries(query)
        let page = found.prefix(wanted)
        return Response(
            Reply(
                status: 200,
                json: Page(deliveries: page.map { Summary($0) }, next: found.count > wanted ? page.last?.id : nil)))
    }

    private func show(_ id: String) async throws -> Response {
        guard let delivery = try await load(id) else { return Response(.problem(404, "There is no such delivery")) }
        var histories: [Int64: [AttemptRecord]] = [:]
        for run in delivery.runs { histories[run.id] = try await journal.history(of: run.id) }
        return Response(Reply(status: 200, json: DeliveryReport(delivery, histories: histories)))
    }

    private func redeliver(_ id: String) async throws -> Response {
        guard let delivery = try await load(id) else { return Response(.problem(404, "There is no such delivery")) }
        do {
            guard let (summary, receipt) = try await intake().redeliver(delivery) else {
                return Response(.problem(404, "There is no such delivery"))
            }
            if case .duplicate = receipt {
                return Response(.problem(409, "Nothing of this delivery is to be done again", detail: summary.message))
            }
            return Response(Reply(status: 202, json: summary))
        } catch let error as NotExplained {
            return Response(.problem(409, "This delivery cannot be routed any more", detail: error.message))
        }
    }
}
