package import Bridge
import Dispatch
import Glibc
import Synchronization

extension PostgreSQLJournal: SharedJournal {
    package func listen(_ tell: @escaping @Sendable (JournalNews) -> Void) async {
        let stop = Atomic(false)
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                // A thread that may be blocked, for as long as the service lives.
                DispatchQueue(label: "buddy-bridge.journal.listener").async { [self] in
                    while !stop.load(ordering: .relaxed) {
                        try? hear(tell) { stop.load(ordering: .relaxed) }
                        usleep(500_000)
                    }
                    continuation.resume()
                }
            }
        } onCancel: {
            stop.store(true, ordering: .relaxed)
        }
    }

    /// Tells of all that others say, until it is to stop or the connection is lost.
    private func hear(_ tell: (JournalNews) -> Void, until isStopped: () -> Bool) throws {
        let session = try PostgreSQLSession(address)
        try session.script("LISTEN \(PostgreSQLSession.channel)")
        // There may have been something while nobody listened.
        tell(.runsDue)
        while !isStopped() {
            var event = pollfd(fd: session.socket, events: Int16(POLLIN), revents: 0)
            // Wakes as soon as something arrives, and now and then to see whether to stop.
            guard poll(&event, 1, 250) > 0 else { continue }
            for message in try session.notifications() { tell(JournalNews(message)) }
        }
    }
}
