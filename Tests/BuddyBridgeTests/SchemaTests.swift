import Bridge
import Foundation
import Signatures
import TestSupport
import Testing
import Yams

@testable import BuddyBridge

@Suite("The JSON Schema of the configuration")
struct SchemaTests {
    private let schema: SchemaValidator

    init() throws { schema = try SchemaValidator.ofPackage.get() }

    @Test("It uses no keyword that is not looked at here")
    func keywords() {
        func check(_ part: JSONValue) {
            for (key, value) in part.members ?? [:] {
                #expect(SchemaValidator.keywords.contains(key))
                switch key {
                case "properties", "definitions": value.members?.values.forEach(check)
                case "allOf", "anyOf", "oneOf": value.list.forEach(check)
                case "items", "additionalProperties", "propertyNames", "if", "then", "else": check(value)
                default: continue
                }
            }
        }
        check(schema.root)
    }

    @Test("The maps with fixed keys have those of the loader, each with a description", arguments: ConfigKeys.maps.keys)
    func keys(_ name: String) {
        let object = name == "file" ? schema.root : schema.part("definitions/\(name)")
        #expect(object.additionalProperties == false)
        #expect(Set(object.properties.members?.keys ?? [:].keys) == Set(ConfigKeys.maps[name] ?? []))
        for (key, value) in object.properties.members ?? [:] {
            let target = String(value["$ref"].string?.dropFirst(2) ?? "")
            #expect((value.description.string ?? schema.part(target).description.string)?.isEmpty == false, "\(key)")
        }
    }

    @Test("All maps with fixed keys are looked at")
    func allKeys() {
        let fixed =
            schema.part("definitions").members?.filter { $0.value.additionalProperties == false }.map(\.key) ?? []
        #expect(Set(fixed + ["file"]) == Set(ConfigKeys.maps.keys))
    }

    static let enumerations: [(String, [String])] = [
        ("source/properties/provider", ProviderCatalog.entries.map(\.name)),
        ("source/properties/dedupe", DedupePolicy.allCases.map(\.rawValue)),
        ("source/properties/reply", ReplyWishes.Audience.allCases.map(\.rawValue)),
        ("signature/properties/algorithm", HashAlgorithm.allCases.map(\.rawValue)),
        ("signature/properties/key", KeyEncoding.allCases.map(\.rawValue)),
        ("signature/properties/encoding", TagHeader.Encoding.allCases.map(\.rawValue)),
        ("timestamp/properties/unit", ProviderSettings.Timestamp.Unit.allCases.map(\.rawValue)),
        ("expect/properties/outcome", RuleExpectation.Outcome.allCases.map(\.rawValue)),
        ("route/properties/overrun", StormControl.Overrun.allCases.map(\.rawValue)),
        ("selector/properties/scheduled", Selector.Pick.allCases.map(\.rawValue)),
        ("log/properties/format", Configuration.Log.Format.allCases.map(\.rawValue)),
        ("log/properties/level", ConfigLoader.logLevels),
    ]

    @Test("What is one of a few words is that in the code", arguments: enumerations)
    func words(_ path: String, _ words: [String]) {
        #expect(schema.part("definitions/\(path)/enum").list.compactMap(\.string).sorted() == words.sorted())
    }

    @Test("A source has the keys of its provider and no others", arguments: ProviderCatalog.entries.map(\.name))
    func sources(_ provider: String) throws {
        let values: [String: String] = [
            "secrets": "env:A", "public_keys": "abc", "keys": "file:x", "audience": "a", "username": "u", "header": "X",
            "signature": "{header: X}", "timestamp": "{header: X}", "id": "{header: X}", "event": "{header: X}",
            "catch_up": "{hook: app, app: {id: 1, private_key: env:A}}",
        ]
        let own = try #require(ProviderCatalog.entry(provider)).keys
        let written = provider == "azure-devops" ? own.filter { $0 != "header" } : own
        func accepts(_ keys: [String]) throws -> Bool {
            let lines = keys.map { "\($0): \(values[$0] ?? "")" }
            let node = try #require(try Yams.compose(yaml: "provider: \(provider)\n" + lines.joined(separator: "\n")))
            return schema.isValid(SchemaValidator.value(node), schema.part("definitions/source"))
        }
        #expect(try accepts(written))
        for key in values.keys where !own.contains(key) { #expect(try !accepts(written + [key]), "\(key)") }
        #expect(Set(ProviderCatalog.entries.flatMap(\.keys)) == Set(values.keys))
    }

    @Test("A condition is on a field that there is")
    func fields() {
        let pattern = schema.part("definitions/when/propertyNames")
        let fields =
            GitField.allCases.map(\.rawValue) + [
                "event", "source", "provider", "command", "text", "user.id", "user.name", "channel.id", "channel.name",
                "team.id", "header.X-A", "query.q", "args.0", "args.env", "payload.a.*.b", "payload['a.b']",
            ]
        for field in fields {
            #expect(schema.isValid(.text(field), pattern), "\(field)")
            #expect(throws: Never.self) { try FieldPath(field) }
        }
        for field in ["evnt", "repository", "header.", "args.", "payload", "payloads.a", "team.name", "x.branch"] {
            #expect(!schema.isValid(.text(field), pattern), "\(field)")
            #expect(throws: FieldPath.Unknown.self) { try FieldPath(field) }
        }
    }

    @Test("The examples are valid")
    func examples() throws {
        let example = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../deploy/bridge.example.yaml")
        let text = try String(contentsOf: example, encoding: .utf8)
        #expect(text.hasPrefix("# yaml-language-server: $schema=bridge.schema.json\n"))
        #expect(try schema.accepts(text))
        #expect(try schema.accepts(DesignExample.yaml + DesignExample.defaults))
        #expect(try schema.accepts(Variant("", 0, "").yaml))
        #expect(try schema.accepts(IncludeTests.main))
        for text in [IncludeTests.web, IncludeTests.shop] {
            let node = try #require(try Yams.compose(yaml: text))
            #expect(schema.isValid(SchemaValidator.value(node), schema.part("definitions/included")))
        }
    }

    /// Lines of ``Variant/base``, each with what is wrong instead.
    static let broken: [(Int, String)] = [
        (1, "buddy: {}"), (1, "buddy: x"), (1, "buddy: {tokn: env:A, token: env:BUDDY_TOKEN}"),
        (1, "buddy: {token: plain}"), (1, "buddy: {token: env:BUDDY_TOKEN, timeout: soon}"),
        (1, "buddy: {token: env:BUDDY_TOKEN, url: 'ftp://host'}"),
        (1, "buddy: {token: env:BUDDY_TOKEN, workspaces: {acme: {timeout: 3s}}}"), (2, "mources:"),
        (3, "  github: {provider: githbu, secrets: [env:GITHUB_SECRET]}"), (3, "  github: {provider: github}"),
        (3, "  github: {provider: github, secrets: []}"), (3, "  github: {secrets: [env:GITHUB_SECRET]}"),
        (3, "  git/hub: {provider: github, secrets: [env:GITHUB_SECRET]}"),
        (3, "  github: {provider: github, secrets: env:GITHUB_SECRET, dedupe: never}"),
        (3, "  github: {provider: github, secrets: env:GITHUB_SECRET, max_body: much}"),
        (3, "  github: {provider: github, secrets: env:GITHUB_SECRET, failure_status: 500}"),
        (3, "  github: {provider: github, secrets: env:GITHUB_SECRET, catch_up: {token: env:A}}"),
        (3, "  github: {provider: github, secrets: env:GITHUB_SECRET, catch_up: []}"),
        (3, "  github: {provider: hmac, secrets: env:HMAC_SECRET, dedupe: body, signature: {prefix: x}}"),
        (3, "  github: {provider: azure-devops, secrets: env:HMAC_SECRET, username: a, header: b}"),
        (5, "groups: [a]"), (5, "groups: {admins: {a: b}}"), (6, "maps: {a: b}"), (6, "maps: {a: {b: [c]}}"),
        (6, "maps: {a: {b: ~}}"), (6, "mapps: {}"), (6, "include: more.yaml"), (6, "include: ['*.yaml']"),
        (6, "listen: {port: 70000}"), (6, "journal: mysql://host"), (6, "log: {level: loud}"),
        (6, "dispatch: {retry: {frist: 1s}}"), (6, "retention: {deliveries: 0}"), (7, "routes: {}\nmore:"),
        (8, "  - usage: x"), (9, ""), (9, "    souce: x\n    source: github"), (10, "    continue: maybe"),
        (10, "    when: {evnt: push}"), (10, "    when: {event: {regexp: x}}"), (10, "    when: {event: {}}"),
        (10, "    when: {any: []}"), (10, "    when: {any: {event: x}}"), (10, "    when: [event]"),
        (10, "    overrun: never"), (10, "    overrun: skip\n    throttle: {runs: 1}"), (11, ""),
        (11, "    run: acme/web"), (11, "    run: {domain: acme, project: web}"),
        (11, "    run: {domain: acme, project: web, pipeline: 41, exection: 4}"),
        (11, "    run: {domain: acme, project: web, pipeline: 41, execution: {within: 1h}}"),
        (11, "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: first}}"),
        (10, "    when: {branch: {lt: {}}}"), (10, "    deny: {}"), (10, "    deny: []"), (10, "    deny: anyone"),
        (10, "    windows: {days: mon}"), (10, "    windows: {time_zone: UTC}"), (10, "    windows: []"),
        (10, "    windows: {day: mon, time_zone: UTC}"), (6, "tests: {}"), (6, "tests: [{name: a}]"),
        (6, "tests: [{name: a, given: {source: github}, expect: {}}]"),
        (6, "tests: [{name: a, given: {source: github}, expect: {outcome: done}}]"),
        (6, "tests: [{name: a, given: {event: push}, expect: {outcome: matched}}]"),
        (6, "tests: [{name: a, given: {source: github, paylod: x}, expect: {outcome: matched}}]"),
        (6, "tests: [{name: a, given: {source: github}, expect: {run: {projct: web}}}]"),
        (14, "    allow: everyone"), (14, "    allow: {}"), (14, "    allow: {user: [U1]}"),
        (14, "    allow: {users: [~]}"),
    ]

    @Test("What is built wrongly is refused by both", arguments: broken)
    func refused(_ line: Int, _ text: String) throws {
        let yaml = Variant("", line, text).yaml
        #expect(try !schema.accepts(yaml))
        #expect(try Loaded(yaml).configuration == nil)
    }

    @Test("So is every sender", arguments: TestSender.all)
    func senders(_ sender: TestSender) throws {
        var variant = Variant("", 3, sender.yaml)
        variant.lines[4] = ""
        #expect(try schema.accepts(variant.yaml))
    }
}
