import AsyncHTTPClient
import Bridge
import BridgeServer
import BuddyAPI
import Foundation
import JournalStore
import Logging
import ServiceLifecycle
import UnixSignals

/// The whole service: the one place where its parts are put together.
struct BridgeService {
    /// Where a running service listens.
    struct Ports: Sendable {
        var listener: Int
        var admin: Int?
    }

    let configuration: Configuration
    var isDryRun = false
    var metrics: PrometheusMetrics?
    var signals: [UnixSignal] = [.sigterm, .sigint]
    let logger: Logger

    /// Serves until told to stop by a signal, or by the cancellation of its task.
    ///
    /// - Parameter onReady: is told the ports, once connections are accepted.
    /// - Throws: ``JournalUnavailable`` when the journal cannot be opened; what keeps a port from being opened.
    func run(onReady: @escaping @Sendable (Ports) async -> Void = { _ in }) async throws {
        let journal = try await JournalOpening(configuration: configuration, logger: logger)()
        let http = BuddyAPI.makeHTTPClient(certificateAuthority: configuration.buddy.certificateAuthority)
        do {
            try await Shutdown(signals: signals, logger: logger).run(serviceGroup(journal, http, onReady))
        } catch {
            try? await http.shutdown()
            try? journal.close()
            throw error
        }
        try await http.shutdown()
        try journal.close()
    }

    private func serviceGroup(
        _ journal: any SQLJournal, _ http: HTTPClient, _ onReady: @escaping @Sendable (Ports) async -> Void
    ) -> ServiceGroup {
        let completions = Completions()
        let bell = Bell()
        let clock = journal.clock
        let gates = BuddyGates(configuration.dispatch, now: { clock.now() }, logger: logger)
        let dispatcher = Dispatcher(
            client: buddyAPI(http, gates), journal: journal, rules: configuration.dispatch, completions: completions,
            bell: bell, gates: gates, logger: logger, now: { clock.now() })
        let rejections = RejectionDesk(journal: journal, logger: logger)
        let intake = Intake(
            rules: configuration.ruleBook(isDryRun: isDryRun),
            desk: DeliveryDesk(journal: journal, clock: clock, completions: completions, bell: bell),
            rejections: rejections, logger: logger)
        let health = Health(journal: journal, logger: logger)
        let (opened, open) = AsyncStream.makeStream(of: Never.self)
        let ready = Readiness(hasAdmin: configuration.admin != nil, logger: logger) { ports in
            open.finish()
            await onReady(ports)
        }
        let listener = Listener(configuration.listen, health: health, logger: logger) { intake }

        // Stopped in reverse: first no new requests, then no new runs, and the journal last.
        var services: [any Service] = [
            Housekeeping(journal: journal, retention: configuration.retention, logger: logger), dispatcher,
            rejections,
        ]
        if let shared = journal as? any SharedJournal {
            services.append(NewsDesk(journal: shared, completions: completions, bell: bell))
        }
        services += PublishedKeysFetcher.all(of: configuration.sources, http: http, logger: logger)
        // A delivery that nothing is run for would be known from then on: a dry run asks for none.
        if !isDryRun, !configuration.catchUps.isEmpty {
            services.append(CatchUpService(configuration, http: http, journal: journal, opened, logger: logger))
        }
        if let admin = configuration.admin {
            let server = AdminServer(
                admin, health: health, journal: journal, metrics: metrics, logger: logger
            ) { intake }
            services.append(server.application { await ready.admin($0) })
        }
        services.append(listener.application { await ready.listener($0) })
        var group = ServiceGroupConfiguration(services: services, logger: logger)
        group.maximumGracefulShutdownDuration = configuration.shutdownTime
        return ServiceGroup(configuration: group)
    }

    private func buddyAPI(_ http: HTTPClient, _ gates: BuddyGates) -> BuddyAPI {
        let secrets = configuration.secrets
        let buddy = configuration.buddy
        return BuddyAPI(
            http: http, timeout: configuration.dispatch.callTimeout,
            token: { base, domain in
                // Read for each call: a token that was replaced takes hold at once.
                buddy.tokenReference(of: domain, at: base).flatMap { try? secrets.read($0) }
            }, observer: { buddy, limit in gates.note(limit, of: buddy) })
    }
}

/// Waits for both ports before the service is called ready.
private actor Readiness {
    private let hasAdmin: Bool
    private let logger: Logger
    private let onReady: @Sendable (BridgeService.Ports) async -> Void
    private var listenerPort: Int?
    private var adminPort: Int?

    init(
        hasAdmin: Bool, logger: Logger, _ onReady: @escaping @Sendable (BridgeService.Ports) async -> Void
    ) {
        self.hasAdmin = hasAdmin
        self.logger = logger
        self.onReady = onReady
    }

    func listener(_ port: Int) async {
        listenerPort = port
        await tell()
    }

    func admin(_ port: Int) async {
        adminPort = port
        await tell()
    }

    private func tell() async {
        guard let listenerPort, !hasAdmin || adminPort != nil else { return }
        logger.info(
            "Listening", metadata: ["port": "\(listenerPort)", "admin_port": "\(adminPort.map(String.init) ?? "none")"])
        await onReady(.init(listener: listenerPort, admin: adminPort))
    }
}
