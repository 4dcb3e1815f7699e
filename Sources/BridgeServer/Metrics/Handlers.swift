import CoreMetrics
import Synchronization

/// A number that only grows.
final class Count: CounterHandler {
    private let number = Atomic<Int64>(0)

    var value: Int64 { number.load(ordering: .relaxed) }

    func increment(by amount: Int64) { number.wrappingAdd(amount, ordering: .relaxed) }

    func reset() { number.store(0, ordering: .relaxed) }
}

/// A number that goes up and down.
final class Level: MeterHandler, RecorderHandler {
    private let number = Mutex(0.0)

    var value: Double { number.withLock { $0 } }

    func record(_ value: Int64) { set(value) }

    func record(_ value: Double) { set(value) }

    func set(_ value: Int64) { number.withLock { $0 = Double(value) } }

    func set(_ value: Double) { number.withLock { $0 = value } }

    func increment(by amount: Double) { number.withLock { $0 += amount } }

    func decrement(by amount: Double) { number.withLock { $0 -= amount } }
}

/// Durations in seconds, or other values, counted by size.
final class Histogram: TimerHandler, RecorderHandler {
    /// From one call over loopback to a sender's longest patience.
    private static let bounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    private struct State {
        var buckets = [Int](repeating: 0, count: bounds.count)
        var count = 0
        var sum = 0.0
    }

    private let state = Mutex(State())

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        state.withLock { state in
            for (position, bound) in Self.bounds.enumerated() where value <= bound { state.buckets[position] += 1 }
            state.count += 1
            state.sum += value
        }
    }

    /// - Parameter labels: the series' labels with one more.
    func lines(name: String, _ labels: (String) -> String) -> String {
        let state = state.withLock { $0 }
        let buckets = zip(Self.bounds, state.buckets).map { bound, count in
            "\(name)_bucket\(labels("le=\"\(bound)\"")) \(count)"
        }
        let rest = [
            "\(name)_bucket\(labels("le=\"+Inf\"")) \(state.count)", "\(name)_sum\(labels("")) \(state.sum)",
            "\(name)_count\(labels("")) \(state.count)",
        ]
        return (buckets + rest).joined(separator: "\n")
    }
}
