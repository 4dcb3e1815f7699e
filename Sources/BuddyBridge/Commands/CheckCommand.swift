import ArgumentParser

struct CheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Tells every error of a configuration file at once, and runs its tests.",
        discussion: "Exit code 1 when a test fails, 2 when the file is broken.")

    @OptionGroup var config: ConfigOption

    @Flag(help: "Do without the secrets, as in a pull request.")
    var withoutSecrets = false

    @Flag(help: "Ask Buddy, too, whether the tokens and the targets are right. Nothing is changed there.")
    var online = false

    func run() async throws {
        if online, withoutSecrets {
            throw CommandFailure.wrongUse("--online asks Buddy, so it cannot do without the secrets")
        }
        let configuration = try config.load(withoutSecrets ? .none : .all)
        let failures = configuration.failedTests()
        for failure in failures { Terminal.complain(failure.text) }
        guard failures.isEmpty else {
            throw CommandFailure.failed("of \(count(configuration.tests, "test")), \(failures.count) failed")
        }
        let parts = [count(configuration.sources, "source"), count(configuration.routes, "route")]
        let tests = configuration.tests.isEmpty ? [] : [count(configuration.tests, "test")]
        Terminal.say("\(config.path): good (\((parts + tests).joined(separator: ", ")))")
        if online { try await OnlineCheck.report(configuration, file: config.path) }
    }

    private func count(_ things: [some Any], _ word: String) -> String {
        "\(things.count) \(word)\(things.count == 1 ? "" : "s")"
    }
}
