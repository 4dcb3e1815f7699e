import Bridge
import Logging

/// Tells whether the journal can be written, asking it at most once a second: strangers may ask as often as they like.
actor ReadinessProbe {
    private static let validity = Duration.seconds(1)

    private let journal: any JournalHealth
    private let logger: Logger
    private var last: (at: ContinuousClock.Instant, isReady: Bool)?
    private var current: Task<Bool, Never>?

    init(journal: any JournalHealth, logger: Logger) {
        self.journal = journal
        self.logger = logger
    }

    func isReady() async -> Bool {
        if let last, last.at.duration(to: .now) < Self.validity { return last.isReady }
        if let current { return await current.value }
        let task = Task { await check() }
        current = task
        let isReady = await task.value
        current = nil
        last = (.now, isReady)
        return isReady
    }

    private func check() async -> Bool {
        do {
            try await journal.check()
            return true
        } catch {
            logger.error("Not ready: the journal cannot be written", metadata: ["error": "\(error)"])
            return false
        }
    }
}
