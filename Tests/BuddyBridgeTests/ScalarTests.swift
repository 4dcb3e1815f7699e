import Bridge
import Testing

@testable import BuddyBridge

@Suite("Scalars of the file are text as written")
struct ScalarTests {
    private static let written = [
        "010", "on", "off", "yes", "1.0", "1e3", "0x1F", "true", "2026-11-23", "1_000", ".5", "12:30:45", "NULL!", "<<",
        "=",
    ]

    @Test("A condition compares the text", arguments: written)
    func condition(_ text: String) throws {
        let configuration = try load(when: "{branch: \(text)}")
        #expect(try operators(configuration) == [.equals(text)])
    }

    @Test("A list compares the texts")
    func list() throws {
        let configuration = try load(when: "{branch: {in: [\(Self.written.joined(separator: ", "))]}}")
        #expect(try operators(configuration) == [.oneOf(Self.written)])
    }

    @Test("A quoted null is a text")
    func quotedNull() throws {
        #expect(try operators(try load(when: "{branch: \"null\"}")) == [.equals("null")])
        #expect(try operators(try load(when: "{branch: '~'}")) == [.equals("~")])
        #expect(try operators(try load(when: "{branch: ''}")) == [.equals("")])
    }

    @Test("So are the keys and the values of maps, members of groups, and targets")
    func elsewhere() throws {
        var variant = Variant("", 6, "maps: {pipelines: {010: 0041, on: off}}")
        variant.lines[5] = "groups: {admins: [0123, yes]}"
        variant.lines[10] = "    when: {branch: {in: pipelines}}"
        variant.lines[11] = "    run: {domain: 007, project: 1.0, pipeline: \"{{ branch | map: pipelines }}\"}"
        variant.lines[14] = "    allow: {groups: admins, users: 1e3, channels: [on], teams: 0x1F}"
        let loaded = try Loaded(variant.yaml)
        #expect(loaded.messages == [])
        let routes = try #require(loaded.configuration?.routes)
        #expect(try operators(try #require(loaded.configuration)) == [.oneOf(["010", "on"])])
        #expect(routes.first?.run.first?.domain?.literal == "007")
        #expect(routes.first?.run.first?.project?.literal == "1.0")
        guard case .oneOf(let alternatives) = routes.last?.allow else {
            Issue.record("the last route has a permission")
            return
        }
        #expect(alternatives.map(\.users) == [["1e3"]])
        #expect(alternatives.map(\.groups) == [[.init(name: "admins", members: ["0123", "yes"])]])
        #expect(alternatives.map(\.channels) == [["on"]])
        #expect(alternatives.map(\.teams) == [["0x1F"]])
    }

    @Test("Flags are the words true and false alone", arguments: ["yes", "on", "True", "TRUE", "1", "y"])
    func flags(_ text: String) throws {
        try Variant(text, 10, "    dry_run: \(text)", "10:14: error: 'dry_run' is true or false, not '\(text)'").check()
    }

    @Test("Every operator is read")
    func everyOperator() throws {
        let configuration = try load(
            when:
                "{branch: {equals: a, glob: b/*, in: [c], prefix: d, suffix: e, regex: f+, exists: true, not: "
                + "{glob: g, exists: false}}}"
        )
        #expect(
            try operators(configuration) == [
                .equals("a"), .glob("b/*"), .oneOf(["c"]), .prefix("d"), .suffix("e"), .regex("f+"), .exists(true),
                .not([.glob("g"), .exists(false)]),
            ])
    }

    @Test("'not' takes a text too, and conditions compose")
    func composed() throws {
        let configuration = try load(
            when: "{all: [{event: push}], any: [{branch: {not: main}}, {tag: v1}], none: [{author.name: bot}]}")
        guard case .all(let parts) = configuration.routes.first?.when, parts.count == 3,
            case .all(let all) = parts[0], case .any(let any) = parts[1], case .none(let none) = parts[2]
        else {
            Issue.record("three lists, in the order of the file")
            return
        }
        #expect([all.count, any.count, none.count] == [1, 2, 1])
        guard case .all(let first) = any[0], case .field(let field, let matcher) = first[0] else {
            Issue.record("a condition on a field")
            return
        }
        #expect(field.description == "branch")
        #expect(matcher.operators == [.not([.equals("main")])])
    }

    private func load(when: String) throws -> Configuration {
        try #require(try Loaded(Variant("", 10, "    when: \(when)").yaml).configuration)
    }

    /// Of the first route's first condition.
    private func operators(_ configuration: Configuration) throws -> [Operator<String>] {
        guard case .all(let conditions) = configuration.routes.first?.when, conditions.count == 1,
            case .field(_, let matcher) = conditions[0]
        else { return [] }
        return matcher.operators
    }
}
