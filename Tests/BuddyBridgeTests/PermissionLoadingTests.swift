import Bridge
import Foundation
import Testing

@testable import BuddyBridge

@Suite("Permissions and windows as the file writes them")
struct PermissionLoadingTests {
    private func route(_ lines: String) throws -> Route {
        let loaded = try Loaded(Variant("", 10, lines).yaml)
        #expect(loaded.messages == [])
        return try #require(loaded.configuration?.routes.first)
    }

    @Test("'deny' is one map or a list, of the keys of 'allow'")
    func deny() throws {
        let one = try route("    deny: {users: U9, groups: admins, channels: [C1], teams: T1, authors: [Eve, e@x.org]}")
        #expect(
            one.deny == [
                .init(
                    users: ["U9"], groups: [.init(name: "admins", members: ["U1"])], channels: ["C1"], teams: ["T1"],
                    authors: ["Eve", "e@x.org"])
            ])
        #expect(
            try route("    deny: [{users: [U9]}, {authors: Eve}]").deny == [
                .init(users: ["U9"]), .init(authors: ["Eve"]),
            ])
        #expect(try route("    dry_run: true").deny == [])
    }

    @Test(
        "Days are names or ranges, also over the end of the week",
        arguments: [
            ("fri", [TimeWindow.Day.fri]), ("mon-fri", [.mon, .tue, .wed, .thu, .fri]),
            ("[mon, wed, fri-sun]", [.mon, .wed, .fri, .sat, .sun]), ("sat-mon", [.sat, .sun, .mon]),
            ("[mon, mon-tue]", [.mon, .tue]), ("fri-fri", [.fri]), ("tue-mon", TimeWindow.Day.allCases),
        ])
    func days(_ text: String, _ days: [TimeWindow.Day]) throws {
        let window = try #require(try route("    windows: {days: \(text), time_zone: UTC}").windows.first)
        #expect(window.days == Set(days) && window.hours == [.wholeDay] && !window.isClosed)
    }

    @Test(
        "Hours are a range, or several",
        arguments: [
            ("09:00-17:00", [TimeWindow.Hours(start: 540, end: 1020)]), ("00:00-24:00", [.wholeDay]),
            ("22:00-06:00", [.init(start: 1320, end: 360)]), ("12:00-00:00", [.init(start: 720, end: 0)]),
            ("[08:05-12:00, 13:00-16:30]", [.init(start: 485, end: 720), .init(start: 780, end: 990)]),
        ])
    func hours(_ text: String, _ hours: [TimeWindow.Hours]) throws {
        let window = try #require(try route("    windows: {hours: \(text), time_zone: UTC}").windows.first)
        #expect(window.hours == hours && window.days == Set(TimeWindow.Day.allCases))
    }

    @Test("Several windows, open and closed, each with its zone", arguments: ["America/Buenos_Aires", "Etc/GMT+5"])
    func several(_ zone: String) throws {
        let windows = try route(
            "    windows: [{days: mon-thu, time_zone: Europe/Warsaw}, {days: fri, time_zone: \(zone), closed: true}]"
        ).windows
        #expect(windows.map(\.zoneName) == ["Europe/Warsaw", zone] && windows.map(\.isClosed) == [false, true])
        #expect(windows.map(\.zone) == [TimeZone(identifier: "Europe/Warsaw"), TimeZone(identifier: zone)])
    }

    @Test("Every time zone that Foundation lists may be named")
    func zones() throws {
        let zones = TimeZone.knownTimeZoneIdentifiers.filter { $0.contains("/") }
        #expect(zones.count > 300)
        let windows = zones.map { "{days: fri, time_zone: \($0)}" }.joined(separator: ", ")
        #expect(try route("    windows: [\(windows)]").windows.map(\.zoneName) == zones)
    }
}
