import Bridge
import FoundationEssentials

/// What ``MemoryJournal`` holds.
struct MemoryRecords {
    struct StoredDelivery {
        /// Without its runs.
        var delivery: Delivery
        var credential: String?
    }

    struct StoredRun {
        var run: Run
        /// When it came to be; throttles count by it.
        var acceptedAt: Date
        /// Nil while nobody holds it.
        var heldUntil: Date?
        /// Its execution was not over when it was last seen.
        var occupies = false
        /// The last 50 steps.
        var history: [AttemptRecord] = []
    }

    /// Texts as bytes: what Unicode takes for equal is not the same key.
    struct KeyPlace: Hashable {
        var source: [UInt8]
        var kind: DedupeKey.Kind
        var value: [UInt8]

        init(_ source: String, _ key: DedupeKey) {
            self.source = Array(source.utf8)
            kind = key.kind
            value = Array(key.value.utf8)
        }
    }

    struct KnownKey {
        var delivery: String
        var expiresAt: Date
        /// What came of the delivery. Nil while the journal has it.
        var outcome: DeliveryOutcome?
    }

    struct ClaimPlace: Hashable {
        var pipeline: PipelineAddress
        var execution: Int
    }

    struct Claim {
        var run: Int64
        var claimedAt: Date
    }

    var deliveries: [String: StoredDelivery] = [:]
    var keys: [KeyPlace: KnownKey] = [:]
    /// Numbers are never used again: a lease on a run that is gone must hold nothing.
    var runs: [Int64: StoredRun] = [:]
    var lastRun: Int64 = 0
    var claims: [ClaimPlace: Claim] = [:]
    var rejections: [Rejection] = []

    func knows(_ senderID: String, _ source: String) -> Bool {
        deliveries.values.contains { $0.delivery.source == source && $0.delivery.senderID == senderID }
    }

    func runs(of delivery: String) -> [StoredRun] {
        runs.values.filter { $0.run.delivery == delivery }.sorted { $0.run.id < $1.run.id }
    }

    func delivery(_ id: String) -> Delivery? {
        guard var delivery = deliveries[id]?.delivery else { return nil }
        delivery.runs = runs(of: id).map(\.run)
        return delivery
    }

    func list(_ query: DeliveryQuery) -> [Delivery] {
        let found = deliveries.keys.sorted(by: >).lazy.compactMap(delivery).filter { delivery in
            (query.source ?? delivery.source) == delivery.source
                && (query.outcome ?? delivery.outcome) == delivery.outcome
                && query.before.map { delivery.id < $0 } ?? true
        }
        return found.prefix(query.limit).map { delivery in
            var delivery = delivery
            delivery.body = []
            return delivery
        }
    }

    // MARK: Who was proved, and who was not

    mutating func record(_ new: [Rejection], keeping count: Int) {
        rejections += new
        for source in Set(new.map(\.source)) {
            let surplus = Set(rejections(of: source).dropFirst(count).map(\.id))
            rejections.removeAll { surplus.contains($0.id) }
        }
    }

    /// Newest first.
    func rejections(of source: String?) -> [Rejection] {
        rejections.filter { (source ?? $0.source) == $0.source }.sorted { $0.id > $1.id }
    }

    func lastUses(_ source: String) -> [String: Date] {
        deliveries.values.reduce(into: [:]) { uses, stored in
            guard stored.delivery.source == source, let credential = stored.credential else { return }
            uses[credential] = max(uses[credential] ?? .distantPast, stored.delivery.receivedAt)
        }
    }
}

extension Run.State {
    /// Whether the run has not come to its end.
    var isOpen: Bool { self == .pending || self == .running }
}
