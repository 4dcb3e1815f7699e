package import FoundationEssentials

/// When a route may be used, or may not, by the clock on the wall of a time zone.
package struct TimeWindow: Sendable, Equatable {
    package enum Day: Int, Sendable, CaseIterable {
        case mon, tue, wed, thu, fri, sat, sun

        package init?(_ name: String) {
            guard let day = Self.allCases.first(where: { $0.name == name }) else { return nil }
            self = day
        }

        /// As configuration writes it.
        package var name: String { "\(self)" }

        /// So many days later.
        package func advanced(by days: Int) -> Day { Day(rawValue: ((rawValue + days) % 7 + 7) % 7) ?? self }
    }

    /// From one minute of a day to another, which is not part of it. Where the end is before the start, that is on the
    /// next day.
    package struct Hours: Sendable, Equatable {
        package var start: Int
        package var end: Int

        package static let wholeDay = Hours(start: 0, end: 1440)

        /// - Parameters:
        ///   - start: in minutes from midnight, 0 to 1439.
        ///   - end: in minutes from midnight, 0 to 1440, and not the start.
        package init(start: Int, end: Int) {
            self.start = start
            self.end = end
        }
    }

    /// Those on which its hours begin.
    package var days: Set<Day>
    package var hours: [Hours]
    package var zone: TimeZone
    /// As it was written: the zone's own name can be another.
    package var zoneName: String
    /// Whether it is a time when the route may not be used.
    package var isClosed: Bool

    package init(
        days: Set<Day> = Set(Day.allCases), hours: [Hours] = [.wholeDay], zone: TimeZone, zoneName: String,
        isClosed: Bool = false
    ) {
        self.days = days
        self.hours = hours
        self.zone = zone
        self.zoneName = zoneName
        self.isClosed = isClosed
    }

    /// An hour that a change of the clock skips is in no window, and one that it repeats is in a window twice.
    func contains(_ time: Date) -> Bool {
        let (day, minute) = wallClock(time)
        return hours.contains { hours in
            hours.start < hours.end
                ? days.contains(day) && hours.start <= minute && minute < hours.end
                : days.contains(day) && hours.start <= minute
                    || days.contains(day.advanced(by: -1)) && minute < hours.end
        }
    }

    /// What calendar and clock show there: the day of the week, and the minute of the day.
    func wallClock(_ time: Date) -> (day: Day, minute: Int) {
        let shown = Calendar(identifier: .gregorian).dateComponents(in: zone, from: time)
        // Foundation counts the days from Sunday, which is 1.
        return (Day.sun.advanced(by: (shown.weekday ?? 1) - 1), (shown.hour ?? 0) * 60 + (shown.minute ?? 0))
    }
}

extension [TimeWindow] {
    /// Whether a time is within one of the open windows, if there are any, and in none that is closed.
    func admit(_ time: Date) -> Bool {
        let open = filter { !$0.isClosed }
        return (open.isEmpty || open.contains { $0.contains(time) })
            && !contains { $0.isClosed && $0.contains(time) }
    }
}
