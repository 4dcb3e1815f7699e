import FoundationEssentials
import Testing

@testable import Bridge

@Suite("The trace of a decision")
struct TraceTests {
    private func trace(_ condition: Condition, _ json: String) throws -> [ConditionTrace] {
        var trace: [ConditionTrace] = []
        _ = condition.evaluate(try Event(json: json), trace: &trace)
        return trace
    }

    private func json(_ value: some Encodable) -> String { String(decoding: WireJSON.encode(value), as: UTF8.self) }

    /// DESIGN §5.3, `explain --json`.
    @Test("A condition shows field, operator, expected, actual, and whether it holds")
    func condition() throws {
        let condition = try Condition.of("payload.ref", .equals("refs/heads/main"))
        let trace = try trace(condition, #"{"ref":"refs/heads/dev"}"#)
        #expect(
            trace.map { json($0) } == [
                #"{"actual":"refs/heads/dev","expected":"refs/heads/main","field":"payload.ref","holds":false,"#
                    + #""operator":"equals"}"#
            ])
    }

    @Test("What the event does not have is null; several values are a list")
    func values() throws {
        let missing = try trace(.of("payload.none", .oneOf(["a", "b"])), "{}")
        #expect(json(missing[0]).contains(#""actual":null,"expected":["a","b"]"#))
        let several = try trace(.of("payload.l.*", .prefix("b")), #"{"l":["a","b"]}"#)
        #expect(several[0].actual?.texts == ["a", "b"] && several[0].holds)
    }

    @Test("Several operators of one field are shown together")
    func together() throws {
        let trace = try trace(.of("payload.v", .prefix("v"), .not([.suffix("-rc")])), #"{"v":"v1"}"#)
        #expect(trace.count == 1 && trace[0].operator == "all of" && trace[0].holds)
        #expect(trace[0].expected.texts == ["prefix v, not suffix -rc"])
    }

    @Test("Every comparison is made and shown, even when the first one decides")
    func whole() throws {
        let (no, yes) = (try Condition.of("payload.a", .equals("0")), try Condition.of("payload.a", .equals("1")))
        let condition = Condition.all([no, .any([yes, yes]), .none([yes, no]), yes])
        let trace = try trace(condition, #"{"a":"1"}"#)
        #expect(trace.map(\.holds) == [false, true, true, true, false, true])
        #expect(trace.map(\.group) == [nil, "any", "any", "none", "none", nil])
    }

    @Test("Long values are cut, and so are long lists")
    func cut() throws {
        let long = String(repeating: "x", count: 201)
        let trace = try trace(
            .of("payload.l.*", .exists(true)), #"{"l":["\#(long)"\#(String(repeating: ",1", count: 30))]}"#)
        #expect(trace[0].actual?.texts.count == 20)
        #expect(trace[0].actual?.texts.first == String(long.dropLast()) + "…")
    }

    @Test("A route shows whether it matched, who may, and what it would run")
    func route() throws {
        let routes = [
            try Route.of("no", when: .of("event", .equals("tag"))), try .of("yes", run: [.of("a", "b", "7", "4")]),
            try .of("later"),
        ]
        let trace = Router(routes: routes).decide(try Event()).trace
        #expect(
            json(trace[0]).hasPrefix(#"{"allowed":null,"conditions":[{"#)
                && json(trace[0]).contains(#""matched":false"#))
        #expect(json(trace[0]).contains(#""target":null"#) && json(trace[0]).contains(#""first_failed":0"#))
        #expect(json(trace[1]).contains(#""first_failed":null"#) && json(trace[1]).contains(#""denial":null"#))
        #expect(json(trace[1]).contains(#""target":{"domain":"a","execution":4,"pipeline":7,"project":"b"}"#))
        #expect(json(trace[1]).contains(#""allowed":true"#) && json(trace[1]).contains(#""route":"yes""#))
        #expect(json(trace[2]).contains(#""matched":false"#) && json(trace[2]).contains(#""tried":false"#))
    }

    @Test("A denied route shows that the caller may not and who may, and no target")
    func denied() throws {
        let trace = Router(routes: [try .of("a", allow: .oneOf([]))]).decide(try Event()).trace
        #expect(json(trace[0]).contains(#""denial":"'a' is for nobody""#))
        #expect(trace[0].matched && trace[0].allowed == false && trace[0].target == nil && trace[0].targets.isEmpty)
    }

    @Test("What is kept in the journal is read again")
    func roundTrip() throws {
        let routes = [
            try Route.of("a", when: .of("payload.l.*", .oneOf(["x"])), run: [.of("{{ tag }}")], continues: true),
            try .of("b", when: .any([.of("event", .glob("p*"))]), run: [.of("{{ tag }}"), .of()]),
        ]
        let trace = Router(routes: routes).decide(try Event(json: #"{"l":["x","y"]}"#)).trace
        #expect(trace.count == 2 && trace[1].errors.count == 1)
        #expect(try JSONDecoder().decode([RouteTrace].self, from: Data(WireJSON.encode(trace))) == trace)
    }

    @Test("What was kept before there were the first that failed and why it was denied is read as well")
    func older() throws {
        let text = """
            [{"allowed":false,"conditions":[{"actual":"x","expected":"y","field":"branch","holds":true,"operator":"in"}],
              "errors":[{"code":"bad_template","message":"the event has no tag","status":null}],"matched":true,
              "route":"a","target":null,"targets":[],"tried":true}]
            """
        let trace = try JSONDecoder().decode([RouteTrace].self, from: Data(text.utf8))
        #expect(trace.map(\.firstFailed) == [nil] && trace.map(\.denial) == [nil])
        #expect(trace.map(\.conditions.count) == [1] && trace.map(\.allowed) == [false])
    }
}
