package import Bridge
package import FoundationEssentials
import Synchronization

/// The journal in memory, for tests only: plain values behind one lock, and no SQL.
///
/// It is written from what the journal's protocols and DESIGN §6 say, so that the real ones can be held against it.
package final class MemoryJournal: Sendable {
    private let records = Mutex(MemoryRecords())

    package init() {}

    /// Does the work alone; an error takes all of it back.
    private func change<Value: Sendable>(
        _ work: (inout MemoryRecords) throws(JournalUnavailable) -> Value
    ) throws(JournalUnavailable) -> Value {
        try records.withLock { (records) throws(JournalUnavailable) -> Value in
            var changed = records
            let value = try work(&changed)
            records = changed
            return value
        }
    }
}

extension MemoryJournal: DeliveryJournal {
    package func append(_ delivery: NewDelivery) async throws(JournalUnavailable) -> Receipt {
        try change { records throws(JournalUnavailable) in try records.append(delivery) }
    }

    package func redeliver(
        _ id: String, as decision: RecordedDecision, at time: Date
    ) async throws(JournalUnavailable) -> Receipt? {
        try change { $0.redeliver(id, as: decision, at: time, byHand: true) }
    }

    package func delivery(_ id: String) async throws(JournalUnavailable) -> Delivery? {
        try change { $0.delivery(id) }
    }

    package func deliveries(_ query: DeliveryQuery) async throws(JournalUnavailable) -> [Delivery] {
        try change { $0.list(query) }
    }

    package func prune(before time: Date, keeping most: Int, now: Date) async throws(JournalUnavailable) -> Bool {
        try change { $0.prune(before: time, keeping: most, now: now) }
    }
}

extension MemoryJournal: RunJournal {
    package func lease(
        _ room: LeaseRoom, now: Date, until expiry: Date
    ) async throws(JournalUnavailable) -> LeasedRuns {
        try change { $0.lease(room, now: now, until: expiry) }
    }

    package func renew(_ lease: Lease, until expiry: Date) async throws(JournalUnavailable) -> Bool {
        try change { $0.renew(lease, until: expiry) }
    }

    package func release(_ lease: Lease, due time: Date) async throws(JournalUnavailable) -> Bool {
        try change { $0.release(lease, due: time) }
    }

    package func commit(_ look: Look) async throws(JournalUnavailable) -> LookCommit {
        try change { $0.commit(look) }
    }

    package func finish(_ lease: Lease, _ ending: AttemptEnding) async throws(JournalUnavailable) -> Bool {
        try change { $0.finish(lease, ending) }
    }
}

extension MemoryJournal: ClaimJournal, TurnJournal {
    package func claims(on pipeline: PipelineAddress) async throws(JournalUnavailable) -> Set<Int> {
        try change { records in Set(records.claims.keys.filter { $0.pipeline == pipeline }.map(\.execution)) }
    }

    package func occupants(before run: Run) async throws(JournalUnavailable) -> [Run] {
        try change { $0.occupants(before: run) }
    }

    package func vacate(_ run: Int64) async throws(JournalUnavailable) {
        try change { $0.runs[run]?.occupies = false }
    }
}

extension MemoryJournal: SenderIDs {
    package func knows(senderID: String, source: String) async throws(JournalUnavailable) -> Bool {
        try change { $0.knows(senderID, source) }
    }
}

extension MemoryJournal: VerificationJournal, RunHistory, JournalHealth {
    package func record(_ rejections: [Rejection], keeping count: Int) async throws(JournalUnavailable) {
        try change { $0.record(rejections, keeping: count) }
    }

    package func rejections(source: String?, limit: Int) async throws(JournalUnavailable) -> [Rejection] {
        try change { Array($0.rejections(of: source).prefix(limit)) }
    }

    package func lastUses(source: String) async throws(JournalUnavailable) -> [String: Date] {
        try change { $0.lastUses(source) }
    }

    package func history(of run: Int64) async throws(JournalUnavailable) -> [AttemptRecord] {
        try change { $0.runs[run]?.history ?? [] }
    }

    package func check() async throws(JournalUnavailable) {}

    package func backlog() async throws(JournalUnavailable) -> Backlog {
        try change { records in
            let open = records.runs.values.filter { $0.run.state.isOpen }
            return Backlog(pending: open.count, oldest: open.map(\.run.budgetStart).min())
        }
    }
}
