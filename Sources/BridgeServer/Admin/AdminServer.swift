package import Bridge
import FoundationEssentials
import HTTPTypes
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The admin port: the API over deliveries, `explain`, the configuration in force, and the metrics.
package struct AdminServer: Sendable {
    private let settings: AdminSettings
    private let health: Health
    private let deliveries: DeliveriesAPI
    private let verification: VerificationAPI
    private let metrics: PrometheusMetrics?
    private let intake: @Sendable () -> Intake
    private let logger: Logger

    package init(
        _ settings: AdminSettings, health: Health, journal: any DeliveryJournal & RunHistory & VerificationJournal,
        metrics: PrometheusMetrics?, logger: Logger, lastReload: @escaping @Sendable () -> ReloadReport? = { nil },
        intake: @escaping @Sendable () -> Intake
    ) {
        self.settings = settings
        self.health = health
        deliveries = DeliveriesAPI(journal: journal, intake: intake)
        verification = VerificationAPI(journal: journal, intake: intake, lastReload: lastReload)
        self.metrics = metrics
        self.intake = intake
        self.logger = logger
    }

    /// - Parameter onReady: is told the port, once connections are accepted.
    package func application(
        onReady: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> some ApplicationProtocol {
        Application(
            router: router(),
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [CloseAfterResponse()], idleTimeout: .seconds(30))),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: MaximumAvailableConnections(64)),
            onServerRunning: { await onReady($0.localAddress?.port ?? 0) },
            logger: logger)
    }

    func router() -> WebRouter {
        let router = WebRouter(context: ServerContext.self)
        router.add(middleware: ProblemMiddleware(logger: logger))
        health.addRoutes(to: router)
        router.add(middleware: HostMiddleware(host: settings.host))
        router.add(middleware: TokenMiddleware(token: settings.token, openMetrics: settings.openMetrics))
        router.get("/metrics") { _, _ in
            var response = Response(status: .ok)
            response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
            response.body = .init(byteBuffer: ByteBuffer(string: metrics?.exposition() ?? ""))
            return response
        }
        deliveries.addRoutes(to: router)
        router.post("/api/explain") { request, _ in try await explain(request) }
        verification.addRoutes(to: router)
        return router.withOtherMethods()
    }

    private func explain(_ request: WebRequest) async throws -> Response {
        let body = try await RequestBodyReader(time: .seconds(10)).read(request, limit: 25 << 20)
        do {
            let question = try ExplainQuestion(json: body)
            let explanation =
                if let id = question.delivery {
                    try await deliveries.load(id).map { try intake().rules.explain($0) }
                } else {
                    try intake().rules.explain(question.sample, source: question.source ?? "")
                }
            guard let explanation else { return Response(.problem(404, "There is no such delivery")) }
            return Response(Reply(status: 200, json: explanation))
        } catch let error as NotExplained {
            return Response(.problem(400, "That cannot be explained", detail: error.message))
        }
    }
}
