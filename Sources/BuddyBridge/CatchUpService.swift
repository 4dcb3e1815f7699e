import AsyncHTTPClient
import Bridge
import Foundation
import Logging
import Metrics
import ServiceLifecycle

/// Once, after the ports are open: has senders deliver again what they could not deliver while this was down.
struct CatchUpService: Service, CustomStringConvertible {
    private let settings: [CatchUpSettings]
    private let http: HTTPClient
    private let journal: any SenderIDs
    private let secrets: SecretReader
    /// Ends when what is delivered again can arrive.
    private let opened: AsyncStream<Never>
    private let logger: Logger
    /// Before the second try; doubled before each one after it.
    var firstPause: Duration = .seconds(10)
    var longestPause: Duration = .seconds(300)
    /// Tries to reach a sender, over some three hours.
    var tries = 40

    init(
        _ configuration: Configuration, http: HTTPClient, journal: any SenderIDs, _ opened: AsyncStream<Never>,
        logger: Logger
    ) {
        settings = configuration.catchUps
        secrets = configuration.secrets
        self.http = http
        self.journal = journal
        self.opened = opened
        self.logger = logger
    }

    var description: String { "CatchUpService" }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await _ in opened {}
            await withDiscardingTaskGroup { group in
                for settings in settings { group.addTask { await catchUp(settings) } }
            }
        }
        // A service that returns before the shutdown ends all others.
        try? await gracefulShutdown()
    }

    private func catchUp(_ settings: CatchUpSettings) async {
        let catchUp = settings.catchUp(settings.rules, http: http, journal: journal, secrets: secrets)
        let counter = Counter(
            label: "bridge_catch_up_redeliveries_total", dimensions: [("source", settings.source)])
        var logger = logger
        logger[metadataKey: "source"] = "\(settings.source)"
        logger[metadataKey: "hook"] = "\(settings.hook)"
        var report = CatchUpReport()
        var pause = firstPause
        let start = Date()
        for number in 1...tries {
            let before = report.requested.count
            let failure = await Self.attempt(catchUp, &report, from: start)
            counter.increment(by: report.requested.count - before)
            guard !Task.isCancelled else { return }
            guard let failure else {
                return logger.info("Caught up with what the sender could not deliver", metadata: report.counts)
            }
            guard !failure.isFinal, number < tries else {
                return logger.error(
                    "Catching up was given up", metadata: report.counts.merging(["error": "\(failure)"]) { $1 })
            }
            logger.warning(
                "The sender cannot be asked yet for what it could not deliver",
                metadata: ["error": "\(failure)", "try": "\(number)"])
            // Not all at the same moment that were cut off at the same moment.
            _ = try? await Task.sleep(for: pause * Double.random(in: 0.5...1))
            pause = min(longestPause, pause * 2)
        }
    }

    private static func attempt(
        _ catchUp: CatchUp, _ report: inout CatchUpReport, from start: Date
    ) async -> CatchUpFailure? {
        do {
            try await catchUp.run(&report, from: start)
            return nil
        } catch {
            return error
        }
    }
}

extension CatchUpReport {
    fileprivate var counts: Logger.Metadata {
        var counts: Logger.Metadata = [
            "listed": "\(listed)", "failed": "\(failed)", "known": "\(known)", "requested": "\(requested.count)",
            "refused": "\(refused.count)", "left": "\(left)",
        ]
        if isCut { counts["cut"] = "the sender's log is longer than what is read of it" }
        return counts
    }
}
