import Glibc
import Logging
import ServiceLifecycle
import UnixSignals

/// How signals end the service: the first one lets it finish what is at hand, a second one ends it at once.
struct Shutdown {
    let signals: [UnixSignal]
    let logger: Logger

    func run(_ group: ServiceGroup) async throws {
        guard !signals.isEmpty else { return try await group.run() }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            let received = await UnixSignalsSequence(trapping: signals)
            tasks.addTask {
                var isEnding = false
                for await signal in received {
                    // What was acknowledged is in the journal: the next start takes it up.
                    if isEnding { _exit(128 + signal.rawValue) }
                    isEnding = true
                    logger.notice("Ending; a second signal ends at once", metadata: ["signal": "\(signal)"])
                    await group.triggerGracefulShutdown()
                }
            }
            tasks.addTask { try await group.run() }
            // The one ends with the other.
            try await tasks.next()
            tasks.cancelAll()
        }
    }
}
