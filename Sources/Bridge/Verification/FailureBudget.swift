import Synchronization

/// How often a client may fail to prove itself to a source before it is told to slow down: a token bucket for each.
///
/// Who can prove itself is never held up, whatever others do from the same address: behind one proxy or one Git host
/// there are good and bad senders. An empty bucket only ends the trouble taken over failures: no line in the log, no row
/// in the journal, no diagnosis.
package final class FailureBudget: Sendable {
    private struct Key: Hashable {
        var source: String
        var client: String
    }

    private struct Bucket {
        var failures: Double
        var at: ContinuousClock.Instant
    }

    private let burst: Double
    private let perSecond: Double
    private let buckets = Mutex<[Key: Bucket]>([:])
    /// More clients than this are not told apart: the memory is bounded.
    private static let limit = 10_000

    /// - Parameters:
    ///   - burst: how many failures may come at once.
    ///   - perSecond: how many are forgiven in a second.
    package init(burst: Int = 100, perSecond: Double = 1) {
        self.burst = Double(burst)
        self.perSecond = perSecond
    }

    /// Whether one more failure is within the budget; then it is counted.
    func take(source: String, client: String, now: ContinuousClock.Instant = .now) -> Bool {
        buckets.withLock { buckets in
            if buckets.count >= Self.limit {
                buckets = buckets.filter { level($0.value, now) > 0 }
                if buckets.count >= Self.limit { buckets.removeAll() }
            }
            let key = Key(source: source, client: Self.network(of: client))
            let failures = (buckets[key].map { level($0, now) } ?? 0) + 1
            guard failures <= burst else { return false }
            buckets[key] = Bucket(failures: failures, at: now)
            return true
        }
    }

    /// What is left of a bucket's failures.
    private func level(_ bucket: Bucket, _ now: ContinuousClock.Instant) -> Double {
        max(0, bucket.failures - (now - bucket.at).seconds * perSecond)
    }

    /// An IPv6 network of 64 bits is one client's: it has as many addresses as it likes.
    private static func network(of client: String) -> String {
        guard client.contains(":"), let prefix = AddressRange.bytes(client)?.prefix(8) else { return client }
        return prefix.map { String($0, radix: 16) }.joined(separator: ":")
    }
}
