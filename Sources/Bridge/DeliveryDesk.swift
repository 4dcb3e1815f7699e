import FoundationEssentials

/// Hands deliveries to the journal, wakes the dispatcher, and waits for what comes of them.
package struct DeliveryDesk: Sendable {
    private let journal: any Journal
    private let clock: JournalClock
    private let completions: Completions
    private let bell: Bell

    package init(journal: any Journal, clock: JournalClock, completions: Completions, bell: Bell) {
        self.journal = journal
        self.clock = clock
        self.completions = completions
        self.bell = bell
    }

    /// Records a delivery and waits for its runs, at most until `limit` after its receipt.
    func take(
        _ delivery: NewDelivery, answerWithin limit: Duration
    ) async throws(JournalUnavailable) -> (Summary, Receipt) {
        var delivery = delivery
        let received = delivery.request.head.receivedAt
        delivery.acceptedAt = clock.now()
        let receipt = try await journal.append(delivery)
        KillPoint.appendCommitted.reached()
        if case .forgotten(let id, let outcome) = receipt { return (Summary(of: delivery, id, outcome), receipt) }
        let rest = limit - .seconds(Date().timeIntervalSince(received))
        let summary = try await outcome(of: receipt, within: rest)
        KillPoint.beforeReply.reached()
        return (summary, receipt)
    }

    /// Tries again what failed of a delivery. Nil when there is no such delivery.
    package func redeliver(
        _ id: String, as decision: RecordedDecision
    ) async throws(JournalUnavailable) -> (Summary, Receipt)? {
        guard let receipt = try await journal.redeliver(id, as: decision, at: clock.now()) else { return nil }
        return (try await outcome(of: receipt, within: .zero), receipt)
    }

    private func outcome(of receipt: Receipt, within limit: Duration) async throws(JournalUnavailable) -> Summary {
        let ended = completions.watch(receipt.id)
        bell.ring()
        var isDuplicate = false
        if case .duplicate = receipt { isDuplicate = true }
        // An earlier delivery's answer is what is known of it: its sender is not kept waiting for the first one's run.
        if !isDuplicate, limit > .zero { await wait(for: receipt.id, ended, atMost: limit) }
        guard let delivery = try await journal.delivery(receipt.id) else {
            throw JournalUnavailable("a delivery that was just recorded is gone")
        }
        return Summary(delivery, isDuplicate: isDuplicate)
    }

    /// Returns when no run of the delivery is pending any more, or the time is over. A cancelled wait leaves the runs
    /// as they are.
    private func wait(for id: String, _ ended: AsyncStream<Void>, atMost limit: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                for await _ in ended where await isOver(id) { return }
            }
            // What other processes have done may have gone unheard.
            group.addTask { while await !isOver(id), (try? await Task.sleep(for: .seconds(1))) != nil {} }
            group.addTask { _ = try? await Task.sleep(for: limit) }
            await group.next()
            group.cancelAll()
        }
    }

    private func isOver(_ id: String) async -> Bool {
        // A journal that cannot be read is asked again when the next run ends, and at the deadline.
        (try? await journal.delivery(id))?.outcome != .pending
    }
}
