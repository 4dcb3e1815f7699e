import Bridge
import Logging

/// Tells whether the journal can be written, asking it at most once a second: strangers may ask as often as they like.
actor ReadinessProbe {
    private static let validity = Duration.seconds(1)

    private let journal: any JournalHealth
    private let logger: Logger
    private var last: (at: ContinuousClock.Instant, problem: String?)?
    private var current: Task<String?, Never>?

    init(journal: any JournalHealth, logger: Logger) {
        self.journal = journal
        self.logger = logger
    }

    /// Why the journal cannot be written, in words for strangers. Nil when it can.
    func problem() async -> String? {
        if let last, last.at.duration(to: .now) < Self.validity { return last.problem }
        if let current { return await current.value }
        let task = Task { await check() }
        current = task
        let problem = await task.value
        current = nil
        last = (.now, problem)
        return problem
    }

    private func check() async -> String? {
        do {
            try await journal.check()
            return nil
        } catch {
            logger.error("Not ready: the journal cannot be written", metadata: ["error": "\(error)"])
            return error.cause.rawValue
        }
    }
}
