import FoundationEssentials
package import Logging
import Metrics
import ServiceLifecycle

/// What is kept of deliveries that are over.
package struct Retention: Sendable {
    package var age: Duration = .seconds(30 * 86_400)
    /// Of each source, the newest.
    package var deliveries = 100_000

    package init() {}
}

/// Keeps the journal small and its backlog measured.
package struct Housekeeping: Service, CustomStringConvertible {
    private let journal: any DeliveryJournal & JournalHealth
    /// As it is configured at the moment.
    private let retention: @Sendable () -> Retention
    private let logger: Logger

    package init(
        journal: any DeliveryJournal & JournalHealth, retention: @escaping @Sendable () -> Retention, logger: Logger
    ) {
        self.journal = journal
        self.retention = retention
        self.logger = logger
    }

    package var description: String { "Housekeeping" }

    private static let interval = Duration.seconds(15)

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await measure()
                    let (now, retention) = (Date(), retention())
                    // In small batches, between which deliveries are taken.
                    while !Task.isCancelled,
                        try await journal.prune(
                            before: now.advanced(by: .zero - retention.age), keeping: retention.deliveries, now: now)
                    {}
                } catch {
                    logger.error("The journal cannot be tidied", metadata: ["error": "\(error)"])
                }
                _ = try? await Task.sleep(for: Self.interval)
            }
        }
    }

    private func measure() async throws {
        let backlog = try await journal.backlog()
        Gauge(label: "bridge_journal_pending").record(backlog.pending)
        let age = backlog.oldest.map { Date().timeIntervalSince($0) } ?? 0
        Gauge(label: "bridge_journal_oldest_pending_seconds").record(age)
    }
}
