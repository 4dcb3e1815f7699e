/// Operators, compiled: all of them must hold for one value.
package struct Matcher: Sendable {
    package let operators: [Operator<String>]
    private let tests: [Test]

    private indirect enum Test: Sendable {
        case value(@Sendable (String) -> Bool)
        case exists(Bool)
        case not([Test])
    }

    /// Why operators can ask nothing of a value.
    package enum Invalid: Error, Equatable {
        /// No regular expression, in RE2's words.
        case pattern(String)
        /// What a value is to be compared with is neither a number nor a time.
        case operand(String)

        package var message: String {
            switch self {
            case .pattern(let reason): "bad regular expression: \(reason)"
            case .operand(let text):
                "'lt' and 'gt' compare with a number, or with a time like 2026-03-29 or 2026-03-29T02:30:00+01:00, "
                    + "not '\(text)'"
            }
        }
    }

    package init(_ operators: [Operator<String>]) throws(Invalid) {
        self.operators = operators
        tests = try Self.compile(operators)
    }

    private static func compile(_ operators: [Operator<String>]) throws(Invalid) -> [Test] {
        try operators.map { (one) throws(Invalid) -> Test in
            switch one {
            case .equals(let text): return .value { $0 == text }
            case .oneOf(let texts):
                let set = Set(texts)
                return .value { set.contains($0) }
            case .prefix(let text): return .value { $0.utf8.starts(with: text.utf8) }
            case .suffix(let text): return .value { $0.utf8.reversed().starts(with: text.utf8.reversed()) }
            case .glob(let text):
                return try matching { () throws(Pattern.Invalid) in try Pattern(glob: text) }
            case .regex(let text):
                return try matching { () throws(Pattern.Invalid) in try Pattern(regex: text) }
            case .lessThan(let text):
                let limit = try measure(text)
                return .value { value in Measure(value).map { $0 < limit } ?? false }
            case .greaterThan(let text):
                let limit = try measure(text)
                return .value { value in Measure(value).map { limit < $0 } ?? false }
            case .exists(let wanted): return .exists(wanted)
            case .not(let operators): return .not(try compile(operators))
            }
        }
    }

    private static func matching(_ make: () throws(Pattern.Invalid) -> Pattern) throws(Invalid) -> Test {
        do {
            let pattern = try make()
            return .value { pattern.matches($0) }
        } catch {
            throw .pattern(error.reason)
        }
    }

    private static func measure(_ text: String) throws(Invalid) -> Measure {
        guard let measure = Measure(text) else { throw .operand(text) }
        return measure
    }

    /// Whether one of the values satisfies every operator, and none what `not` names. A missing path has no values:
    /// then only `exists: false` and `not` hold.
    package func holds(for values: [String]) -> Bool { Self.hold(tests, for: values) }

    private static func hold(_ tests: [Test], for values: [String]) -> Bool {
        var checks: [@Sendable (String) -> Bool] = []
        for test in tests {
            switch test {
            case .value(let check): checks.append(check)
            case .exists(let wanted): if wanted == values.isEmpty { return false }
            case .not(let inner): if hold(inner, for: values) { return false }
            }
        }
        return checks.isEmpty || values.contains { value in checks.allSatisfy { $0(value) } }
    }
}
