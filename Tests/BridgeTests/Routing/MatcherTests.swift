import Testing

@testable import Bridge

private typealias One = Operator<String>

@Suite("Operators")
struct MatcherTests {
    private func holds(_ operators: [Operator<String>], _ values: String...) throws -> Bool {
        try Matcher(operators).holds(for: values)
    }

    @Test(
        "Each asks one thing of a value",
        arguments: [
            (One.equals("main"), "main", true), (.equals("main"), "Main", false), (.equals("1"), "1.0", false),
            (.equals(""), "", true),
            (.oneOf(["a", "b"]), "b", true), (.oneOf(["a", "b"]), "c", false), (.oneOf([]), "a", false),
            (.prefix("v"), "v1", true), (.prefix("v"), "1v", false), (.prefix(""), "x", true),
            (.prefix("main"), "mai", false),
            (.suffix("-rc"), "v1-rc", true), (.suffix("-rc"), "-rc1", false), (.suffix("xrc"), "rc", false),
            (.prefix("refs/"), "refs/\u{301}x", true), (.suffix("e"), "é", false),
            (.suffix("\u{301}"), "e\u{301}", true),
            (.glob("v*"), "v1", true), (.glob("v*"), "v/1", false), (.regex("v[0-9]"), "v1", true),
            (.regex("v[0-9]"), "v12", false),
            (.exists(true), "", true), (.exists(false), "", false), (.not([.equals("a")]), "b", true),
            (.not([.equals("a")]), "a", false),
            (.not([.not([.equals("a")])]), "a", true),
        ])
    func single(_ one: Operator<String>, _ value: String, _ expected: Bool) throws {
        #expect(try holds([one], value) == expected)
    }

    /// DESIGN §7, "missing path".
    @Test(
        "Of a missing path only 'exists: false' and 'not' are true",
        arguments: [
            (One.equals(""), false), (.oneOf([""]), false), (.prefix(""), false), (.suffix(""), false),
            (.glob("**"), false),
            (.regex(".*"), false), (.exists(true), false), (.exists(false), true), (.not([.equals("a")]), true),
            (.not([.exists(true)]), true), (.not([.glob("**")]), true), (.not([.exists(false)]), false),
        ])
    func missing(_ one: Operator<String>, _ expected: Bool) throws {
        #expect(try holds([one]) == expected)
    }

    @Test("All operators of one map must hold")
    func allOfOne() throws {
        let map: [One] = [.prefix("v"), .suffix("-rc"), .not([.equals("v0-rc")])]
        #expect(try holds(map, "v1-rc"))
        #expect(try !holds(map, "v1"))
        #expect(try !holds(map, "1-rc"))
        #expect(try !holds(map, "v0-rc"))
        #expect(try !holds(map + [.exists(false)], "v1-rc"))
    }

    @Test("Of several values one must satisfy all of them together")
    func jointly() throws {
        #expect(try holds([.equals("b")], "a", "b"))
        #expect(try holds([.prefix("v"), .suffix("-rc")], "x", "v1-rc"))
        #expect(try !holds([.prefix("v"), .suffix("-rc")], "v1", "1-rc"))
        #expect(try !holds([.equals("a"), .equals("b")], "a", "b"))
    }

    @Test("'not' holds if none of the values satisfies what it names")
    func notOverSeveral() throws {
        #expect(try holds([.not([.equals("c")])], "a", "b"))
        #expect(try !holds([.not([.equals("b")])], "a", "b"))
        #expect(try !holds([.prefix("a"), .not([.equals("b")])], "a", "b"))
        #expect(try holds([.not([.prefix("v"), .suffix("-rc")])], "v1", "1-rc"))
        #expect(try !holds([.not([.prefix("v"), .suffix("-rc")])], "v1-rc", "x"))
    }

    @Test("No operators at all ask nothing")
    func none() throws {
        #expect(try holds([]) && holds([], "a"))
    }

    @Test("A bad regular expression makes no matcher, however deep it lies")
    func invalid() {
        #expect(throws: Pattern.Invalid.self) { try Matcher([.regex("(")]) }
        #expect(throws: Pattern.Invalid.self) { try Matcher([.equals("a"), .not([.not([.regex("[")])])]) }
    }

    @Test("Operators are named as configuration names them")
    func names() {
        let names: [(One, String, [String])] = [
            (.equals("a"), "equals", ["a"]), (.oneOf(["a", "b"]), "in", ["a", "b"]), (.glob("*"), "glob", ["*"]),
            (.prefix("p"), "prefix", ["p"]), (.suffix("s"), "suffix", ["s"]), (.regex("r"), "regex", ["r"]),
            (.exists(true), "exists", ["true"]), (.not([.equals("a")]), "not equals", ["a"]),
            (.not([.prefix("a"), .suffix("b")]), "not all", ["prefix a, suffix b"]),
        ]
        for (one, name, expected) in names {
            #expect(one.name == name)
            #expect(one.expected == expected, "\(name)")
        }
    }
}

@Suite("Conditions")
struct ConditionTests {
    private func leaf(_ field: String, _ operators: One...) throws -> Condition {
        .field(try FieldPath(field), try Matcher(operators))
    }

    private func holds(_ condition: Condition, _ json: String = #"{"a":"1","b":"2"}"#) throws -> Bool {
        var trace: [ConditionTrace] = []
        return condition.evaluate(try Event(json: json), trace: &trace)
    }

    @Test("'all' is every one, 'any' at least one, 'none' not one")
    func lists() throws {
        let (yes, no) = (try leaf("payload.a", .equals("1")), try leaf("payload.a", .equals("2")))
        let table: [([Condition], all: Bool, any: Bool)] = [
            ([], true, false), ([yes], true, true), ([no], false, false), ([yes, no], false, true),
            ([no, yes], false, true),
            ([yes, yes], true, true), ([no, no], false, false),
        ]
        for (conditions, all, any) in table {
            #expect(try holds(.all(conditions)) == all)
            #expect(try holds(.any(conditions)) == any)
            #expect(try holds(.none(conditions)) == !any)
        }
    }

    @Test("They lie within each other")
    func nested() throws {
        let (yes, no) = (try leaf("payload.a", .equals("1")), try leaf("payload.b", .equals("1")))
        #expect(try holds(.all([yes, .any([no, yes]), .none([no])])))
        #expect(try !holds(.all([yes, .none([.any([no, yes])])])))
        #expect(try holds(.none([.all([yes, no])])))
    }

    @Test("A missing path satisfies 'none', as it does 'not'")
    func missing() throws {
        let condition = try leaf("payload.missing", .equals("1"))
        #expect(try holds(.none([condition])))
        #expect(try !holds(.any([condition])) && !holds(condition))
    }

    @Test("A number is compared by its text, and null is a missing path")
    func scalars() throws {
        let json = #"{"n":41,"t":true,"z":null}"#
        #expect(try holds(try leaf("payload.n", .equals("41")), json))
        #expect(try holds(try leaf("payload.t", .equals("true")), json))
        #expect(try !holds(try leaf("payload.z", .equals("null")), json))
        #expect(try holds(try leaf("payload.z", .exists(false)), json))
    }
}
