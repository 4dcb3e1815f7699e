import Testing

@testable import Bridge

@Suite("What comparing with numbers and times comes to")
struct ComparisonTableTests {
    @Test(
        "Numbers, exactly and of any length",
        arguments: [
            TraceRow.value("2", .lessThan("3"), is: "lt '3' is '2' yes"),
            .value("3", .lessThan("3"), is: "lt '3' is '3' no <-"),
            .value("4", .greaterThan("3"), is: "gt '3' is '4' yes"),
            .value("3", .greaterThan("3"), is: "gt '3' is '3' no <-"),
            .value("10", .greaterThan("9"), is: "gt '9' is '10' yes"),
            .value(#""10""#, .greaterThan("9"), is: "gt '9' is '10' yes"),
            .value("-10", .lessThan("-9"), is: "lt '-9' is '-10' yes"),
            .value("-1", .lessThan("0"), is: "lt '0' is '-1' yes"),
            .value("0", .greaterThan("-0.001"), is: "gt '-0.001' is '0' yes"),
            .value(#""-0""#, .lessThan("0"), is: "lt '0' is '-0' no <-"),
            .value(#""0.00""#, .lessThan("-0e5"), is: "lt '-0e5' is '0.00' no <-"),
            .value(#""1.50""#, .greaterThan("1.5"), is: "gt '1.5' is '1.50' no <-"),
            .value(#""0.3""#, .greaterThan("0.29999999999999999"), is: "gt '0.29999999999999999' is '0.3' yes"),
            .value(#""1e2""#, .greaterThan("99.9"), is: "gt '99.9' is '1e2' yes"),
            .value(#""100E-2""#, .lessThan("1.01"), is: "lt '1.01' is '100E-2' yes"),
            .value(#""1e-400""#, .greaterThan("0"), is: "gt '0' is '1e-400' yes"),
            .value(#""1e400""#, .greaterThan("9e399"), is: "gt '9e399' is '1e400' yes"),
            .value(
                "9007199254740993", .greaterThan("9007199254740992"),
                is: "gt '9007199254740992' is '9007199254740993' yes"),
            .value(
                #""123456789012345678901234567890123456789012346""#,
                .greaterThan("123456789012345678901234567890123456789012345"),
                is: "gt '123456789012345678901234567890123456789012345' is "
                    + "'123456789012345678901234567890123456789012346' yes"),
            .value(
                #""0.123456789012345678901234567890123456789012344""#,
                .lessThan("0.123456789012345678901234567890123456789012345"),
                is: "lt '0.123456789012345678901234567890123456789012345' is "
                    + "'0.123456789012345678901234567890123456789012344' yes"),
            .value("1e300", .greaterThan("1e299"), is: "gt '1e299' is '1e+300' yes"),
        ])
    func numbers(_ row: TraceRow) throws { try row.check() }

    @Test(
        "Times, whatever their offsets; a bare date is its midnight in UTC",
        arguments: [
            TraceRow.value(
                #""2026-03-29T00:59:59Z""#, .lessThan("2026-03-29T02:00:00+01:00"),
                is: "lt '2026-03-29T02:00:00+01:00' is '2026-03-29T00:59:59Z' yes"),
            .value(
                #""2026-03-29T01:00:00Z""#, .lessThan("2026-03-29T02:00:00+01:00"),
                is: "lt '2026-03-29T02:00:00+01:00' is '2026-03-29T01:00:00Z' no <-"),
            .value(
                #""2026-03-28T23:30:00-02:00""#, .greaterThan("2026-03-29"),
                is: "gt '2026-03-29' is '2026-03-28T23:30:00-02:00' yes"),
            .value(#""2026-03-29""#, .lessThan("2026-03-30"), is: "lt '2026-03-30' is '2026-03-29' yes"),
            .value(
                #""2026-03-29T00:00:00.0Z""#, .greaterThan("2026-03-29"),
                is: "gt '2026-03-29' is '2026-03-29T00:00:00.0Z' no <-"),
            .value(
                #""2026-03-29t00:00:00.0000000000001z""#, .greaterThan("2026-03-29"),
                is: "gt '2026-03-29' is '2026-03-29t00:00:00.0000000000001z' yes"),
            .value(
                #""2026-03-29T00:00:00.45Z""#, .lessThan("2026-03-29T00:00:00.5Z"),
                is: "lt '2026-03-29T00:00:00.5Z' is '2026-03-29T00:00:00.45Z' yes"),
            .value(
                #""2016-12-31T23:59:60Z""#, .lessThan("2017-01-01"),
                is: "lt '2017-01-01' is '2016-12-31T23:59:60Z' no <-"),
            .value(#""2024-02-29""#, .lessThan("2024-03-01"), is: "lt '2024-03-01' is '2024-02-29' yes"),
            .value(#""1999-12-31""#, .lessThan("2000-01-01"), is: "lt '2000-01-01' is '1999-12-31' yes"),
            .value(#""0000-12-31""#, .lessThan("0001-01-01"), is: "lt '0001-01-01' is '0000-12-31' yes"),
            .value(
                #""0000-01-01T00:00:00+23:59""#, .lessThan("0000-01-01"),
                is: "lt '0000-01-01' is '0000-01-01T00:00:00+23:59' yes"),
            .value(#""9999-12-31""#, .greaterThan("1970-01-01"), is: "gt '1970-01-01' is '9999-12-31' yes"),
        ])
    func times(_ row: TraceRow) throws { try row.check() }

    @Test(
        "A value of another kind is neither less nor more",
        arguments: [
            TraceRow.value(#""five""#, .lessThan("9"), is: "lt '9' is 'five' no <-"),
            .value(#""five""#, .greaterThan("1"), is: "gt '1' is 'five' no <-"),
            .value(#""""#, .lessThan("9"), is: "lt '9' is '' no <-"),
            .value("true", .lessThan("9"), is: "lt '9' is 'true' no <-"),
            .value(#""2026""#, .lessThan("2026-03-29"), is: "lt '2026-03-29' is '2026' no <-"),
            .value(#""2026-03-29""#, .greaterThan("1"), is: "gt '1' is '2026-03-29' no <-"),
            .value(#"" 5""#, .lessThan("9"), is: "lt '9' is ' 5' no <-"),
            .value(#""٥""#, .lessThan("9"), is: "lt '9' is '٥' no <-"),
            .value(#""five""#, .not([.lessThan("9")]), is: "not lt '9' is 'five' yes"),
        ])
    func kinds(_ row: TraceRow) throws { try row.check() }

    @Test(
        "A range holds for one and the same value",
        arguments: [
            TraceRow.value("5", .greaterThan("3"), .lessThan("10"), is: "all of 'gt 3, lt 10' is '5' yes"),
            .value("10", .greaterThan("3"), .lessThan("10"), is: "all of 'gt 3, lt 10' is '10' no <-"),
            TraceRow(
                #"{"v":[2,11]}"#, try .of("payload.v.*", .greaterThan("3"), .lessThan("10")),
                "payload.v.* all of 'gt 3, lt 10' is '2', '11' no <-"),
            TraceRow(
                #"{"v":[2,5,11]}"#, try .of("payload.v.*", .greaterThan("3"), .lessThan("10")),
                "payload.v.* all of 'gt 3, lt 10' is '2', '5', '11' yes"),
        ])
    func ranges(_ row: TraceRow) throws { try row.check() }

    @Test(
        "What is neither a number nor a time is no operand",
        arguments: [
            "", " ", "five", "0x10", "+1", "01", "-", "1.", ".5", "1e", "1e+", "1 ", "1,5", "--1", "NaN", "Infinity",
            "٥", "1e1234567890123456789", "1.5.1", "2026-3-29", "2026-02-29", "2100-02-29", "2026-04-31", "2026-13-01",
            "2026-00-01", "2026-01-00", "02026-01-01", "2026-03-29T", "2026-03-29T02:30", "2026-03-29T02:30:00",
            "2026-03-29 02:30:00Z", "2026-03-29T24:00:00Z", "2026-03-29T02:60:00Z", "2026-03-29T02:30:61Z",
            "2026-03-29T02:30:00.Z", "2026-03-29T02:30:00.5", "2026-03-29T02:30:00+0100", "2026-03-29T02:30:00+1:00",
            "2026-03-29T02:30:00+24:00", "2026-03-29T02:30:00+01:60", "2026-03-29T02:30:00ZZ", "2026-03-29Z",
            "2026-03-29T02:30:00\u{2212}01:00", "２026-03-29",
        ])
    func noOperand(_ text: String) {
        #expect(throws: Matcher.Invalid.operand(text)) { try Matcher([.lessThan(text)]) }
        #expect(throws: Matcher.Invalid.operand(text)) { try Matcher([.not([.greaterThan(text)])]) }
    }
}
