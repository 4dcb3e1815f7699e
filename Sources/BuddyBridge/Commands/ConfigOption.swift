import ArgumentParser
import Foundation

/// Where the configuration file is.
struct ConfigOption: ParsableArguments {
    @Option(help: "The configuration file (default: $BUDDY_BRIDGE_CONFIG, else bridge.yaml).")
    var config: String?

    var path: String { config ?? ProcessInfo.processInfo.environment["BUDDY_BRIDGE_CONFIG"] ?? "bridge.yaml" }

    /// Loads it, with its warnings on standard error.
    func load(_ needs: ConfigLoader.Secrets) throws -> Configuration {
        let (configuration, warnings) = try ConfigLoader.load(path, needs: needs)
        for warning in warnings { Terminal.complain(warning.text) }
        return configuration
    }
}
