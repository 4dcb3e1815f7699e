package import Bridge
import FoundationEssentials
import HTTPTypes
package import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore

/// The public port: `POST /hooks/{source}` and health.
package struct Listener: Sendable {
    package struct Settings: Sendable {
        package var host = "127.0.0.1"
        package var port = 8080
        /// Of all header fields together, in bytes.
        package var headerLimit = 32 << 10
        /// For the whole of a body.
        package var bodyTime: Duration = .seconds(10)
        package var connections = 1024
        /// Of all bodies that are held at once, in bytes.
        package var inFlight = 128 << 20
        /// Whose `Forwarded` or `X-Forwarded-For` is believed.
        package var trustedProxies: [AddressRange] = []

        package init() {}
    }

    private let settings: Settings
    private let budget: InFlightBudget
    private let health: Health
    /// The configuration of the moment: a request keeps the one that it began with.
    private let intake: @Sendable () -> Intake
    private let logger: Logger

    package init(
        _ settings: Settings, health: Health, logger: Logger, intake: @escaping @Sendable () -> Intake
    ) {
        self.settings = settings
        budget = InFlightBudget(limit: settings.inFlight)
        self.health = health
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
                    additionalChannelHandlers: [CloseAfterResponse()], idleTimeout: .seconds(30),
                    // Twice the limit, so that the answer is 431 and not only a closed connection.
                    httpDecoderConfiguration: .init(
                        maxHeaderFieldSize: settings.headerLimit * 2, maxHeaderListSize: settings.headerLimit * 2))),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port),
                availableConnectionsDelegate: MaximumAvailableConnections(settings.connections)),
            onServerRunning: { await onReady($0.localAddress?.port ?? 0) },
            logger: logger)
    }

    func router() -> WebRouter {
        let router = WebRouter(context: ServerContext.self)
        router.add(middleware: ProblemMiddleware(logger: logger))
        health.addRoutes(to: router)
        // GET for the few that send so; the source knows.
        for method in [HTTPRequest.Method.post, .get] {
            router.on("/hooks/:source", method: method) { request, context in
                try await receive(request, context)
            }
        }
        return router.withOtherMethods { request, context in
            // An unknown source is not found, whatever the method.
            guard let source = context.parameters.get("source"),
                case .refused(let reply) = intake().admit(head(of: request, context), source: source)
            else { return nil }
            return Response(reply)
        }
    }

    private func receive(_ request: WebRequest, _ context: ServerContext) async throws -> Response {
        let intake = intake()
        switch intake.admit(head(of: request, context), source: context.parameters.get("source") ?? "") {
        case .refused(let reply): return Response(reply).closingConnection()
        case .read(let ticket):
            guard sizeOfHeaders(request) <= settings.headerLimit else {
                return Response(.problem(431, "The header fields are too large")).closingConnection()
            }
            let share = budget.share(of: client(of: request, context))
            // Given back when the request is over.
            defer { withExtendedLifetime(share) {} }
            let body = try await RequestBodyReader(time: settings.bodyTime).read(
                request, limit: ticket.bodyLimit, share: share)
            return Response(await intake.receive(body, ticket))
        }
    }

    private func client(of request: WebRequest, _ context: ServerContext) -> String {
        func values(_ name: String) -> [String] { HTTPField.Name(name).map { request.headers[values: $0] } ?? [] }
        return settings.trustedProxies.client(
            peer: context.remoteAddress?.ipAddress ?? "", forwarded: values("Forwarded"),
            forwardedFor: values("X-Forwarded-For"))
    }

    private func sizeOfHeaders(_ request: WebRequest) -> Int {
        request.headers.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
    }

    private func head(of request: WebRequest, _ context: ServerContext) -> RequestHead {
        RequestHead(
            method: request.method.rawValue, query: request.uri.query ?? "",
            headers: Headers(request.headers.map { ($0.name.rawName, $0.value) }),
            client: client(of: request, context), receivedAt: Date())
    }
}
