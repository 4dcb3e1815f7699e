import ArgumentParser
import Bridge

struct ExplainCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Tells what the routes make of an event, and why. Nothing is sent or run.",
        discussion: "Exit code 0 when a route matches, 1 when none does or the caller is not allowed.")

    @OptionGroup var config: ConfigOption
    @OptionGroup var options: SampleOptions

    @Option(help: "A recorded delivery instead of a sample.")
    var delivery: String?

    @Flag(help: "For machines.")
    var json = false

    func run() async throws {
        let configuration = try config.load(.none)
        let rules = configuration.ruleBook()
        let explanation: Explanation
        do {
            if let delivery {
                let journal = try configuration.openJournalForReading()
                guard let recorded = try await journal.delivery(delivery) else {
                    throw CommandFailure.failed("there is no delivery \(delivery)")
                }
                explanation = try rules.explain(recorded)
            } else {
                guard let source = options.source else {
                    throw CommandFailure.wrongUse("--source or --delivery is needed")
                }
                explanation = try rules.explain(options.sample(), source: source)
            }
        } catch let error as NotExplained {
            throw CommandFailure.wrongUse(error.message)
        }
        Terminal.say(
            json ? String(decoding: WireJSON.encode(explanation), as: UTF8.self) : ExplanationText.of(explanation))
        if explanation.outcome == .ignored || explanation.outcome == .denied { throw CommandFailure.answeredNo }
    }
}
