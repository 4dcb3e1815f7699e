import TestSupport

@testable import Bridge

/// Random events and rules, the same for the same seed.
struct RandomRouting {
    var random: SeededGenerator
    /// How many conditions each list has at least.
    var fewest = 0

    init(_ seed: UInt64) { random = SeededGenerator(seed: seed) }

    private static let words = [
        "main", "dev", "v1", "v1-rc", "", "a/b", "é", "refs/heads/main", "41", "\n", "(", "*", "-1e2",
        "2026-03-29", "2026-03-29T02:30:00+01:00", "2026-02-30",
    ]
    private static let measures = ["0", "41", "-1.5e3", "1e18", "2026-03-29", "2026-03-29T00:00:00.5Z"]
    private static let keys = ["a", "b", "c", "0", "x.y"]
    private static let fields = [
        "event", "source", "provider", "header.X-A", "query.q", "payload.a", "payload.*", "payload.a.*",
        "payload.b.0", "payload.*.99999999999999999999", "args.99999999999999999999",
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
            return switch Int.random(in: 0..<(depth > 2 ? 9 : 10), using: &random) {
            case 0: .equals(word)
            case 1: .glob(random.pick(["*", "**", "v?", "refs/**", word]))
            case 2: .oneOf([word, random.pick(Self.words)])
            case 3: .prefix(word)
            case 4: .suffix(word)
            case 5: .regex(random.pick([".*", "v[0-9]+", "(?s).+", "main|dev"]))
            case 6: .exists(random.chance(50))
            case 7: .lessThan(random.pick(Self.measures))
            case 8: .greaterThan(random.pick(Self.measures))
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
        for _ in 0..<Int.random(in: fewest...4, using: &random) { list.append(try condition(depth)) }
        return list
    }

    /// A value that may be a segment of a URL, or try to be more or less than one.
    mutating func segment() -> String {
        let pieces = [
            "web", ".", "..", "/", "\\", "%2F", "%2e", "\u{301}", "\u{200D}", "é", "\n", "?", "#", " ", "{{ event }}",
        ]
        return (0..<Int.random(in: 0...3, using: &random)).map { _ in
            random.chance(50) ? "x" : random.pick(pieces)
        }.joined()
    }

    mutating func template() -> String {
        let pieces = ["{{ payload.a }}", "{{ payload.b | upper }}", "{{ payload.c | default: . }}", "x", "."]
        return (0..<Int.random(in: 1...3, using: &random)).map { _ in random.pick(pieces) }.joined()
    }
}
