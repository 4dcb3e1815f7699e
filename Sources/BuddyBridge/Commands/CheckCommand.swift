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
            throw CommandFailure.failed("\(failures.count) of \(configuration.tests.count) tests fail")
        }
        let tests = configuration.tests.isEmpty ? "" : ", \(configuration.tests.count) tests"
        Terminal.say(
            "\(config.path): good (\(configuration.sources.count) sources, \(configuration.routes.count) routes\(tests))"
        )
        if online { try await OnlineCheck.report(configuration, file: config.path) }
    }
}
