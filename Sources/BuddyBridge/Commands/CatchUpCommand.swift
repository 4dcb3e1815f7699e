import ArgumentParser
import AsyncHTTPClient
import Bridge
import BuddyAPI
import Foundation
import JournalStore

struct CatchUpCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "catch-up",
        abstract: "Asks GitHub to deliver again what it could not deliver to a source.",
        discussion: """
            What the journal has is left alone. 'serve' does the same when it starts. Exit code 1 when GitHub cannot be \
            asked, or refuses a redelivery.
            """)

    @OptionGroup var config: ConfigOption

    @Option(help: "The source; it must have 'catch_up'.")
    var source: String

    @Option(help: "How far back: 30m, 2h; at most 72h (default: as configured).")
    var since: String?

    @Flag(help: "For machines.")
    var json = false

    func run() async throws {
        let configuration = try config.load(.none)
        guard configuration.sources.contains(where: { $0.name == source }) else {
            throw CommandFailure.wrongUse("there is no source '\(source)'")
        }
        let all = try configuration.catchUps.filter { $0.source == source }.map(prepared)
        guard !all.isEmpty else { throw CommandFailure.wrongUse("the source '\(source)' has no 'catch_up'") }
        for settings in all {
            do {
                _ = try settings.credential.read(configuration.secrets)
            } catch {
                throw CommandFailure.wrongUse("'catch_up': \(error.message)")
            }
        }
        let results = try await results(of: all, configuration)
        Terminal.say(
            json
                ? String(decoding: WireJSON.encode(["hooks": results]), as: UTF8.self)
                : results.map(\.text).joined(separator: "\n"))
        guard results.allSatisfy({ $0.error == nil && $0.refused == 0 }) else { throw CommandFailure.answeredNo }
    }

    private func openJournal(_ configuration: Configuration) throws -> any SenderIDs {
        if case .sqlite(let path) = configuration.journal, !FileManager.default.fileExists(atPath: path) {
            return EmptyJournal()
        }
        return try configuration.openJournalForReading()
    }

    private func prepared(_ settings: CatchUpSettings) throws -> CatchUpSettings {
        guard let since else { return settings }
        guard let duration = ConfigNode.duration(of: since), duration <= CatchUpSettings.longest else {
            throw CommandFailure.wrongUse("--since is a time of at most 72h, like 30m, 2h or 1d, not '\(since)'")
        }
        var settings = settings
        settings.since = duration
        return settings
    }

    private func results(
        of all: [CatchUpSettings], _ configuration: Configuration
    ) async throws -> [CatchUpResult] {
        let journal = try openJournal(configuration)
        let http = BuddyAPI.makeHTTPClient(certificateAuthority: configuration.buddy.certificateAuthority)
        var results: [CatchUpResult] = []
        for settings in all {
            var rules = settings.rules
            // Somebody sits there and waits.
            rules.longestWait = .seconds(120)
            let catchUp = settings.catchUp(rules, http: http, journal: journal, secrets: configuration.secrets)
            var report = CatchUpReport()
            do {
                try await catchUp.run(&report, from: Date())
                results.append(CatchUpResult(settings, report, failure: nil))
            } catch {
                results.append(CatchUpResult(settings, report, failure: error))
            }
        }
        try await http.shutdown()
        return results
    }
}

/// The journal of a service that has not run yet.
private struct EmptyJournal: SenderIDs {
    func knows(senderID: String, source: String) async throws(JournalUnavailable) -> Bool { false }
}
