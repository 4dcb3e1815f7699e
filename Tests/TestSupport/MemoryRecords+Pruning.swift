import Bridge
import FoundationEssentials

/// What has had its time (DESIGN §6.8).
extension MemoryRecords {
    private static let batch = 200

    mutating func prune(before time: Date, keeping most: Int, now: Date) -> Bool {
        let dropped = [
            dropKeys(expiredBy: now), drop(old(before: time)), drop(surplus(over: most)), dropClaims(before: time),
            dropRejections(before: time),
        ]
        return dropped.contains(Self.batch)
    }

    private mutating func dropKeys(expiredBy now: Date) -> Int {
        let expired = keys.filter { $0.value.expiresAt < now }.keys.prefix(Self.batch)
        for key in expired { keys[key] = nil }
        return expired.count
    }

    /// But for those whose key is alive: they are what a duplicate is answered with.
    private func old(before time: Date) -> [Delivery] {
        let known = Set(keys.values.map(\.delivery))
        return deliveries.values.map(\.delivery).filter { $0.receivedAt < time && !known.contains($0.id) }
    }

    /// Of each source all but the newest.
    private func surplus(over most: Int) -> [Delivery] {
        Dictionary(grouping: deliveries.values.map(\.delivery), by: \.source).values.flatMap { deliveries in
            deliveries.sorted { $0.id > $1.id }.dropFirst(most)
        }
    }

    /// What is not over, or in doubt, is never dropped. A key that is alive keeps what came of its delivery.
    private mutating func drop(_ candidates: [Delivery]) -> Int {
        let over = candidates.compactMap { delivery($0.id) }.filter { delivery in
            delivery.outcome != .pending && !delivery.runs.contains(where: \.isUncertain)
        }.sorted { $0.receivedAt < $1.receivedAt }.prefix(Self.batch)
        for delivery in over {
            for key in keys.keys where keys[key]?.delivery == delivery.id { keys[key]?.outcome = delivery.outcome }
            for run in delivery.runs { runs[run.id] = nil }
            deliveries[delivery.id] = nil
        }
        return over.count
    }

    /// Claims of runs that are gone.
    private mutating func dropClaims(before time: Date) -> Int {
        let gone = claims.filter { $0.value.claimedAt < time && runs[$0.value.run] == nil }.keys.prefix(Self.batch)
        for claim in gone { claims[claim] = nil }
        return gone.count
    }

    private mutating func dropRejections(before time: Date) -> Int {
        let old = rejections.filter { $0.receivedAt < time }.map(\.id).prefix(Self.batch)
        rejections.removeAll { old.contains($0.id) }
        return old.count
    }
}
