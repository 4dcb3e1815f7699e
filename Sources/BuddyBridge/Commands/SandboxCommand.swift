import ArgumentParser
import BuddySandbox
import Logging
import ServiceLifecycle
import UnixSignals

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Runs a stand-in of the Buddy API on this machine, with execution 4 of the documentation waiting.",
        discussion: "Its token is 'sandbox-token'. Under /sandbox/ it can be told to misbehave: see the README.")

    @Option(help: "The port; 0 takes a free one.")
    var port = 8082

    func run() async throws {
        var logger = Logger(label: "sandbox") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = .warning
        let buddy = SandboxBuddy()
        await buddy.seedMissionExample()
        let server = SandboxServer(buddy: buddy, port: port, logger: logger) { port in
            Terminal.say("The sandbox listens at http://127.0.0.1:\(port); its token is \(buddy.token)")
        }
        let group = ServiceGroup(
            configuration: .init(
                services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
        try await group.run()
    }
}
