import ArgumentParser
import Bridge
import BridgeServer
import CoreMetrics
import Glibc
import Logging

struct ServeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "serve", abstract: "Runs the service.",
        discussion: """
            SIGTERM ends it when what is at hand is done. SIGHUP reads the configuration anew, as a change of its files \
            does; a bad one changes nothing.
            """)

    @OptionGroup var config: ConfigOption

    @Flag(help: "Verify, route and record, but run nothing.")
    var dryRun = false

    func run() async throws {
        // Before there is anything that it could reload.
        HangUp.ignore()
        let configuration = try config.load(.all)
        // The journal holds what senders sent: it is for this user alone.
        umask(0o077)
        raiseDescriptorLimit()
        let metrics = PrometheusMetrics()
        MetricsSystem.bootstrap(metrics)
        let logger = LogSetup.logger(configuration.log)
        // No reason not to start: nothing better is in force. A reload would be refused.
        for failure in configuration.failedTests() { logger.warning("\(LogText(failure.description))") }
        try await BridgeService(
            configuration: configuration, isDryRun: dryRun, metrics: metrics, logger: logger
        ).run()
    }

    /// Shells and containers often start a process with 1024 file descriptors: as many as there may be connections.
    private func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}
