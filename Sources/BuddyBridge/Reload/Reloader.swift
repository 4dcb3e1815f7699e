import Bridge
import Foundation
import Logging
import Metrics
import Synchronization

/// Loads the configuration's files anew, checks and tests them, and puts them in force if all of it is good.
final class Reloader: Sendable {
    enum Trigger: String, Sendable {
        case signal = "SIGHUP"
        case files = "a file has changed"
    }

    typealias Load = @Sendable () throws -> (Configuration, [Diagnostics.Diagnostic])

    private let inForce: RulesInForce
    private let load: Load
    private let failedTests: @Sendable (Configuration) -> [String]
    private let logger: Logger
    private let metrics: ReloadMetrics
    /// What stood in the files when they were last loaded, in force or refused.
    private let tried: Mutex<[String: String]>

    /// More errors than this are counted only.
    private static let mostErrors = 100

    /// - Parameters:
    ///   - load: as at the start; throws ``InvalidConfiguration``.
    ///   - failedTests: the failed ones of a configuration's own tests, a line each.
    init(
        _ inForce: RulesInForce, load: @escaping Load, failedTests: @escaping @Sendable (Configuration) -> [String],
        logger: Logger
    ) {
        self.inForce = inForce
        self.load = load
        self.failedTests = failedTests
        self.logger = logger
        metrics = ReloadMetrics(inForce.configuration.version)
        tried = Mutex(inForce.configuration.filesRead)
    }

    /// The files that a change would matter of.
    var files: [String] { tried.withLock { Array($0.keys) } }

    /// Loads the files, if something else stands in them than when they were last loaded.
    func reloadIfNew() {
        let tried = tried.withLock { $0 }
        if FileWatch.contents(of: tried.keys) != tried { reload(.files) }
    }

    func reload(_ trigger: Trigger) {
        do {
            let (configuration, warnings) = try load()
            tried.withLock { $0 = configuration.filesRead }
            let failures = failedTests(configuration)
            guard failures.isEmpty else { return refuse(failures, trigger) }
            apply(configuration, warnings, trigger)
        } catch let error as InvalidConfiguration {
            tried.withLock { $0 = error.filesRead }
            refuse(error.diagnostics.filter { $0.severity == .error }.map(\.description), trigger)
        } catch {
            refuse(["\(error)"], trigger)
        }
    }

    private func apply(_ new: Configuration, _ warnings: [Diagnostics.Diagnostic], _ trigger: Trigger) {
        let running = inForce.configuration
        let isSame = running.filesRead == new.filesRead && inForce.lastReload?.last != .refused
        let report = inForce.replace(with: new)
        metrics.applied(running.version, new.version, isSame: isSame)
        for warning in warnings { logger.warning("\(LogText(warning.description))") }
        logger.notice(
            isSame ? "The configuration was reloaded: nothing has changed" : "The configuration was reloaded",
            metadata: [
                "trigger": "\(trigger.rawValue)", "old": "\(running.version.prefix(12))",
                "new": "\(new.version.prefix(12))",
                "sources": "\(new.sources.count)", "routes": "\(new.routes.count)",
            ])
        guard !report.needsRestart.isEmpty else { return }
        logger.warning(
            "Some of the configuration waits for a restart",
            metadata: ["keys": "\(LogText(report.needsRestart.joined(separator: ", ")))"])
    }

    private func refuse(_ errors: [String], _ trigger: Trigger) {
        // Without what of the file a diagnosis may show below.
        var lines = errors.prefix(Self.mostErrors).map { LogText(String($0.prefix { !$0.isNewline })).description }
        if errors.count > lines.count { lines.append("and \(errors.count - lines.count) more") }
        inForce.refuse(lines)
        metrics.refused()
        for line in lines { logger.error("\(line)") }
        logger.error(
            "The configuration was not reloaded: the old rules stay in force",
            metadata: [
                "trigger": "\(trigger.rawValue)", "version": "\(inForce.configuration.version.prefix(12))",
                "errors": "\(errors.count)",
            ])
    }
}
