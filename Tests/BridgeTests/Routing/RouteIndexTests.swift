import TestSupport
import Testing

@testable import Bridge

@Suite("The index of routes")
struct RouteIndexTests {
    private func route(_ name: String, _ conditions: Condition...) throws -> Route {
        try .of(name, when: .all(conditions))
    }

    private func names(_ routes: [Route], _ event: Event) -> [String] {
        RouteIndex(routes).candidates(for: event).map { routes[$0].name }
    }

    @Test("The rarest text that a route asks for decides whether it is a candidate")
    func rarest() throws {
        let routes = [
            try route("any"),
            try route("web", .of("event", .equals("push")), .of("payload.r", .equals("web"))),
            try route("shop", .of("event", .equals("push")), .of("payload.r", .oneOf(["shop", "cart"]))),
            try route("tags", .of("event", .equals("create"))),
            try route("glob", .of("event", .glob("p*"))),
        ]
        #expect(try names(routes, Event(json: #"{"r":"web"}"#)) == ["any", "web", "glob"])
        #expect(try names(routes, Event(json: #"{"r":"cart"}"#)) == ["any", "shop", "glob"])
        #expect(try names(routes, Event(name: "create")) == ["any", "tags", "glob"])
        #expect(try names(routes, Event(source: "other")) == [])
    }

    @Test("A field with several values makes candidates of all of them, each once and in order")
    func several() throws {
        let routes = [
            try route("b", .of("payload.l.*", .oneOf(["y", "x"]))), try route("a", .of("payload.l.*", .equals("x"))),
            try route("z", .of("payload.l.*", .equals("z"))),
        ]
        #expect(try names(routes, Event(json: #"{"l":["x","y"]}"#)) == ["b", "a"])
    }

    @Test("A negated text is no key")
    func negated() throws {
        let routes = [
            try route("not", .of("event", .not([.equals("push")]))),
            try route("none", .none([.of("event", .equals("push"))])),
            try route("any", .any([.of("event", .equals("x")), .of("event", .equals("push"))])),
        ]
        #expect(try names(routes, Event(name: "create")) == ["not", "none", "any"])
    }

    @Test("With many routes the decision is that of trying all of them", arguments: 1...40)
    func equivalence(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let words = ["a", "b", "c", "d"]
        var routes: [Route] = []
        for number in 0...(Router.longestTrace + 50) {
            var conditions: [Condition] = []
            for field in ["event", "payload.x", "payload.l.*"] where Bool.random(using: &random) {
                let text = words.randomElement(using: &random) ?? ""
                let operators: [Operator<String>] = [
                    .equals(text), .oneOf([text, "a"]), .not([.equals(text)]), .prefix(text), .glob("*"),
                ]
                conditions.append(try .of(field, operators.randomElement(using: &random) ?? .exists(true)))
            }
            var one = try Route.of(
                "\(number)", when: .all(conditions), continues: Int.random(in: 0...9, using: &random) > 0)
            if Int.random(in: 0...60, using: &random) == 0 { one.allow = .oneOf([]) }
            routes.append(one)
        }
        let router = Router(routes: routes)
        for name in words {
            let list = words.shuffled(using: &random).prefix(2).map { "\"\($0)\"" }.joined(separator: ",")
            let event = try Event(
                name: name, json: #"{"x":"\#(words.randomElement(using: &random) ?? "")","l":[\#(list)]}"#)
            let (indexed, whole) = (router.decide(event), router.decide(event, tracingAll: true))
            #expect(indexed.outcome == whole.outcome)
            #expect(indexed.runs.map(\.route) == whole.runs.map(\.route))
            #expect(whole.trace.count == routes.count && indexed.trace.count < routes.count)
            #expect(indexed.trace.filter(\.matched) == whole.trace.filter(\.matched))
        }
    }

    @Test("A source with few routes is traced whole")
    func few() throws {
        let routes = try (0..<Router.longestTrace).map { try route("\($0)", .of("event", .equals("x"))) }
        #expect(try Router(routes: routes).decide(Event()).trace.count == Router.longestTrace)
    }
}
