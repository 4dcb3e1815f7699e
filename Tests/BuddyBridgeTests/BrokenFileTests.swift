import Foundation
import Testing

@testable import BuddyBridge

@Suite("A configuration file that is no configuration")
struct BrokenFileTests {
    @Test(
        "The file itself",
        arguments: [
            Variant(
                "An unknown section", 6, "mapps: {}",
                "6:1: error: unknown key 'mapps' in the file; did you mean 'maps'?"),
            Variant(
                "An unknown section that is near to nothing", 6, "trigger-rule: {}",
                "6:1: error: unknown key 'trigger-rule' in the file"),
            Variant(
                "A section twice", 6, "sources: {}", "2:1: error: 'sources' is there more than once in the same map"),
            Variant(
                "A key twice within a map", 3,
                "  github: {provider: github, provider: slack, secrets: [env:GITHUB_SECRET]}",
                "3:12: error: 'provider' is there more than once in the same map"),
            Variant(
                "A key twice, once quoted", 6, "maps: {a: {x: 1, \"x\": 2}}",
                "6:12: error: 'x' is there more than once in the same map"),
            Variant("A section without a value", 6, "maps:", "6:6: error: 'maps' is a map, not a missing value"),
            Variant(
                "A section that says null", 6, "maps: null", "6:7: error: 'maps' is a map, not a missing value"),
            Variant("A list for a map", 6, "maps: [a]", "6:7: error: 'maps' is a map, not a list"),
            Variant("A text for a map", 6, "maps: {a: b}", "6:11: error: the map 'a' is a map, not a text"),
            Variant(
                "A list for a text", 6, "maps: {a: {b: [c]}}",
                "6:15: error: an entry of the map 'a' is a text, not a list"),
            Variant(
                "A map for a text", 6, "maps: {a: {b: {c: d}}}",
                "6:15: error: an entry of the map 'a' is a text, not a map"),
            Variant("A null in a map", 6, "maps: {a: {b: ~}}", "6:15: error: an entry of the map 'a' has no value"),
            Variant(
                "A null in a group", 5, "groups: {admins: [U1, null]}",
                "5:23: error: a member of the group 'admins' has no value"),
            Variant(
                "An anchor with its alias", 6, "maps: {a: &one {x: y}, b: *one}",
                "6:11: error: YAML anchors and aliases are not taken here: write it out"),
            Variant(
                "An anchor alone", 3, "  github: &hub {provider: github, secrets: [env:GITHUB_SECRET]}",
                "3:11: error: YAML anchors and aliases are not taken here: write it out"),
            Variant(
                "An anchor within a list", 5, "groups: {admins: [U0, &one U1]}",
                "5:23: error: YAML anchors and aliases are not taken here: write it out"),
            Variant(
                "An anchor on a key", 6, "maps: {&one a: {x: y}}",
                "6:8: error: YAML anchors and aliases are not taken here: write it out"),
            Variant(
                "An alias of nothing", 6, "maps: *nothing", "6:7: error: not YAML: found undefined alias"),
            Variant(
                "A list that does not end", 5, "groups: {admins: [U1}",
                "5:21: error: not YAML: did not find expected ',' or ']'"),
            Variant(
                "A tab that indents", 8, "\t- name: release",
                "8:1: error: not YAML: found character that cannot start any token"),
        ])
    func file(_ variant: Variant) throws { try variant.check() }

    @Test(
        "A value that begins with '{{' has a message of its own, wherever it stands",
        arguments: [
            Variant(
                "in a flow map", 11, "    run: {domain: acme, project: {{ branch }}, pipeline: 41}",
                "11:34: error: a value that begins with '{{' must be quoted: \"{{ … }}\""),
            Variant(
                "in a block map", 11, "    run:\n      domain: acme\n      project: {{ branch }}\n      pipeline: 41",
                "13:16: error: a value that begins with '{{' must be quoted: \"{{ … }}\""),
            Variant(
                "with a filter that takes a value", 11,
                "    run: {domain: acme, project: web, pipeline: {{ repository.path | map: pipelines }}}",
                "11:49: error: a value that begins with '{{' must be quoted: \"{{ … }}\""),
            Variant(
                "where a map is wanted too", 11, "    run: {{ branch }}",
                "11:10: error: a value that begins with '{{' must be quoted: \"{{ … }}\""),
            Variant(
                "in a list", 10, "    when: {event: {in: [push, {{ branch }}]}}",
                "10:31: error: a value that begins with '{{' must be quoted: \"{{ … }}\""),
            Variant(
                "with text after it", 11,
                "    run:\n      domain: acme\n      project: {{ branch }}-web\n      pipeline: 41",
                "13:28: error: not YAML: did not find expected key; a value that begins with '{{' must be "
                    + "quoted: \"{{ … }}\""
            ),
        ])
    func template(_ variant: Variant) throws { try variant.check() }

    @Test("A '{{' amid a value of a flow map has a message of its own too")
    func templateAmidText() throws {
        let variant = Variant("", 11, "    run: {domain: acme, project: web-{{ branch }}, pipeline: 41}")
        let messages = try Loaded(variant.yaml).messages
        #expect(messages.count == 1)
        #expect(messages.first?.hasPrefix("bridge.yaml:11:") == true)
        #expect(messages.first?.contains("must be quoted") == true)
    }

    @Test("A file that is not there")
    func missing() throws {
        #expect(try ConfigFolder().load().messages == ["bridge.yaml: error: the file cannot be read"])
    }

    @Test("A file with nothing in it", arguments: ["", "\n\n", "# all is commented out\n"])
    func empty(_ text: String) throws {
        #expect(try Loaded(text).messages == ["bridge.yaml: error: the file is empty"])
    }

    @Test("A file that holds a text or a list", arguments: [("just text", "text"), ("- a list", "list")])
    func noMap(_ text: String, _ kind: String) throws {
        #expect(try Loaded(text).messages == ["bridge.yaml:1:1: error: the file is a map, not a \(kind)"])
    }

    @Test("A file with two documents")
    func documents() throws {
        let loaded = try Loaded(Variant.base.joined(separator: "\n") + "\n---\nbuddy: {}\n")
        #expect(loaded.configuration == nil)
        #expect(loaded.messages.count == 1)
        #expect(loaded.messages.first?.contains("error: not YAML: ") == true)
    }

    @Test("A file of 1 MiB is read, one byte more is not", arguments: [0, 1])
    func size(_ more: Int) throws {
        let folder = try ConfigFolder()
        let text = Variant.base.joined(separator: "\n") + "\n#"
        try folder.write(text.utf8 + [UInt8](repeating: UInt8(ascii: "x"), count: (1 << 20) + more - text.utf8.count))
        let loaded = folder.load()
        #expect(loaded.messages == (more == 0 ? [] : ["bridge.yaml: error: the file is larger than 1 MiB"]))
        #expect((loaded.configuration != nil) == (more == 0))
    }

    @Test("A file that is not UTF-8", arguments: [[0xE9], [0xC0, 0x80], [0xED, 0xA0, 0x80]] as [[UInt8]])
    func encoding(_ bytes: [UInt8]) throws {
        let folder = try ConfigFolder()
        try folder.write(Array((Variant.base.joined(separator: "\n") + "\n# ").utf8) + bytes)
        #expect(folder.load().messages == ["bridge.yaml: error: the file is not UTF-8"])
    }

    @Test("The base of these tests is right")
    func base() throws { try Variant("", 0, "").check() }

    @Test("Every error is told at once, in the order of the file, warnings between them")
    func together() throws {
        let text = """
            buddy: {token: env:NOWHERE, timeout: soon}
            listen: {port: 70000}
            admin: {host: 127.0.0.1}
            routes:
              - {name: a, source: gitbuh, run: {domain: acme, project: "{{ brunch }}", pipeline: 1}}
            sources:
              github: {provider: githbu, secrets: [env:GITHUB_SECRET]}
              slack: {provider: slack, secrets: [env:SLACK_SECRET]}
            limits: {body: much}
            """
        #expect(
            try Loaded(text).messages == [
                "bridge.yaml:1:16: error: 'token': the variable NOWHERE is not set",
                "bridge.yaml:1:38: error: 'timeout' is a time like 500ms, 30s, 5m, 12h or 7d, not 'soon'",
                "bridge.yaml:2:16: error: 'port' is a number from 0 to 65535, not '70000'",
                "bridge.yaml:3:8: warning: 'admin' has no 'token': there will be no admin port",
                "bridge.yaml:5:23: error: there is no source 'gitbuh'; did you mean 'github'?",
                "bridge.yaml:5:60: error: 'project': unknown field 'brunch'; did you mean 'branch'?",
                "bridge.yaml:7:22: error: unknown provider 'githbu'; did you mean "
                    + "'github'?",
                "bridge.yaml:8:3: warning: no route is for the source 'slack'",
                "bridge.yaml:9:16: error: 'body' is a size of at most 1GiB, like 4096, 32KiB or 25MiB, not 'much'",
            ])
    }

    @Test("What is thrown tells every message, with the lines of the file")
    func description() throws {
        let folder = try ConfigFolder()
        try folder.write("buddy: {}\n".utf8)
        let file = folder.path + "/bridge.yaml"
        let error = #expect(throws: InvalidConfiguration.self) {
            try ConfigLoader.load(file, environment: ConfigFolder.environment)
        }
        #expect(
            error?.description == """
                \(file):1:1: error: the file needs 'sources'
                    buddy: {}
                    ^
                \(file):1:1: error: the file needs 'routes'
                    buddy: {}
                    ^
                \(file):1:8: error: 'buddy' needs 'token', or 'workspaces' with a token each
                    buddy: {}
                           ^
                """)
    }
}
