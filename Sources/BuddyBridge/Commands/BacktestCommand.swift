import ArgumentParser
import Bridge
import Foundation
import JournalStore

struct BacktestCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backtest",
        abstract: "Decides what really arrived by the rules of a file, and tells what would now go elsewhere.",
        discussion:
            "Nothing is sent, run or written. Exit code 0 when all goes where it went, 1 when anything does not.")

    @OptionGroup var config: ConfigOption

    @Option(help: "How many deliveries, the newest of the journal.")
    var last = 1000

    @Option(help: "Only deliveries of this source.")
    var source: String?

    @Option(help: "The journal, sqlite:PATH or env:NAME (default: that of the file).")
    var journal: String?

    @Flag(help: "Decide as 'serve --dry-run' does: for a journal that was written so.")
    var dryRun = false

    @Flag(help: "For machines.")
    var json = false

    func validate() throws {
        guard last > 0 else { throw ValidationError("--last is a number of deliveries, more than 0") }
    }

    func run() async throws {
        var configuration = try config.load(.none)
        if let journal {
            let folder = FileManager.default.currentDirectoryPath
            guard let location = Configuration.JournalLocation(journal, folder: folder) else {
                throw CommandFailure.wrongUse(
                    "--journal is sqlite:PATH, or env:NAME or file:/path, not '\(journal.prefix { $0 != ":" }):…'")
            }
            configuration.journal = location
        }
        let opened = try configuration.openJournalForReading()
        let report = try await Backtest(rules: configuration.ruleBook(isDryRun: dryRun), journal: opened)
            .run(last: last, source: source)
        Terminal.say(json ? String(decoding: WireJSON.encode(report), as: UTF8.self) : Self.text(of: report))
        if !report.differences.isEmpty { throw CommandFailure.answeredNo }
    }

    private static func text(of report: Backtest.Report) -> String {
        let lines = report.differences.map { one in
            """
            \(one.delivery) \(one.receivedAt) \(one.source) \(LogText(one.event))
              was \(text(of: one.before))
              now \(text(of: one.after))
            """
        }
        return (lines + ["\(report.differences.count) of \(report.deliveries) deliveries would go elsewhere"])
            .joined(separator: "\n")
    }

    private static func text(of verdict: Backtest.Verdict) -> String {
        ([verdict.outcome] + verdict.runs.map { "\(LogText($0))" }).joined(separator: ": ")
    }
}
