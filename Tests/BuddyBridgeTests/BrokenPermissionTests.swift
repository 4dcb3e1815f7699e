import Testing

@testable import BuddyBridge

@Suite("Broken permissions, windows and comparisons")
struct BrokenPermissionTests {
    private static let keys = "a map of users, groups, channels, teams and authors, or a list of such maps"

    @Test(
        "Who may not",
        arguments: [
            Variant("A null", 10, "    deny:", "10:10: error: 'deny' has no value"),
            Variant("A word", 10, "    deny: nobody", "10:11: error: 'deny' is \(keys)"),
            Variant("An empty list", 10, "    deny: []", "10:11: error: 'deny' is \(keys)"),
            Variant(
                "An empty map", 10, "    deny: {}",
                "10:11: error: an empty map in 'deny' would deny everybody: leave the route out instead"),
            Variant(
                "An empty map in a list", 10, "    deny: [{users: [U1]}, {}]",
                "10:27: error: an empty map in 'deny' would deny everybody: leave the route out instead"),
            Variant("A word in a list", 10, "    deny: [U1]", "10:12: error: 'deny' is a map, not a text"),
            Variant(
                "An unknown key", 10, "    deny: {author: Eve}",
                "10:12: error: unknown key 'author' in 'deny'; did you mean 'authors'?"),
            Variant(
                "An unknown group", 10, "    deny: {groups: [admin]}",
                "10:21: error: there is no group 'admin'; did you mean 'admins'?"),
            Variant("A null author", 10, "    deny: {authors: [~]}", "10:22: error: an author has no value"),
            Variant("A null author in 'allow'", 14, "    allow: {authors: }", "14:22: error: an author has no value"),
        ])
    func deny(_ variant: Variant) throws { try variant.check() }

    private static let window = "'windows' is a map of days, hours, time_zone and closed, or a list of such maps"
    private static let days = "'days' are mon, tue, wed, thu, fri, sat, sun, or ranges like mon-fri"
    private static let hours = "'hours' are a range like 09:00-17:00, 22:00-06:00 or 12:00-24:00"

    private static func hours(_ text: String) -> Variant {
        Variant(
            "The hours '\(text)'", 10, "    windows: {time_zone: UTC, hours: '\(text)'}",
            "10:38: error: \(hours), not '\(text)'")
    }

    private static func days(_ text: String) -> Variant {
        Variant(
            "The days '\(text)'", 10, "    windows: {time_zone: UTC, days: [mon, '\(text)']}",
            "10:43: error: \(days), not '\(text)'")
    }

    @Test(
        "Windows",
        arguments: [
            Variant("A null", 10, "    windows:", "10:13: error: 'windows' has no value"),
            Variant("A word", 10, "    windows: always", "10:14: error: \(window)"),
            Variant("An empty list", 10, "    windows: []", "10:14: error: \(window)"),
            Variant(
                "An empty map", 10, "    windows: {}", "10:14: error: a window needs 'days' or 'hours'",
                "10:14: error: a window needs 'time_zone'"),
            Variant(
                "Neither days nor hours", 10, "    windows: {time_zone: UTC, closed: true}",
                "10:14: error: a window needs 'days' or 'hours'"),
            Variant(
                "No time zone", 10, "    windows: [{days: fri, time_zone: UTC}, {days: mon}]",
                "10:44: error: a window needs 'time_zone'"),
            Variant(
                "An unknown time zone", 10, "    windows: {days: fri, time_zone: Europe/Warsav}",
                "10:37: error: 'time_zone' is a name of the IANA time zone database, like Europe/Warsaw or UTC, not "
                    + "'Europe/Warsav'; did you mean 'Europe/Warsaw'?"),
            Variant(
                "An offset", 10, "    windows: {days: fri, time_zone: GMT+1}",
                "10:37: error: 'time_zone' is a name of the IANA time zone database, like Europe/Warsaw or UTC, not "
                    + "'GMT+1'; did you mean 'GMT'?"),
            Variant(
                "An abbreviation", 10, "    windows: {days: fri, time_zone: CEST}",
                "10:37: error: 'time_zone' is a name of the IANA time zone database, like Europe/Warsaw or UTC, not "
                    + "'CEST'"),
            Variant(
                "A path", 10, "    windows: {days: fri, time_zone: ../../../etc/passwd}",
                "10:37: error: 'time_zone' is a name of the IANA time zone database, like Europe/Warsaw or UTC, not "
                    + "'../../../etc/passwd'"),
            Variant(
                "An unknown key", 10, "    windows: {day: fri, hours: 09:00-17:00, time_zone: UTC}",
                "10:15: error: unknown key 'day' in a window; did you mean 'days'?"),
            Variant(
                "A flag", 10, "    windows: {days: fri, time_zone: UTC, closed: yes}",
                "10:50: error: 'closed' is true or false, not 'yes'"),
            Variant(
                "No days", 10, "    windows: {days: [], time_zone: UTC}", "10:21: error: 'days' is an empty list"),
            Variant(
                "No hours", 10, "    windows: {hours: [], time_zone: UTC}", "10:22: error: 'hours' is an empty list"),
            Variant(
                "A null day", 10, "    windows: {days: [~], time_zone: UTC}", "10:22: error: 'days' has no value"),
            days("Fri"), days("friday"), days("mon-"), days("-fri"), days("mon-tue-wed"), days("1"), days("mon,tue"),
            hours("9-17"), hours("09:00"), hours("9:00-17:00"), hours("09:00-09:00"), hours("24:00-06:00"),
            hours("09:00-24:01"), hours("09:00-25:00"), hours("09:60-17:00"), hours("09:00-17:00-18:00"),
            hours("09:00 - 17:00"), hours("+9:00-17:00"),
        ])
    func windows(_ variant: Variant) throws { try variant.check() }

    private static func operand(_ text: String) -> String {
        "'lt' and 'gt' compare with a number, or with a time like 2026-03-29 or 2026-03-29T02:30:00+01:00, not "
            + "'\(text)'"
    }

    @Test(
        "Comparisons, and lists of conditions",
        arguments: [
            Variant(
                "A word", 10, "    when: {payload.n: {lt: ten}}", "10:28: error: \(operand("ten"))"),
            Variant(
                "One of two", 10, "    when: {payload.n: {gt: 1, lt: 0x10}}", "10:35: error: \(operand("0x10"))"),
            Variant(
                "Within 'not'", 10, "    when: {payload.n: {not: {gt: 2026-02-30}}}",
                "10:34: error: \(operand("2026-02-30"))"),
            Variant(
                "A template, which a condition is not", 10, "    when: {payload.n: {gt: '{{ payload.m }}'}}",
                "10:28: error: \(operand("{{ payload.m }}"))"),
            Variant(
                "A null", 10, "    when: {payload.n: {lt: }}", "10:28: error: the value of a condition has no value"),
            Variant(
                "A filter of a selector", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: only, tag: {lt: v2}}}",
                "11:92: error: \(operand("v2"))"),
            Variant(
                "A map without conditions in a list", 10, "    when: {none: [{event: push}, {}]}",
                "10:34: error: a map without conditions would always hold"),
        ])
    func comparisons(_ variant: Variant) throws { try variant.check() }

    @Test(
        "What a template makes of an operand is not known yet",
        arguments: [
            Variant(
                "A comparison", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: only, tag: "
                    + "{lt: \"{{ tag }}\"}}}"),
            Variant(
                "A pattern", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: only, tag: "
                    + "{regex: \"({{ tag }}\"}}}"),
        ])
    func notKnown(_ variant: Variant) throws { try variant.check() }
}
