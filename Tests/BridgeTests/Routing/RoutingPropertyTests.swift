import TestSupport
import Testing

@testable import Bridge

/// Random events and rules. A failure shows its seed: the test's argument.
@Suite("Whatever the event and the rules are")
struct RoutingPropertyTests {
    private struct Maker {
        var random: SeededGenerator

        init(_ seed: UInt64) { random = SeededGenerator(seed: seed) }

        private static let words = [
            "main", "dev", "v1", "v1-rc", "", "a/b", "é", "refs/heads/main", "41", "\n", "(", "*",
        ]
        private static let keys = ["a", "b", "c", "0", "x.y"]
        private static let fields = [
            "event", "source", "provider", "header.X-A", "query.q", "payload.a", "payload.*", "payload.a.*",
            "payload.b.0",
            "payload.*.*.a", "payload['x.y']", "command", "text", "args.0", "args.env", "user.id", "branch", "paths",
            "tag",
        ]

        mutating func json(_ depth: Int = 0) -> String {
            switch Int.random(in: 0..<(depth > 3 ? 5 : 8), using: &random) {
            case 0: return "null"
            case 1: return random.chance(50) ? "true" : "false"
            case 2: return String(Int64.random(in: .min ... .max, using: &random))
            case 3, 4: return String(decoding: WireJSON.encode(random.pick(Self.words)), as: UTF8.self)
            case 5, 6:
                let pairs = (0..<Int.random(in: 0...4, using: &random)).map { _ in
                    "\"\(random.pick(Self.keys))\":\(json(depth + 1))"
                }
                return "{\(pairs.joined(separator: ","))}"
            default:
                let elements = (0..<Int.random(in: 0...4, using: &random)).map { _ in json(depth + 1) }
                return "[\(elements.joined(separator: ","))]"
            }
        }

        mutating func event() throws -> Event {
            if random.chance(25) {
                return Event(command: random.pick(Self.words), text: random.pick(Self.words) + " env=x")
            }
            let git = FixedGitFields(fields: random.chance(50) ? [.branch: ["main"], .paths: ["a", "a/b"]] : [:])
            return try Event(
                name: random.pick(Self.words), headers: [("x-a", random.pick(Self.words))],
                query: "q=\(random.pick(["", "main", "%"]))",
                json: json(), git: git)
        }

        mutating func operators(_ depth: Int = 0) -> [Operator<String>] {
            (0..<Int.random(in: 0...2, using: &random)).map { _ in
                let word = random.pick(Self.words)
                return switch Int.random(in: 0..<(depth > 2 ? 7 : 8), using: &random) {
                case 0: .equals(word)
                case 1: .glob(random.pick(["*", "**", "v?", "refs/**", word]))
                case 2: .oneOf([word, random.pick(Self.words)])
                case 3: .prefix(word)
                case 4: .suffix(word)
                case 5: .regex(random.pick([".*", "v[0-9]+", "(?s).+", "main|dev"]))
                case 6: .exists(random.chance(50))
                default: .not(operators(depth + 1))
                }
            }
        }

        mutating func condition(_ depth: Int = 0) throws -> Condition {
            switch Int.random(in: 0..<(depth > 2 ? 3 : 6), using: &random) {
            case 0...2: .field(try FieldPath(random.pick(Self.fields)), try Matcher(operators()))
            case 3: .all(try conditions(depth + 1))
            case 4: .any(try conditions(depth + 1))
            default: .none(try conditions(depth + 1))
            }
        }

        mutating func conditions(_ depth: Int = 0) throws -> [Condition] {
            var list: [Condition] = []
            for _ in 0..<Int.random(in: 0...4, using: &random) { list.append(try condition(depth)) }
            return list
        }
    }

    private func holds(_ condition: Condition, _ event: Event) -> Bool {
        var trace: [ConditionTrace] = []
        return condition.evaluate(event, trace: &trace)
    }

    @Test("'none' is the negation of 'any'", arguments: seeds)
    func negation(_ seed: UInt64) throws {
        var maker = Maker(seed)
        for _ in 0..<5 {
            let (event, conditions) = (try maker.event(), try maker.conditions())
            #expect(holds(.none(conditions), event) == !holds(.any(conditions), event))
            #expect(holds(.all(conditions.map { .none([$0]) }), event) == holds(.none(conditions), event))
        }
    }

    @Test("The order of conditions does not change what they come to", arguments: seeds)
    func order(_ seed: UInt64) throws {
        var maker = Maker(seed)
        for _ in 0..<5 {
            let (event, conditions) = (try maker.event(), try maker.conditions())
            let shuffled = conditions.shuffled(using: &maker.random)
            #expect(holds(.all(conditions), event) == holds(.all(shuffled), event))
            #expect(holds(.any(conditions), event) == holds(.any(shuffled), event))
        }
    }

    @Test("'not' of operators is false wherever they are true, and true elsewhere", arguments: seeds)
    func not(_ seed: UInt64) throws {
        var maker = Maker(seed)
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
        var maker = Maker(seed)
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
        if decision.isDenied { #expect(decision.runs.isEmpty && matched.last?.allowed == false) }
        let names = Set(matched.map(\.route))
        #expect(decision.runs.allSatisfy { names.contains($0.route) })
        #expect((decision.outcome == .ignored) == matched.isEmpty)
    }
}
