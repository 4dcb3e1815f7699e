import ArgumentParser
import Bridge
import Foundation

@main
struct BuddyBridgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "buddy-bridge",
        abstract: "Runs scheduled Buddy executions on signed webhooks and slash commands.",
        subcommands: [
            ServeCommand.self, CheckCommand.self, ExplainCommand.self, BacktestCommand.self, SendCommand.self,
            CatchUpCommand.self, SandboxCommand.self, DemoCommand.self,
        ])

    /// Exit codes: 0 good, 1 answered no, 2 wrong use or bad configuration.
    static func main() async {
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch let error as InvalidConfiguration {
            Terminal.complain(error.description)
            Foundation.exit(2)
        } catch let error as CommandFailure {
            if !error.message.isEmpty { Terminal.complain("buddy-bridge: \(error.message)") }
            Foundation.exit(error.code)
        } catch let error as JournalUnavailable {
            Terminal.complain("buddy-bridge: \(error)")
            Foundation.exit(1)
        } catch {
            let code = exitCode(for: error)
            if code == .success || code != .validationFailure { exit(withError: error) }
            Terminal.complain(fullMessage(for: error))
            Foundation.exit(2)
        }
    }
}
