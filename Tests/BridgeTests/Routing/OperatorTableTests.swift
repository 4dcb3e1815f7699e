import Testing

@testable import Bridge

@Suite("What the operators on texts come to")
struct OperatorTableTests {
    @Test(
        "Each asks one thing of a value",
        arguments: [
            TraceRow.value(#""main""#, .equals("main"), is: "equals 'main' is 'main' yes"),
            .value(#""Main""#, .equals("main"), is: "equals 'main' is 'Main' no <-"),
            .value(#""""#, .equals(""), is: "equals '' is '' yes"),
            .value("41", .equals("41"), is: "equals '41' is '41' yes"),
            .value("1.50", .equals("1.5"), is: "equals '1.5' is '1.5' yes"),
            .value("1", .equals("1.0"), is: "equals '1.0' is '1' no <-"),
            .value("true", .equals("true"), is: "equals 'true' is 'true' yes"),
            .value("true", .equals("yes"), is: "equals 'yes' is 'true' no <-"),
            .value(#""b""#, .oneOf(["a", "b"]), is: "in 'a', 'b' is 'b' yes"),
            .value(#""c""#, .oneOf(["a", "b"]), is: "in 'a', 'b' is 'c' no <-"),
            .value(#""a""#, .oneOf([]), is: "in  is 'a' no <-"),
            .value(#""v1""#, .prefix("v"), is: "prefix 'v' is 'v1' yes"),
            .value(#""1v""#, .prefix("v"), is: "prefix 'v' is '1v' no <-"),
            .value(#""mai""#, .prefix("main"), is: "prefix 'main' is 'mai' no <-"),
            .value(#""x""#, .prefix(""), is: "prefix '' is 'x' yes"),
            .value(#""refs/\u0301x""#, .prefix("refs/"), is: "prefix 'refs/' is 'refs/\u{301}x' yes"),
            .value(#""v1-rc""#, .suffix("-rc"), is: "suffix '-rc' is 'v1-rc' yes"),
            .value(#""-rc1""#, .suffix("-rc"), is: "suffix '-rc' is '-rc1' no <-"),
            .value(#""rc""#, .suffix("xrc"), is: "suffix 'xrc' is 'rc' no <-"),
            .value(#""\u00e9""#, .suffix("e"), is: "suffix 'e' is 'é' no <-"),
            .value(#""e\u0301""#, .suffix("\u{301}"), is: "suffix '\u{301}' is 'e\u{301}' yes"),
            .value(#""v1""#, .glob("v*"), is: "glob 'v*' is 'v1' yes"),
            .value(#""v/1""#, .glob("v*"), is: "glob 'v*' is 'v/1' no <-"),
            .value(#""v/1""#, .glob("v**"), is: "glob 'v**' is 'v/1' yes"),
            .value(#""v1""#, .glob("V?"), is: "glob 'V?' is 'v1' no <-"),
            .value(#""v1""#, .regex("v[0-9]"), is: "regex 'v[0-9]' is 'v1' yes"),
            .value(#""v12""#, .regex("v[0-9]"), is: "regex 'v[0-9]' is 'v12' no <-"),
            .value(#""""#, .exists(true), is: "exists 'true' is '' yes"),
            .value(#""""#, .exists(false), is: "exists 'false' is '' no <-"),
            .value(#""b""#, .not([.equals("a")]), is: "not equals 'a' is 'b' yes"),
            .value(#""a""#, .not([.equals("a")]), is: "not equals 'a' is 'a' no <-"),
            .value(#""a""#, .not([.not([.equals("a")])]), is: "not not equals 'a' is 'a' yes"),
        ])
    func single(_ row: TraceRow) throws { try row.check() }

    /// DESIGN §7, "missing path".
    @Test(
        "Of a missing path only 'exists: false' and 'not' are true",
        arguments: [
            TraceRow.value(nil, .equals(""), is: "equals '' is missing no <-"),
            .value("null", .equals("null"), is: "equals 'null' is missing no <-"),
            .value("{}", .equals("{}"), is: "equals '{}' is missing no <-"),
            .value("[]", .exists(true), is: "exists 'true' is missing no <-"),
            .value(nil, .oneOf([""]), is: "in '' is missing no <-"),
            .value(nil, .prefix(""), is: "prefix '' is missing no <-"),
            .value(nil, .suffix(""), is: "suffix '' is missing no <-"),
            .value(nil, .glob("**"), is: "glob '**' is missing no <-"),
            .value(nil, .regex(".*"), is: "regex '.*' is missing no <-"),
            .value(nil, .lessThan("1"), is: "lt '1' is missing no <-"),
            .value(nil, .greaterThan("1"), is: "gt '1' is missing no <-"),
            .value(nil, .exists(true), is: "exists 'true' is missing no <-"),
            .value(nil, .exists(false), is: "exists 'false' is missing yes"),
            .value("null", .exists(false), is: "exists 'false' is missing yes"),
            .value(nil, .not([.equals("a")]), is: "not equals 'a' is missing yes"),
            .value(nil, .not([.exists(true)]), is: "not exists 'true' is missing yes"),
            .value(nil, .not([.glob("**")]), is: "not glob '**' is missing yes"),
            .value(nil, .not([.lessThan("1")]), is: "not lt '1' is missing yes"),
            .value(nil, .not([.exists(false)]), is: "not exists 'false' is missing no <-"),
        ])
    func missing(_ row: TraceRow) throws { try row.check() }

    @Test(
        "All operators of one map must hold, for one and the same value; 'not' if none of the values satisfies it",
        arguments: [
            TraceRow.value(
                #""v1-rc""#, .prefix("v"), .suffix("-rc"), .not([.equals("v0-rc")]),
                is: "all of 'prefix v, suffix -rc, not equals v0-rc' is 'v1-rc' yes"),
            .value(
                #""v0-rc""#, .prefix("v"), .not([.equals("v0-rc")]),
                is: "all of 'prefix v, not equals v0-rc' is 'v0-rc' no <-"),
            .value(#""v1""#, .prefix("v"), .suffix("-rc"), is: "all of 'prefix v, suffix -rc' is 'v1' no <-"),
            .value(#""1-rc""#, .prefix("v"), .suffix("-rc"), is: "all of 'prefix v, suffix -rc' is '1-rc' no <-"),
            .value(#""v1""#, .prefix("v"), .exists(false), is: "all of 'prefix v, exists false' is 'v1' no <-"),
            TraceRow(
                #"{"v":["x","v1-rc"]}"#, try .of("payload.v.*", .prefix("v"), .suffix("-rc")),
                "payload.v.* all of 'prefix v, suffix -rc' is 'x', 'v1-rc' yes"),
            TraceRow(
                #"{"v":["v1","1-rc"]}"#, try .of("payload.v.*", .prefix("v"), .suffix("-rc")),
                "payload.v.* all of 'prefix v, suffix -rc' is 'v1', '1-rc' no <-"),
            TraceRow(
                #"{"v":["a","b"]}"#, try .of("payload.v.*", .equals("a"), .equals("b")),
                "payload.v.* all of 'equals a, equals b' is 'a', 'b' no <-"),
            TraceRow(
                #"{"v":["a","b"]}"#, try .of("payload.v.*", .equals("b")), "payload.v.* equals 'b' is 'a', 'b' yes"),
            TraceRow(
                #"{"v":["a","b"]}"#, try .of("payload.v.*", .not([.equals("c")])),
                "payload.v.* not equals 'c' is 'a', 'b' yes"),
            TraceRow(
                #"{"v":["a","b"]}"#, try .of("payload.v.*", .not([.equals("b")])),
                "payload.v.* not equals 'b' is 'a', 'b' no <-"),
            TraceRow(
                #"{"v":["a","b"]}"#, try .of("payload.v.*", .prefix("a"), .not([.equals("b")])),
                "payload.v.* all of 'prefix a, not equals b' is 'a', 'b' no <-"),
            TraceRow(
                #"{"v":["v1","1-rc"]}"#, try .of("payload.v.*", .not([.prefix("v"), .suffix("-rc")])),
                "payload.v.* not all 'prefix v, suffix -rc' is 'v1', '1-rc' yes"),
            TraceRow(
                #"{"v":["v1-rc","x"]}"#, try .of("payload.v.*", .not([.prefix("v"), .suffix("-rc")])),
                "payload.v.* not all 'prefix v, suffix -rc' is 'v1-rc', 'x' no <-"),
        ])
    func several(_ row: TraceRow) throws { try row.check() }
}
