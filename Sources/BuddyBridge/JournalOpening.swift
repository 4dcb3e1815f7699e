import Bridge
import JournalStore
import Logging

/// Opens the journal at the start. A database that starts at the same time is waited for; a file is there or it is not.
struct JournalOpening {
    let configuration: Configuration
    let logger: Logger

    private static let tries = 12

    /// - Throws: ``JournalUnavailable`` after half a minute.
    func callAsFunction() async throws -> any SQLJournal {
        guard case .postgreSQL = configuration.journal else { return try configuration.openJournal() }
        var pause = Duration.milliseconds(250)
        for _ in 1..<Self.tries {
            do {
                return try configuration.openJournal()
            } catch let error as JournalUnavailable {
                logger.warning("The journal cannot be opened yet", metadata: ["error": "\(error)"])
                try await Task.sleep(for: pause)
                pause = min(pause * 2, .seconds(4))
            }
        }
        return try configuration.openJournal()
    }
}
