import Testing

@testable import Bridge

/// The mark is the comparison that decided.
@Suite("What all, any and none come to")
struct GroupTableTests {
    private static let json = #"{"a":"1","b":"2"}"#
    private static var yes: Condition { get throws { try .of("payload.a", .equals("1")) } }
    private static var no: Condition { get throws { try .of("payload.a", .equals("2")) } }
    private static var alsoNo: Condition { get throws { try .of("payload.b", .equals("1")) } }

    private static func row(_ when: @autoclosure () throws -> Condition, _ lines: String...) -> TraceRow {
        TraceRow(json, try when(), lines.joined(separator: "\n"))
    }

    @Test(
        "A list by itself",
        arguments: [
            row(.all([])), row(.none([])),
            row(try .all([yes]), "payload.a equals '1' is '1' yes"),
            row(try .all([no]), "payload.a equals '2' is '1' no <-"),
            row(
                try .all([yes, no, alsoNo]), "payload.a equals '1' is '1' yes", "payload.a equals '2' is '1' no <-",
                "payload.b equals '1' is '2' no"),
            row(try .all([no, yes]), "payload.a equals '2' is '1' no <-", "payload.a equals '1' is '1' yes"),
            row(try .all([yes, yes]), "payload.a equals '1' is '1' yes", "payload.a equals '1' is '1' yes"),
            row(try .any([yes]), "payload.a equals '1' is '1' yes in any"),
            row(
                try .any([no, yes]), "payload.a equals '2' is '1' no in any", "payload.a equals '1' is '1' yes in any"),
            row(
                try .any([no, alsoNo]), "payload.a equals '2' is '1' no in any <-",
                "payload.b equals '1' is '2' no in any"),
            row(try .none([yes]), "payload.a equals '1' is '1' yes in none <-"),
            row(try .none([no]), "payload.a equals '2' is '1' no in none"),
            row(
                try .none([no, yes, yes]), "payload.a equals '2' is '1' no in none",
                "payload.a equals '1' is '1' yes in none <-", "payload.a equals '1' is '1' yes in none"),
            row(
                try .none([no, alsoNo]), "payload.a equals '2' is '1' no in none",
                "payload.b equals '1' is '2' no in none"),
            row(try .none([.of("payload.missing", .equals("1"))]), "payload.missing equals '1' is missing no in none"),
            row(try .any([.of("payload.missing", .equals("1"))]), "payload.missing equals '1' is missing no in any <-"),
        ])
    func flat(_ row: TraceRow) throws { try row.check() }

    @Test(
        "Lists within each other",
        arguments: [
            row(
                try .all([yes, .any([alsoNo, yes]), .none([no])]), "payload.a equals '1' is '1' yes",
                "payload.b equals '1' is '2' no in any", "payload.a equals '1' is '1' yes in any",
                "payload.a equals '2' is '1' no in none"),
            row(
                try .all([yes, .none([.any([alsoNo, yes])])]), "payload.a equals '1' is '1' yes",
                "payload.b equals '1' is '2' no in any", "payload.a equals '1' is '1' yes in any <-"),
            row(
                try .none([.all([yes, no])]), "payload.a equals '1' is '1' yes in none",
                "payload.a equals '2' is '1' no in none"),
            row(
                try .none([.all([yes, yes])]), "payload.a equals '1' is '1' yes in none <-",
                "payload.a equals '1' is '1' yes in none"),
            row(
                try .none([.none([alsoNo, no])]), "payload.b equals '1' is '2' no in none <-",
                "payload.a equals '2' is '1' no in none"),
            row(
                try .none([.none([no, yes])]), "payload.a equals '2' is '1' no in none",
                "payload.a equals '1' is '1' yes in none"),
            row(
                try .any([.all([yes, no]), alsoNo]), "payload.a equals '1' is '1' yes in any",
                "payload.a equals '2' is '1' no in any <-", "payload.b equals '1' is '2' no in any"),
            row(
                try .all([.any([no, .none([yes])]), no]), "payload.a equals '2' is '1' no in any <-",
                "payload.a equals '1' is '1' yes in none", "payload.a equals '2' is '1' no"),
            row(
                try .all([.all([yes, .all([alsoNo])]), no]), "payload.a equals '1' is '1' yes",
                "payload.b equals '1' is '2' no <-", "payload.a equals '2' is '1' no"),
        ])
    func nested(_ row: TraceRow) throws { try row.check() }

    /// Configuration refuses such lists; they must not fail here all the same.
    @Test("An empty 'any' holds for nothing, and no comparison decided that")
    func empty() throws {
        let trace = Router(routes: [try .of("a", when: .any([]))]).decide(try Event()).trace
        #expect(trace.map(\.matched) == [false] && trace.map(\.firstFailed) == [nil])
    }

    @Test("What could not be reached shows what would have decided")
    func notReached() throws {
        let routes = try [Route.of("first"), .of("second", when: Self.no), .of("third", when: Self.yes)]
        let trace = Router(routes: routes).decide(try Event(json: Self.json)).trace
        #expect(trace.map(\.matched) == [true, false, false] && trace.map(\.tried) == [true, false, false])
        #expect(trace.map(\.firstFailed) == [nil, 0, nil])
    }
}
