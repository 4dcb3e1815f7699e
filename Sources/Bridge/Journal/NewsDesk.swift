import ServiceLifecycle

/// Passes on what other processes with the same journal have done: an idle one wakes at once, and who waits for a
/// delivery hears of its end wherever it was run.
package struct NewsDesk: Service, CustomStringConvertible {
    private let journal: any SharedJournal
    private let completions: Completions
    private let bell: Bell

    package init(journal: any SharedJournal, completions: Completions, bell: Bell) {
        self.journal = journal
        self.completions = completions
        self.bell = bell
    }

    package var description: String { "NewsDesk" }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            await journal.listen { news in
                switch news {
                case .runsDue: bell.ring()
                case .runEnded(let delivery): completions.notify(delivery)
                }
            }
        }
    }
}
