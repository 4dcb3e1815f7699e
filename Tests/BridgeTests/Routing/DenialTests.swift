import Foundation
import Testing

@testable import Bridge

@Suite("Why somebody was denied")
struct DenialTests {
    private static let admins = Permission.Group(name: "admins", members: ["U1"])
    private static let qa = Permission.Group(name: "qa", members: ["U2"])

    private func denial(
        _ allow: Permission = .anyone, deny: [Permission.Alternative] = [], _ windows: [TimeWindow] = [],
        of event: Event = Event(command: "/x", text: "", user: "U9")
    ) throws -> String? {
        var route = try Route.of("deploy", allow: allow)
        (route.deny, route.windows) = (deny, windows)
        let decision = Router(routes: [route]).decide(event)
        let trace = try #require(decision.trace.first)
        #expect(trace.matched && trace.allowed == (trace.denial == nil))
        #expect(decision.isDenied == (trace.denial != nil) && decision.runs.isEmpty == decision.isDenied)
        return trace.denial
    }

    @Test(
        "It tells who may, in the words of the configuration",
        arguments: [
            ([Permission.Alternative(users: ["U1"])], "the user U1"),
            ([.init(users: ["U1", "U2"])], "the users U1, U2"),
            ([.init(groups: [admins])], "users of the group admins"),
            ([.init(groups: [admins, qa])], "users of the groups admins, qa"),
            ([.init(users: ["U1"], groups: [qa])], "the user U1 and users of the group qa"),
            ([.init(channels: ["C5"])], "everybody in the channel C5"),
            ([.init(channels: ["C5", "C6"], teams: ["T5"])], "everybody in the channels C5, C6 in the team T5"),
            (
                [.init(groups: [admins]), .init(groups: [qa], channels: ["C0RELEASE"])],
                "users of the group admins; or for users of the group qa in the channel C0RELEASE"
            ),
            ([.init(authors: ["Ann", "bob@example.com"])], "commits by Ann, bob@example.com"),
            ([.init(groups: [qa], authors: ["Ann"])], "users of the group qa with commits by Ann"),
            ([.init(users: [], groups: [])], "nobody"), ([], "nobody"),
            ([.init(channels: [], authors: [])], "commits by nobody in no channel"),
            (
                [.init(users: (10...21).map { "U\($0)" })],
                "the users U10, U11, U12, U13, U14, U15, U16, U17, U18, U19 and 2 more"
            ),
        ])
    func allow(_ alternatives: [Permission.Alternative], _ words: String) throws {
        #expect(try denial(.oneOf(alternatives)) == "'deploy' is for \(words)")
    }

    @Test(
        "Whom 'deny' names may not, though 'allow' admits them, and learns of nobody else",
        arguments: [
            ([Permission.Alternative(users: ["U8", "U9"])], "the caller"),
            ([.init(users: ["U8"]), .init(groups: [.init(name: "interns", members: ["U9"])])], "the caller"),
            ([.init(channels: ["C1"])], "the channel"), ([.init(teams: ["T0", "T1"])], "the team"),
            ([.init(users: ["U9"], channels: ["C1"], teams: ["T1"])], "the caller and the channel and the team"),
        ])
    func deny(_ deny: [Permission.Alternative], _ words: String) throws {
        #expect(try denial(deny: deny) == "'deploy' is denied: its 'deny' names \(words)")
        #expect(
            try denial(.oneOf([.init(users: ["U9"])]), deny: deny) == "'deploy' is denied: its 'deny' names \(words)")
        #expect(try denial(.oneOf([]), deny: deny) == "'deploy' is denied: its 'deny' names \(words)")
    }

    @Test("Who fits a map of 'deny' in part only is not denied")
    func partly() throws {
        #expect(
            try denial(deny: [.init(users: ["U9"], channels: ["C5"]), .init(users: ["U8"]), .init(users: [])]) == nil)
        #expect(try denial(deny: [.init(authors: ["name of U9"])]) == nil)
        let push = try Event(git: FixedGitFields(fields: [.authorName: ["Eve"]]))
        #expect(
            try denial(deny: [.init(authors: ["Eve"])], of: push) == "'deploy' is denied: its 'deny' names the author")
    }

    @Test("Outside of the windows it tells when they are, and what time it was there")
    func windows() throws {
        let warsaw = try #require(TimeZone(identifier: "Europe/Warsaw"))
        let week = TimeWindow(
            days: [.mon, .tue, .wed, .thu], hours: [.init(start: 540, end: 1020)], zone: warsaw,
            zoneName: "Europe/Warsaw")
        let friday = TimeWindow(
            days: [.fri], hours: [.init(start: 720, end: 1440)], zone: warsaw, zoneName: "Europe/Warsaw", isClosed: true
        )
        var event = Event(command: "/x", text: "", user: "U9")
        event.receivedAt = try #require(try? Date.ISO8601FormatStyle().parse("2026-11-27T17:03:00Z"))
        #expect(
            try denial(.anyone, [week, friday], of: event)
                == "'deploy' is open mon-thu 09:00-17:00 Europe/Warsaw, and closed fri 12:00-24:00 Europe/Warsaw; "
                + "it was fri 18:03 there")
        #expect(
            try denial(.anyone, [friday], of: event)
                == "'deploy' is closed fri 12:00-24:00 Europe/Warsaw; it was fri 18:03 there")
        let odd = TimeWindow(
            days: [.mon, .wed, .thu, .sat, .sun], hours: [.init(start: 0, end: 60), .init(start: 1320, end: 360)],
            zone: .gmt, zoneName: "UTC")
        let days = TimeWindow(days: [.tue], zone: .gmt, zoneName: "UTC")
        let hours = TimeWindow(hours: [.init(start: 545, end: 600)], zone: warsaw, zoneName: "Europe/Warsaw")
        #expect(
            try denial(.anyone, [odd, days, hours], of: event)
                == "'deploy' is open mon, wed, thu, sat, sun 00:00-01:00, 22:00-06:00 UTC or tue UTC or 09:05-10:00 "
                + "Europe/Warsaw; it was fri 17:03 in UTC and fri 18:03 in Europe/Warsaw")
        #expect(try denial(.oneOf([]), [friday], of: event) == "'deploy' is for nobody")
        event.receivedAt = try #require(try? Date.ISO8601FormatStyle().parse("2026-11-26T08:00:00Z"))
        #expect(try denial(.anyone, [week, friday], of: event) == nil)
    }

    @Test("What is denied for any of the three drops earlier matches, and ends the search")
    func whole() throws {
        var (denied, closed) = (try Route.of("b", continues: true), try Route.of("b", continues: true))
        denied.deny = [.init(users: ["U1"])]
        closed.windows = [TimeWindow(zone: .gmt, zoneName: "UTC", isClosed: true)]
        for route in [denied, closed] {
            let decision = Router(routes: [try .of("a", continues: true), route, try .of("c")])
                .decide(Event(command: "/x", text: ""))
            #expect(decision.outcome == .denied && decision.runs.isEmpty)
            #expect(decision.trace.map(\.allowed) == [true, false, nil])
            #expect(decision.trace.map { $0.denial == nil } == [true, false, true])
        }
    }
}
