import TestSupport
import Testing

@testable import Bridge

/// Random events and rules. A failure shows its seed: the test's argument.
@Suite("Whatever the event and the rules are")
struct RoutingPropertyTests {
    private func holds(_ condition: Condition, _ event: Event) -> Bool {
        var trace: [ConditionTrace] = []
        return condition.evaluate(event, trace: &trace).holds
    }

    @Test("'none' is the negation of 'any'", arguments: seeds)
    func negation(_ seed: UInt64) throws {
        var maker = RandomRouting(seed)
        for _ in 0..<5 {
            let (event, conditions) = (try maker.event(), try maker.conditions())
            #expect(holds(.none(conditions), event) == !holds(.any(conditions), event))
            #expect(holds(.all(conditions.map { .none([$0]) }), event) == holds(.none(conditions), event))
        }
    }

    @Test("The order of conditions does not change what they come to", arguments: seeds)
    func order(_ seed: UInt64) throws {
        var maker = RandomRouting(seed)
        for _ in 0..<5 {
            let (event, conditions) = (try maker.event(), try maker.conditions())
            let shuffled = conditions.shuffled(using: &maker.random)
            #expect(holds(.all(conditions), event) == holds(.all(shuffled), event))
            #expect(holds(.any(conditions), event) == holds(.any(shuffled), event))
        }
    }

    @Test("'not' of operators is false wherever they are true, and true elsewhere", arguments: seeds)
    func not(_ seed: UInt64) throws {
        var maker = RandomRouting(seed)
        for _ in 0..<10 {
            let (event, operators) = (try maker.event(), maker.operators())
            for field in ["payload.*", "payload.a", "branch", "paths", "args.0"] {
                let values = event.values(at: try FieldPath(field))
                #expect(try Matcher([.not(operators)]).holds(for: values) == !Matcher(operators).holds(for: values))
            }
        }
    }

    @Test("A decision is the same each time, and its trace tells how it came about", arguments: seeds)
    func decisions(_ seed: UInt64) throws {
        var maker = RandomRouting(seed)
        var routes: [Route] = []
        for number in 0..<6 {
            let templates = ["a", "{{ payload.a }}", "{{ branch }}", "{{ payload.* | default: x }}"]
            routes.append(
                try .of(
                    "\(number)", when: maker.condition(),
                    allow: maker.random.chance(80) ? .anyone : .oneOf([.init(users: ["U1"])]),
                    run: [.of("acme", maker.random.pick(templates))], continues: maker.random.chance(50),
                    isDryRun: maker.random.chance(20)))
        }
        let event = try maker.event()
        let decision = Router(routes: routes).decide(event)
        #expect(Router(routes: routes).decide(event).trace == decision.trace)
        #expect(decision.trace.map(\.route) == routes.map(\.name))
        let matched = decision.trace.filter(\.matched)
        #expect(decision.isDenied == matched.contains { $0.allowed == false })
        #expect(matched.allSatisfy { $0.tried && $0.allowed != nil })
        #expect(decision.trace.allSatisfy { $0.matched || ($0.allowed == nil && $0.target == nil) })
        #expect(decision.trace.allSatisfy { ($0.denial != nil) == ($0.allowed == false) })
        if decision.isDenied { #expect(decision.runs.isEmpty && matched.last?.allowed == false) }
        let names = Set(matched.map(\.route))
        #expect(decision.runs.allSatisfy { names.contains($0.route) })
        #expect((decision.outcome == .ignored) == matched.isEmpty)
    }

    @Test("What decided is there exactly where a route does not match, and is a comparison", arguments: seeds)
    func firstFailed(_ seed: UInt64) throws {
        var maker = RandomRouting(seed)
        // What an empty list comes to is decided by no comparison; configuration has none.
        maker.fewest = 1
        for _ in 0..<5 {
            let routes = [try Route.of("a", when: maker.condition(), continues: true)]
            let trace = try #require(Router(routes: routes).decide(maker.event()).trace.first)
            #expect((trace.firstFailed == nil) == trace.matched)
            #expect(trace.firstFailed.map(trace.conditions.indices.contains) ?? true)
        }
    }

    @Test("A target has as many segments as its templates, or is refused", arguments: seeds)
    func segments(_ seed: UInt64) throws {
        var maker = RandomRouting(seed)
        for _ in 0..<10 {
            var event = Event(command: "/x", text: "")
            event.payload = .form(Form([("a", maker.segment()), ("b", maker.segment())]))
            let target = try? TargetTemplate.of(maker.template(), maker.template(), maker.template()).render(event)
            guard let target else { continue }
            let path = "\(target.domain)/\(target.project)/\(target.pipeline)".unicodeScalars
            let parts = path.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }.map(String.init)
            #expect(parts.count == 3 && !parts.contains { ["", ".", ".."].contains($0) }, "\(parts)")
        }
    }
}
