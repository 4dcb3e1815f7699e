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
    /// That end it. Where there are none no signal is taken at all, SIGHUP neither.
    var signals: [UnixSignal] = [.sigterm, .sigint]
    /// Between two looks at the configuration's files.
    var watchInterval: Duration = .seconds(2)
    let logger: Logger

    /// Serves until told to stop by a signal, or by the cancellation of its task.
    ///
    /// - Parameter onReady: is told the ports, once connections are accepted.
    /// - Throws: ``JournalUnavailable`` when the journal cannot be opened; what keeps a port from being opened.
    func run(onReady: @escaping @Sendable (Ports) async -> Void = { _ in }) async throws {
        // Before anything that takes its time: it must not end the process.
        let hangUps = signals.isEmpty ? nil : await UnixSignalsSequence(trapping: .sighup)
        let journal = try await JournalOpening(configuration: configuration, logger: logger)()
        let http = BuddyAPI.makeHTTPClient(certificateAuthority: configuration.buddy.certificateAuthority)
        do {
            try await Shutdown(signals: signals, logger: logger).run(
                serviceGroup(journal, http, hangUps, onReady))
        } catch {
            try? await http.shutdown()
            try? journal.close()
            throw error
        }
        try await http.shutdown()
        try journal.close()
    }

    private func serviceGroup(
        _ journal: any SQLJournal, _ http: HTTPClient, _ hangUps: UnixSignalsSequence?,
        _ onReady: @escaping @Sendable (Ports) async -> Void
    ) -> ServiceGroup {
        let completions = Completions()
        let bell = Bell()
        let clock = journal.clock
        let gates = BuddyGates(configuration.dispatch, now: { clock.now() }, logger: logger)
        let rejections = RejectionDesk(journal: journal, logger: logger)
        let rules = RulesInForce(
            configuration,
            intake: intake(
                DeliveryDesk(journal: journal, clock: clock, completions: completions, bell: bell), rejections))
        let dispatcher = Dispatcher(
            client: buddyAPI(http, gates, rules), journal: journal, rules: configuration.dispatch,
            completions: completions, bell: bell, gates: gates, logger: logger, now: { clock.now() })
        let health = Health(journal: journal, logger: logger) { rules.notes }
        let (opened, open) = AsyncStream.makeStream(of: Never.self)
        let ready = Readiness(hasAdmin: configuration.admin != nil, logger: logger) { ports in
            open.finish()
            await onReady(ports)
        }
        let listener = Listener(configuration.listen, health: health, logger: logger) { rules.current }

        // Stopped in reverse: first no new requests, then no new runs, and the journal last.
        var services: [any Service] = [
            Housekeeping(journal: journal, retention: { rules.configuration.retention }, logger: logger), dispatcher,
            rejections,
        ]
        if let shared = journal as? any SharedJournal {
            services.append(NewsDesk(journal: shared, completions: completions, bell: bell))
        }
        services.append(
            PublishedKeysFetcher(
                sources: { rules.configuration.sources }, changes: rules.changes, http: http, logger: logger))
        // A delivery that nothing is run for would be known from then on: a dry run asks for none.
        if !isDryRun, !configuration.catchUps.isEmpty {
            services.append(CatchUpService(configuration, http: http, journal: journal, opened, logger: logger))
        }
        if let admin = configuration.admin {
            let server = AdminServer(
                admin, health: health, journal: journal, metrics: metrics, logger: logger,
                lastReload: { rules.lastReload }
            ) { rules.current }
            services.append(server.application { await ready.admin($0) })
        }
        services.append(listener.application { await ready.listener($0) })
        services.append(ReloadService(reloader(rules), interval: watchInterval, hangUps: hangUps))
        var group = ServiceGroupConfiguration(services: services, logger: logger)
        group.maximumGracefulShutdownDuration = configuration.shutdownTime
        return ServiceGroup(configuration: group)
    }

    /// Makes the intake of a configuration. What outlives it is one and the same for all.
    private func intake(_ desk: DeliveryDesk, _ rejections: RejectionDesk) -> @Sendable (Configuration) -> Intake {
        let failures = FailureBudget()
        return { [isDryRun, logger] configuration in
            Intake(
                rules: configuration.ruleBook(isDryRun: isDryRun), desk: desk, rejections: rejections,
                failures: failures, logger: logger)
        }
    }

    private func buddyAPI(_ http: HTTPClient, _ gates: BuddyGates, _ rules: RulesInForce) -> BuddyAPI {
        BuddyAPI(
            http: http, timeout: configuration.dispatch.callTimeout,
            token: { buddy, domain in
                // Read for each call: a token that was replaced takes hold at once.
                let configuration = rules.configuration
                return configuration.buddy.tokenReference(of: domain, at: buddy).flatMap {
                    try? configuration.secrets.read($0)
                }
            }, observer: { buddy, limit in gates.note(limit, of: buddy) })
    }

    private func reloader(_ rules: RulesInForce) -> Reloader {
        let (files, environment) = (configuration.files, configuration.secrets.environment)
        return Reloader(
            rules, load: { try ConfigLoader.load(files.first ?? "", environment: environment) },
            failedTests: { $0.failedTests().map(\.description) }, logger: logger)
    }
}
