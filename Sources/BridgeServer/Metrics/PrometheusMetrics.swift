package import CoreMetrics
import Synchronization

/// Keeps the service's metrics and writes them in the Prometheus text format (prometheus.io, "Exposition formats").
package final class PrometheusMetrics: MetricsFactory {
    /// More label sets than this of one metric become one, so that no sender can fill the memory.
    private static let seriesPerMetric = 500

    private struct Key: Hashable {
        var name: String
        var labels: String

        func braced(_ more: String = "") -> String {
            let all = [labels, more].filter { !$0.isEmpty }.joined(separator: ",")
            return all.isEmpty ? "" : "{\(all)}"
        }
    }

    private struct State {
        var counters: [Key: Count] = [:]
        var gauges: [Key: Level] = [:]
        var histograms: [Key: Histogram] = [:]
        var series: [String: Int] = [:]
    }

    private let state = Mutex(State())

    package init() {}

    package func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        state.withLock { state in find(\.counters, &state, label, dimensions) { Count() } }
    }

    package func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        state.withLock { state in find(\.gauges, &state, label, dimensions) { Level() } }
    }

    package func makeRecorder(label: String, dimensions: [(String, String)], aggregate: Bool) -> any RecorderHandler {
        // A gauge of swift-metrics is a recorder that does not aggregate.
        guard aggregate else { return state.withLock { find(\.gauges, &$0, label, dimensions) { Level() } } }
        return state.withLock { state in find(\.histograms, &state, label, dimensions) { Histogram() } }
    }

    package func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        state.withLock { state in find(\.histograms, &state, label, dimensions) { Histogram() } }
    }

    package func destroyCounter(_ handler: any CounterHandler) {}
    package func destroyMeter(_ handler: any MeterHandler) {}
    package func destroyRecorder(_ handler: any RecorderHandler) {
        guard let gauge = handler as? Level else { return }
        state.withLock { state in
            guard let key = state.gauges.first(where: { $0.value === gauge })?.key else { return }
            state.gauges[key] = nil
            state.series[key.name, default: 1] -= 1
        }
    }

    package func destroyTimer(_ handler: any TimerHandler) {}

    private func find<Handler>(
        _ family: WritableKeyPath<State, [Key: Handler]>, _ state: inout State, _ label: String,
        _ dimensions: [(String, String)], make: () -> Handler
    ) -> Handler {
        let name = Self.name(label)
        var key = Key(name: name, labels: Self.labels(dimensions))
        if let known = state[keyPath: family][key] { return known }
        if state.series[name, default: 0] >= Self.seriesPerMetric { key.labels = #"overflow="true""# }
        if let known = state[keyPath: family][key] { return known }
        state.series[name, default: 0] += 1
        let handler = make()
        state[keyPath: family][key] = handler
        return handler
    }

    /// All metrics, sorted by name.
    package func exposition() -> String {
        let state = state.withLock { $0 }
        var families: [String: (type: String, lines: [String])] = [:]
        for (key, counter) in state.counters {
            families[key.name, default: ("counter", [])].lines.append("\(key.name)\(key.braced()) \(counter.value)")
        }
        for (key, gauge) in state.gauges {
            families[key.name, default: ("gauge", [])].lines.append("\(key.name)\(key.braced()) \(gauge.value)")
        }
        for (key, histogram) in state.histograms {
            families[key.name, default: ("histogram", [])].lines.append(
                histogram.lines(name: key.name) { key.braced($0) })
        }
        return families.sorted { $0.key < $1.key }.map { name, family in
            "# TYPE \(name) \(family.type)\n" + family.lines.sorted().map { $0 + "\n" }.joined()
        }.joined()
    }

    private static func name(_ label: String) -> String {
        String(label.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") ? $0 : "_" })
    }

    private static func labels(_ dimensions: [(String, String)]) -> String {
        dimensions.map { label, value in
            // By scalars, not characters: a combining mark must not hide a quote.
            let escaped = value.unicodeScalars.map { scalar in
                switch scalar {
                case "\\": "\\\\"
                case "\"": "\\\""
                case "\n": "\\n"
                default: String(scalar)
                }
            }.joined()
            return "\(name(label))=\"\(escaped)\""
        }.joined(separator: ",")
    }
}
