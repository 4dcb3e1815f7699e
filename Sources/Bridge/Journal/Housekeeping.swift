import FoundationEssentials
package import Logging
import Metrics
import ServiceLifecycle

/// Keeps the journal small and its backlog measured.
package struct Housekeeping: Service, CustomStringConvertible {
    private let journal: any DeliveryJournal & JournalHealth
    private let retention: Duration
    private let logger: Logger

    /// - Parameter retention: how long deliveries are kept that are over.
    package init(journal: any DeliveryJournal & JournalHealth, retention: Duration, logger: Logger) {
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
                    let now = Date()
                    // In small batches, between which deliveries are taken.
                    while try await journal.prune(before: now.advanced(by: .zero - retention), now: now) {}
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
