/// Operators, compiled: all of them must hold for one value.
package struct Matcher: Sendable {
    package let operators: [Operator<String>]
    private let tests: [Test]

    private indirect enum Test: Sendable {
        case value(@Sendable (String) -> Bool)
        case exists(Bool)
        case not([Test])
    }

    /// - Throws: ``Pattern/Invalid`` for a bad regular expression.
    package init(_ operators: [Operator<String>]) throws(Pattern.Invalid) {
        self.operators = operators
        tests = try Self.compile(operators)
    }

    private static func compile(_ operators: [Operator<String>]) throws(Pattern.Invalid) -> [Test] {
        try operators.map { (one) throws(Pattern.Invalid) -> Test in
            switch one {
            case .equals(let text): return .value { $0 == text }
            case .oneOf(let texts):
                let set = Set(texts)
                return .value { set.contains($0) }
            case .prefix(let text): return .value { $0.utf8.starts(with: text.utf8) }
            case .suffix(let text): return .value { $0.utf8.reversed().starts(with: text.utf8.reversed()) }
            case .glob(let text):
                let pattern = try Pattern(glob: text)
                return .value { pattern.matches($0) }
            case .regex(let text):
                let pattern = try Pattern(regex: text)
                return .value { pattern.matches($0) }
            case .exists(let wanted): return .exists(wanted)
            case .not(let operators): return .not(try compile(operators))
            }
        }
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
