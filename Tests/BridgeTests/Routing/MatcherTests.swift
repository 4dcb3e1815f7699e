import Testing

@testable import Bridge

private typealias One = Operator<String>

@Suite("Operators")
struct MatcherTests {
    @Test("No operators at all ask nothing")
    func none() throws {
        let matcher = try Matcher([])
        #expect(matcher.holds(for: []) && matcher.holds(for: ["a"]))
    }

    @Test("A bad regular expression makes no matcher, however deep it lies")
    func invalid() {
        #expect(throws: Matcher.Invalid.pattern("missing ): (")) { try Matcher([.regex("(")]) }
        #expect(throws: Matcher.Invalid.pattern("missing ]: [")) {
            try Matcher([.equals("a"), .not([.not([.regex("[")])])])
        }
    }

    @Test("Operators are named as configuration names them")
    func names() {
        let names: [(One, String, [String])] = [
            (.equals("a"), "equals", ["a"]), (.oneOf(["a", "b"]), "in", ["a", "b"]), (.glob("*"), "glob", ["*"]),
            (.prefix("p"), "prefix", ["p"]), (.suffix("s"), "suffix", ["s"]), (.regex("r"), "regex", ["r"]),
            (.lessThan("1"), "lt", ["1"]), (.greaterThan("1"), "gt", ["1"]), (.exists(true), "exists", ["true"]),
            (.not([.equals("a")]), "not equals", ["a"]),
            (.not([.prefix("a"), .suffix("b")]), "not all", ["prefix a, suffix b"]),
        ]
        for (one, name, expected) in names {
            #expect(one.name == name)
            #expect(one.expected == expected, "\(name)")
        }
    }
}
