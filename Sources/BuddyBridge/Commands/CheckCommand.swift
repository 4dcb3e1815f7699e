import ArgumentParser

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Tells every error of a configuration file at once.")

    @OptionGroup var config: ConfigOption

    @Flag(help: "Do without the secrets, as in a pull request.")
    var withoutSecrets = false

    func run() async throws {
        let configuration = try config.load(withoutSecrets ? .none : .all)
        Terminal.say(
            "\(config.path): good (\(configuration.sources.count) sources, \(configuration.routes.count) routes)")
    }
}
