import TestSupport
import Testing

@testable import Bridge

@Suite("Whether a condition implies another one")
struct ConditionImplicationTests {
    private static func field(_ path: String, _ operators: Operator<String>...) -> Condition {
        guard let path = try? FieldPath(path), let matcher = try? Matcher(operators) else { return .any([]) }
        return .field(path, matcher)
    }

    private static let push = field("event", .equals("push"))
    private static let main = field("branch", .equals("main"))

    static let implied: [(Condition, Condition)] = [
        (push, .all([])), (.all([]), .all([])), (.all([push, main]), push), (.all([main, push]), .all([push, main])),
        (.all([push, .all([main])]), .all([main])), (push, .all([.all([push])])),
        (push, field("event", .oneOf(["pull_request", "push"]))), (main, field("branch", .glob("ma*"))),
        (main, field("branch", .prefix("m"), .suffix("n"))), (main, field("branch", .exists(true))),
        (field("branch", .oneOf(["v1", "v2"])), field("branch", .regex("v[0-9]"))),
        (field("branch", .oneOf([])), field("branch", .equals("x"))),
        (field("branch", .equals("main"), .not([.equals("x")])), field("branch", .prefix("m"))),
        (field("branch", .prefix("v"), .suffix("x")), field("branch", .suffix("x"), .prefix("v"))),
        (field("branch", .not([.equals("x")])), field("branch", .not([.equals("x")]))),
        (field("payload.a", .equals("x")), field("payload['a']", .equals("x"))),
        (.all([.any([push, main]), push]), .any([push, main])), (.none([push]), .none([push])),
    ]

    @Test("It is seen", arguments: implied.indices)
    func implies(_ index: Int) { #expect(Self.implied[index].0.implies(Self.implied[index].1)) }

    static let notImplied: [(Condition, Condition)] = [
        (.all([]), push), (push, main), (push, .all([push, main])), (field("event", .oneOf(["push", "x"])), push),
        (main, field("branch", .not([.equals("x")]))), (main, field("branch", .prefix("m"), .not([.equals("x")]))),
        (main, field("branch", .exists(false))), (main, field("branch", .glob("m"))),
        (field("branch", .not([.equals("main")])), field("branch", .exists(true))),
        (field("header.a", .equals("x")), field("header.b", .equals("x"))),
        (.any([push, main]), .any([main, push])), (.none([push]), .none([push, main])), (.any([push]), .none([push])),
        (field("branch", .prefix("main")), field("branch", .prefix("m"))),
    ]

    @Test("It is not, or cannot be seen", arguments: notImplied.indices)
    func doesNotImply(_ index: Int) { #expect(!Self.notImplied[index].0.implies(Self.notImplied[index].1)) }

    /// Few fields, words and operators, so that implications are frequent.
    private struct Maker {
        var random: SeededGenerator

        private static let words = ["a", "ab", "b", "", "a/b"]

        mutating func operators() -> [Operator<String>] {
            (0..<Int.random(in: 0...2, using: &random)).map { _ in
                let word = random.pick(Self.words)
                return switch Int.random(in: 0..<9, using: &random) {
                case 0, 1: .equals(word)
                case 2: .oneOf([word, random.pick(Self.words)])
                case 3: .prefix(word)
                case 4: .suffix(word)
                case 5: .glob(random.pick(["*", "a*", "**"]))
                case 6: .regex(random.pick(["a.*", ".+", "a|b"]))
                case 7: .exists(random.chance(50))
                default: .not(operators())
                }
            }
        }

        mutating func paths() throws -> Condition { .field(try FieldPath("paths"), try Matcher(operators())) }

        mutating func condition(_ depth: Int = 0) throws -> Condition {
            let inner = { (maker: inout Maker) throws -> [Condition] in
                try (0..<Int.random(in: 0...2, using: &maker.random)).map { _ in try maker.condition(depth + 1) }
            }
            switch Int.random(in: 0..<(depth > 1 ? 5 : 9), using: &random) {
            case 0...4:
                return .field(try FieldPath(random.pick(["branch", "paths", "event"])), try Matcher(operators()))
            case 5, 6: return .all(try inner(&self))
            case 7: return .any(try inner(&self))
            default: return .none(try inner(&self))
            }
        }

        mutating func event() throws -> Event {
            var fields: [GitField: [String]] = [:]
            if random.chance(80) { fields[.branch] = [random.pick(Self.words)] }
            fields[.paths] = (0..<Int.random(in: 0...3, using: &random)).map { _ in random.pick(Self.words) }
            return try Event(name: random.pick(Self.words), json: "{}", git: FixedGitFields(fields: fields))
        }
    }

    @Test("No event satisfies the one and not the other where it is seen", arguments: seeds)
    func property(_ seed: UInt64) throws {
        var maker = Maker(random: SeededGenerator(seed: seed))
        var seen = 0
        for _ in 0..<60 {
            // Half of them on one field, of several values.
            let isPair = maker.random.chance(50)
            let one = isPair ? try maker.paths() : try maker.condition()
            let other = isPair ? try maker.paths() : try maker.condition()
            guard one.implies(other) else { continue }
            seen += 1
            for _ in 0..<10 {
                let event = try maker.event()
                var trace: [ConditionTrace] = []
                if one.evaluate(event, trace: &trace).holds {
                    #expect(other.evaluate(event, trace: &trace).holds, "\(one) \(other)")
                }
            }
        }
        #expect(seen > 0)
    }
}
