import ArgumentParser
import Bridge
import Foundation

@main
struct BuddyBridgeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "buddy-bridge",
        abstract: "Runs scheduled Buddy executions on signed webhooks and slash commands.",
        subcommands: [
            ServeCommand.self, CheckCommand.self, ExplainCommand.self, SendCommand.self, SandboxCommand.self,
            DemoCommand.self,
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

/// Why a command ends with another code than 0.
struct CommandFailure: Error {
    var code: Int32
    var message: String

    /// The command did its work, and the answer is no.
    static let answeredNo = CommandFailure(code: 1, message: "")

    static func failed(_ message: String) -> CommandFailure { CommandFailure(code: 1, message: message) }

    static func wrongUse(_ message: String) -> CommandFailure { CommandFailure(code: 2, message: message) }
}

/// What a person reads.
enum Terminal {
    static func say(_ text: String) { FileHandle.standardOutput.write(Data((text + "\n").utf8)) }

    static func complain(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

/// Where the configuration file is.
struct ConfigOption: ParsableArguments {
    @Option(help: "The configuration file (default: $BUDDY_BRIDGE_CONFIG, else bridge.yaml).")
    var config: String?

    var path: String { config ?? ProcessInfo.processInfo.environment["BUDDY_BRIDGE_CONFIG"] ?? "bridge.yaml" }

    /// Loads it, with its warnings on standard error.
    func load(_ needs: ConfigLoader.Secrets) throws -> Configuration {
        let (configuration, warnings) = try ConfigLoader.load(path, needs: needs)
        for warning in warnings { Terminal.complain(warning.description) }
        return configuration
    }
}
