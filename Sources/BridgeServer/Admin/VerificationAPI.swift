import Bridge
import FoundationEssentials
import Hummingbird

/// `/api/config` and `/api/rejections`: who is let in, by what, and who was not.
struct VerificationAPI: Sendable {
    let journal: any VerificationJournal
    let intake: @Sendable () -> Intake
    let lastReload: @Sendable () -> ReloadReport?

    func addRoutes(to router: WebRouter) {
        router.get("/api/config") { _, _ in try await showConfiguration() }
        router.get("/api/rejections") { request, _ in try await list(request) }
    }

    private func showConfiguration() async throws -> Response {
        let rules = intake().rules
        var lastUses: [String: [String: Date]] = [:]
        for source in rules.sources.keys { lastUses[source] = try await journal.lastUses(source: source) }
        return Response(Reply(status: 200, json: rules.outline(lastUses: lastUses, reload: lastReload())))
    }

    private func list(_ request: WebRequest) async throws -> Response {
        let parameters = request.uri.queryParameters
        let limit = parameters["limit"].map { Int($0) } ?? 50
        guard let limit, (1...200).contains(limit) else {
            return Response(.problem(400, "'limit' is a number from 1 to 200"))
        }
        let rejections = try await journal.rejections(source: parameters["source"].map(String.init), limit: limit)
        return Response(Reply(status: 200, json: ["rejections": rejections]))
    }
}
