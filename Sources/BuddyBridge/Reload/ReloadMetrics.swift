import Foundation
import Metrics

/// What of reloads can be watched over.
struct ReloadMetrics {
    private static let info = "bridge_config_info"

    /// - Parameter version: of what is in force from the start.
    init(_ version: String) {
        // There from the start, so that their growth can be told.
        for result in ["applied", "refused", "unchanged"] { count(result, by: 0) }
        succeeded(version)
    }

    /// - Parameter isSame: whether what was read is what was in force.
    func applied(_ old: String, _ new: String, isSame: Bool) {
        count(isSame ? "unchanged" : "applied")
        if old != new { Self.gauge(old).destroy() }
        succeeded(new)
    }

    func refused() {
        count("refused")
        Gauge(label: "bridge_config_last_reload_successful").record(0)
    }

    private func count(_ result: String, by number: Int64 = 1) {
        Counter(label: "bridge_config_reloads_total", dimensions: [("result", result)]).increment(by: number)
    }

    private func succeeded(_ version: String) {
        Gauge(label: "bridge_config_last_reload_successful").record(1)
        Gauge(label: "bridge_config_last_reload_success_timestamp_seconds").record(Date().timeIntervalSince1970)
        Self.gauge(version).record(1)
    }

    private static func gauge(_ version: String) -> Gauge { Gauge(label: info, dimensions: [("version", version)]) }
}
