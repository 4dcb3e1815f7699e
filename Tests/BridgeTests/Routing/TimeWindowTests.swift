import Foundation
import Testing

@testable import Bridge

@Suite("Windows of time")
struct TimeWindowTests {
    private func window(
        _ days: Set<TimeWindow.Day> = Set(TimeWindow.Day.allCases), _ hours: [TimeWindow.Hours] = [.wholeDay],
        zone: String = "Europe/Warsaw", isClosed: Bool = false
    ) throws -> TimeWindow {
        TimeWindow(
            days: days, hours: hours, zone: try #require(TimeZone(identifier: zone)), zoneName: zone,
            isClosed: isClosed)
    }

    private func time(_ text: String) throws -> Date { try #require(Timestamp.date(text)) }

    @Test(
        "The start is part of it, the end is not",
        arguments: [
            ("2026-11-23T08:59:59.999+01:00", false), ("2026-11-23T09:00:00+01:00", true),
            ("2026-11-23T16:59:59.999+01:00", true), ("2026-11-23T17:00:00+01:00", false),
            ("2026-11-23T08:00:00Z", true), ("2026-11-23T09:00:00+09:00", false), ("2026-11-24T09:00:00+01:00", false),
        ])
    func edges(_ text: String, _ expected: Bool) throws {
        #expect(try window([.mon], [.init(start: 540, end: 1020)]).contains(time(text)) == expected)
    }

    @Test(
        "The days are those there, not those here",
        arguments: [
            ("2026-11-22T22:59:59Z", TimeWindow.Day.sun), ("2026-11-22T23:00:00Z", .mon),
            ("2026-11-24T12:00:00Z", .tue),
            ("2026-11-25T12:00:00Z", .wed), ("2026-11-26T12:00:00Z", .thu), ("2026-11-27T12:00:00Z", .fri),
            ("2026-11-28T12:00:00Z", .sat), ("1969-12-31T22:30:00Z", .wed), ("2000-02-29T12:00:00Z", .tue),
        ])
    func days(_ text: String, _ day: TimeWindow.Day) throws {
        for one in TimeWindow.Day.allCases {
            #expect(try window([one]).contains(time(text)) == (one == day), "\(one)")
        }
    }

    @Test(
        "Hours over midnight belong to the day on which they begin",
        arguments: [
            ("2026-11-27T21:59:59+01:00", false), ("2026-11-27T22:00:00+01:00", true),
            ("2026-11-27T23:59:59+01:00", true), ("2026-11-28T00:00:00+01:00", true),
            ("2026-11-28T05:59:59+01:00", true), ("2026-11-28T06:00:00+01:00", false),
            ("2026-11-28T22:00:00+01:00", false), ("2026-11-27T05:00:00+01:00", false),
        ])
    func midnight(_ text: String, _ expected: Bool) throws {
        #expect(try window([.fri], [.init(start: 1320, end: 360)]).contains(time(text)) == expected)
    }

    @Test("Sunday's last hours go on on Monday, and 24:00 is the end of the day")
    func week() throws {
        let sunday = try window([.sun], [.init(start: 1380, end: 60)])
        #expect(try sunday.contains(time("2026-11-23T00:59:00+01:00")))
        #expect(try !sunday.contains(time("2026-11-22T00:59:00+01:00")))
        let evening = try window([.fri], [.init(start: 720, end: 1440)])
        #expect(try evening.contains(time("2026-11-27T23:59:59.999+01:00")))
        #expect(try !evening.contains(time("2026-11-28T00:00:00+01:00")))
    }

    /// On 2026-03-29 the clocks of Warsaw go from 02:00 to 03:00.
    @Test(
        "An hour that is skipped in spring is in no window",
        arguments: [
            ("2026-03-29T00:59:59Z", true, false, false), ("2026-03-29T01:00:00Z", false, false, true),
            ("2026-03-29T01:59:59Z", false, false, true), ("2026-03-29T02:00:00Z", false, false, false),
        ])
    func spring(_ text: String, _ one: Bool, _ two: Bool, _ three: Bool) throws {
        let time = try time(text)
        for (hour, expected) in [(1, one), (2, two), (3, three)] {
            let hours = TimeWindow.Hours(start: hour * 60, end: hour * 60 + 60)
            #expect(try window([.sun], [hours]).contains(time) == expected, "\(hour)")
        }
        let night = try window([.sat], [.init(start: 1320, end: 240)])
        #expect(night.contains(time) == (text < "2026-03-29T02:00:00Z"))
    }

    /// On 2026-10-25 the clocks of Warsaw go from 03:00 back to 02:00.
    @Test(
        "An hour that comes twice in autumn is in its window twice",
        arguments: [
            ("2026-10-24T23:59:59Z", false), ("2026-10-25T00:00:00Z", true), ("2026-10-25T00:59:59Z", true),
            ("2026-10-25T01:00:00Z", true), ("2026-10-25T01:59:59Z", true), ("2026-10-25T02:00:00Z", false),
        ])
    func autumn(_ text: String, _ expected: Bool) throws {
        #expect(try window([.sun], [.init(start: 120, end: 180)]).contains(time(text)) == expected)
    }

    @Test("Nine o'clock is nine o'clock in summer and in winter")
    func seasons() throws {
        let nine = try window(Set(TimeWindow.Day.allCases), [.init(start: 540, end: 541)])
        #expect(try nine.contains(time("2026-07-01T07:00:00Z")) && !nine.contains(time("2026-07-01T08:00:00Z")))
        #expect(try nine.contains(time("2026-12-01T08:00:00Z")) && !nine.contains(time("2026-12-01T07:00:00Z")))
    }

    @Test("One of the open windows must hold, if there are any, and none that is closed")
    func together() throws {
        let (monday, tuesday) = (try time("2026-11-23T12:00:00Z"), try time("2026-11-24T12:00:00Z"))
        let open = [try window([.mon]), try window([.wed])]
        let closed = try window([.mon], [.init(start: 780, end: 840)], isClosed: true)
        #expect([TimeWindow]().admit(monday))
        #expect(open.admit(monday) && !open.admit(tuesday))
        #expect([closed].admit(tuesday) && ![closed].admit(monday))
        #expect(!(open + [closed]).admit(monday) && (open + [closed]).admit(monday.addingTimeInterval(3600)))
        #expect(!(open + [closed]).admit(tuesday))
    }

    @Test("No time is too far away", arguments: [-1e15, -62_135_596_800, 253_402_300_799, 1e15] as [Double])
    func far(_ seconds: Double) throws {
        let all = try window()
        #expect(all.contains(Date(timeIntervalSince1970: seconds)))
    }
}
