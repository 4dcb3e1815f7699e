import Testing

@testable import Bridge

@Suite("Globs")
struct GlobTests {
    @Test(
        "A star stays within a part between slashes, two stars do not, a question mark is one character",
        arguments: [
            ("main", "main", true), ("main", "Main", false), ("main", "mai", false), ("main", "xmain", false),
            ("main", "mainx", false), ("", "", true), ("", "a", false), ("*", "", true), ("*", "main", true),
            ("*", "a/b", false),
            ("*", "a\nb", true), ("release/*", "release/1", true), ("release/*", "release/", true),
            ("release/*", "release/1/2", false), ("release/*", "release", false), ("release/**", "release/1/2", true),
            ("**", "", true), ("**", "a/b\nc", true), ("***", "a/b", true), ("**/x.swift", "a/b/x.swift", true),
            ("src/**/x", "src/a/b/x", true), ("a*c", "abbc", true), ("a*c", "ab/c", false), ("*.*", "a.b", true),
            ("?", "a", true), ("?", "", false), ("?", "ab", false), ("?", "é", true), ("?", "日", true),
            ("v?.?", "v1.2", true),
            ("v?.?", "v10.2", false), ("??", "ab", true),
        ])
    func matches(_ glob: String, _ text: String, _ expected: Bool) throws {
        #expect(try Pattern(glob: glob).matches(text) == expected)
    }

    @Test(
        "Every other character stands for itself",
        arguments: [
            "a.c", "a+", "(x)|[y]", "\\d", "^a$", "a{1,2}", "a b", "a_b-c", "#~!@%&=:;\"'<>,`", "a\nb", "a\r\nb", "\t",
            "a\u{0}b",
            "é", "e\u{301}", "😀", "日本",
        ])
    func literal(_ text: String) throws {
        #expect(try Pattern(glob: text).matches(text))
        #expect(try !Pattern(glob: text).matches(text + "x"))
        #expect(try !Pattern(glob: text).matches("x" + text))
    }

    @Test(
        "A character that means something in a regular expression means nothing here",
        arguments: [
            ("a.c", "abc"), ("a+", "aa"), ("a|b", "a"), ("[ab]", "a"), ("\\w", "w"), ("^a", "a"), ("a$", "a"),
            ("(a)", "a"), ("a{2}", "aa"),
        ])
    func noRegex(_ glob: String, _ text: String) throws {
        #expect(try !Pattern(glob: glob).matches(text))
    }

    /// Swift takes a character and a combining mark after it for one; RE2 does not.
    @Test(
        "Nor does it with a combining mark after it",
        arguments: [
            (".\u{301}", ".\u{301}", true), (".\u{301}", "b\u{301}", false), ("(\u{301}", "(\u{301}", true),
            ("a|\u{301}", "a", false), ("*\u{301}", "e\u{301}", true),
        ])
    func combining(_ glob: String, _ text: String, _ expected: Bool) throws {
        #expect(try Pattern(glob: glob).matches(text) == expected)
    }

    @Test("A long text is matched whole: the limit is for regular expressions")
    func long() throws {
        #expect(try Pattern(glob: "a*").matches(String(repeating: "a", count: 100_000)))
    }
}

@Suite("Regular expressions")
struct RegexTests {
    @Test(
        "The whole text must match",
        arguments: [
            ("main", "main", true), ("main", "xmain", false), ("main", "main\n", false), ("a|ab", "ab", true),
            ("release/.*", "release/1/2", true), (".", "\n", false), ("(?s).", "\n", true), ("(?i)MAIN", "main", true),
            ("", "", true),
            ("", "a", false), ("v[0-9]+", "v12", true), ("[0-9]+", "١", false), ("\\d+", "12", true),
            ("^main$", "main", true),
            (".", "é", true), ("\\p{Greek}+", "λογος", true), ("a{2,3}", "aaaa", false),
        ])
    func matches(_ regex: String, _ text: String, _ expected: Bool) throws {
        #expect(try Pattern(regex: regex).matches(text) == expected)
    }

    @Test(
        "What RE2 does not know is an error in its words",
        arguments: ["(", ")", "[", "*a", "a{1001}", "(?=x)", "(?<!x)", "(a)\\1", "\\", "(?P<a", "[b-a]", "\\Q\\E\\2"])
    func invalid(_ regex: String) {
        let error = #expect(throws: Pattern.Invalid.self) { try Pattern(regex: regex) }
        #expect(error?.reason.isEmpty == false)
    }

    /// An engine that backtracks would not come back from this one.
    @Test("No pattern takes more than linear time")
    func linear() throws {
        let letters = String(repeating: "a", count: 60_000)
        let nested = try Pattern(regex: "(a+)+$")
        #expect(nested.matches(letters))
        #expect(!nested.matches(letters + "!"))
        #expect(try !Pattern(regex: "(a|aa)+(a*)*b").matches(letters))
        #expect(try !Pattern(regex: "(.*)(.*)(.*)(.*)(.*)[^a]x").matches(letters))
    }

    @Test("64 KiB are matched; a byte more does not match")
    func limit() throws {
        let pattern = try Pattern(regex: "(?s).*")
        #expect(pattern.matches(String(repeating: "a", count: 65_536)))
        #expect(!pattern.matches(String(repeating: "a", count: 65_537)))
        #expect(!pattern.matches(String(repeating: "é", count: 32_769)))
        #expect(pattern.matches(String(repeating: "é", count: 32_768)))
    }
}
