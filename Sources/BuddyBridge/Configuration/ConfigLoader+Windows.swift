import Bridge
import Foundation

/// `windows`: when a route may be used.
extension ConfigLoader {
    static let windowKeys = ["days", "hours", "time_zone", "closed"]

    func windows(_ map: ConfigMapping) -> [TimeWindow] {
        guard let node = map["windows"] else { return [] }
        guard node.isMapping || node.isSequence, !node.elements().isEmpty else {
            if node.isSequence || node.text("'windows'") != nil {
                node.error("'windows' is a map of days, hours, time_zone and closed, or a list of such maps")
            }
            return []
        }
        return node.elements().compactMap(window)
    }

    private func window(_ node: ConfigNode) -> TimeWindow? {
        guard let map = node.mapping("a window", keys: Self.windowKeys) else { return nil }
        if map["days"] == nil, map["hours"] == nil { node.error("a window needs 'days' or 'hours'") }
        guard let name = map.required("time_zone", in: "a window"), let zone = timeZone(name) else { return nil }
        var window = TimeWindow(zone: zone, zoneName: name.text("'time_zone'") ?? "")
        if let days = map["days"] { window.days = Set(list(days, "'days'").flatMap(self.days)) }
        if let hours = map["hours"] { window.hours = list(hours, "'hours'").compactMap(self.hours) }
        if let isClosed = map["closed"]?.flag("'closed'") { window.isClosed = isClosed }
        return window
    }

    private func list(_ node: ConfigNode, _ what: String) -> [ConfigNode] {
        if node.elements().isEmpty { node.error("\(what) is an empty list") }
        return node.elements()
    }

    /// A region or UTC. Foundation also knows offsets and abbreviations, which say nothing of summer time or mean
    /// several zones.
    private func timeZone(_ node: ConfigNode) -> TimeZone? {
        guard let name = node.text("'time_zone'") else { return nil }
        if name == "UTC" || name.contains("/"), let zone = TimeZone(identifier: name) { return zone }
        node.error(
            "'time_zone' is a name of the IANA time zone database, like Europe/Warsaw or UTC, not '\(name)'",
            didYouMean: Suggestion.nearest(to: name, among: TimeZone.knownTimeZoneIdentifiers))
        return nil
    }

    /// A day, or a range that may go over the end of the week.
    private func days(_ node: ConfigNode) -> [TimeWindow.Day] {
        guard let text = node.text("'days'") else { return [] }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { TimeWindow.Day(String($0)) }
        guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else {
            node.error("'days' are mon, tue, wed, thu, fri, sat, sun, or ranges like mon-fri, not '\(text)'")
            return []
        }
        return (0...(last.rawValue - first.rawValue + 7) % 7).map(first.advanced)
    }

    private func hours(_ node: ConfigNode) -> TimeWindow.Hours? {
        guard let text = node.text("'hours'") else { return nil }
        let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { minute(String($0)) }
        guard ends.count == 2, let start = ends[0], let end = ends[1], start < 1440, start != end else {
            node.error("'hours' are a range like 09:00-17:00, 22:00-06:00 or 12:00-24:00, not '\(text)'")
            return nil
        }
        return .init(start: start, end: end)
    }

    /// `09:05`, at most `24:00`, as the minute of the day.
    private func minute(_ text: String) -> Int? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2,
            parts.allSatisfy({ $0.utf8.count == 2 && $0.utf8.allSatisfy { (48...57).contains($0) } }),
            let hour = Int(parts[0]), let minute = Int(parts[1]), minute < 60, hour * 60 + minute <= 1440
        else { return nil }
        return hour * 60 + minute
    }
}
