import Testing

@testable import BuddyBridge

@Suite("The line of the file that is told of, and a caret under the column")
struct ExcerptTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var yaml: String
        var output: String

        /// A line of ``Variant/base`` that is replaced.
        init(_ what: String, _ line: Int, _ text: String, _ output: String) {
            testDescription = what
            yaml = Variant(what, line, text).yaml
            self.output = output
        }
    }

    static let cases: [Case] = [
        Case(
            "An unknown section", 6, "mapps: {}",
            """
            bridge.yaml:6:1: error: unknown key 'mapps' in the file; did you mean 'maps'?
                mapps: {}
                ^

            """),
        Case(
            "A section that is near to nothing", 6, "trigger-rule: {a: b}",
            """
            bridge.yaml:6:1: error: unknown key 'trigger-rule' in the file

            """),
        Case(
            "A key twice in a map", 6, "maps: {a: {x: 1, \"x\": 2}}",
            """
            bridge.yaml:6:12: error: 'x' is there more than once in the same map
                maps: {a: {x: 1, "x": 2}}
                           ^

            """),
        Case(
            "A value that is missing: the caret stands behind the line", 6, "maps:",
            """
            bridge.yaml:6:6: error: 'maps' is a map, not a missing value
                maps:
                     ^

            """),
        Case(
            "A comment is left out", 6, "maps: [a]  # of pipelines",
            """
            bridge.yaml:6:7: error: 'maps' is a map, not a list
                maps: [a]
                      ^

            """),
        Case(
            "A '#' within quotes is no comment", 5, "groups: {admins: [\"#1\", ~]}",
            """
            bridge.yaml:5:25: error: a member of the group 'admins' has no value
                groups: {admins: ["#1", ~]}
                                        ^

            """),
        Case(
            "A tab stays a tab", 8, "\t- name: release",
            """
            bridge.yaml:8:1: error: not YAML: found character that cannot start any token
                \t- name: release
                ^

            """),
        Case(
            "A tab within a line", 6, "maps:\t{a: {b:\t~}}",
            """
            bridge.yaml:6:15: error: an entry of the map 'a' has no value
                maps:\t{a: {b:\t~}}
                     \t       \t^

            """),
        Case(
            "Wide characters", 6, "maps: {名前: {漢字: ~}}",
            """
            bridge.yaml:6:17: error: an entry of the map '名前' has no value
                maps: {名前: {漢字: ~}}
                       　　   　　  ^

            """),
        Case(
            "Combining marks and letters beyond ASCII", 6, "maps: {été: {ü: ~}}",
            """
            bridge.yaml:6:18: error: an entry of the map 'été' has no value
                maps: {été: {ü: ~}}
                                ^

            """),
        Case(
            "A long line, cut before and behind", 6,
            """
            maps: {repository-00: {a: x}, repository-01: {a: x}, repository-02: {a: x}, repository-03: {\
            a: x}, repository-04: {a: x}, repository-05: {a: x}, wrong: {b: ~}, repository-06: {a: x}, r\
            epository-07: {a: x}, repository-08: {a: x}, repository-09: {a: x}, repository-10: {a: x}, r\
            epository-11: {a: x}}
            """,
            """
            bridge.yaml:6:157: error: an entry of the map 'wrong' has no value
                …}, repository-04: {a: x}, repository-05: {a: x}, wrong: {b: ~}, repository-06: {a: x}, \
            repository-07: {a: x}, repository…
                                                                             ^

            """),
        Case(
            "A long line, cut behind", 6,
            """
            maps: {wrong: {b: ~}, repository-00: {a: x}, repository-01: {a: x}, repository-02: {a: x}, r\
            epository-03: {a: x}, repository-04: {a: x}, repository-05: {a: x}, repository-06: {a: x}, r\
            epository-07: {a: x}, repository-08: {a: x}, repository-09: {a: x}, repository-10: {a: x}, r\
            epository-11: {a: x}}
            """,
            """
            bridge.yaml:6:19: error: an entry of the map 'wrong' has no value
                maps: {wrong: {b: ~}, repository-00: {a: x}, repository-01: {a: x}, repository-02: {a: x\
            }, repository-03: {a: x}, reposi…
                                  ^

            """),
        Case(
            "A long line, cut before", 6,
            """
            maps: {repository-00: {a: x}, repository-01: {a: x}, repository-02: {a: x}, repository-03: {\
            a: x}, repository-04: {a: x}, repository-05: {a: x}, repository-06: {a: x}, repository-07: {\
            a: x}, repository-08: {a: x}, repository-09: {a: x}, repository-10: {a: x}, repository-11: {\
            a: x}, wrong: {b: ~}}
            """,
            """
            bridge.yaml:6:295: error: an entry of the map 'wrong' has no value
                …y-07: {a: x}, repository-08: {a: x}, repository-09: {a: x}, repository-10: {a: x}, repo\
            sitory-11: {a: x}, wrong: {b: ~}}
                                                                                                        \
                                          ^

            """),
        Case(
            "An unknown operator", 10, "    when: {branch: {glob: main, regexp: x}}",
            """
            bridge.yaml:10:33: error: unknown key 'regexp' in a condition; did you mean 'regex'?
                    when: {branch: {glob: main, regexp: x}}
                                                ^

            """),
        Case(
            "An unknown field", 10, "    when:\n      evnt: push",
            """
            bridge.yaml:11:7: error: unknown field 'evnt'; did you mean 'event'?
                      evnt: push
                      ^

            """),
        Case(
            "An element of a list", 9, "    source:\n      - github\n      - gihub",
            """
            bridge.yaml:11:9: error: there is no source 'gihub'; did you mean 'github'?
                      - gihub
                        ^

            """),
        Case(
            "A template without quotes", 11, "    run: {domain: acme, project: {{ branch }}, pipeline: 41}",
            """
            bridge.yaml:11:34: error: a value that begins with '{{' must be quoted: "{{ … }}"
                    run: {domain: acme, project: {{ branch }}, pipeline: 41}
                                                 ^

            """),
        Case(
            "A template in a block that is no YAML", 11,
            "    run:\n      domain: acme\n      project: {{ branch }}-web\n      pipeline: 41",
            """
            bridge.yaml:13:28: error: not YAML: did not find expected key; a value that begins with '{{'\
             must be quoted: "{{ … }}"
                      project: {{ branch }}-web
                                           ^

            """),
        Case(
            "An unknown filter", 11, "    run: {domain: acme, project: \"{{ branch | lowr }}\", pipeline: 41}",
            """
            bridge.yaml:11:34: error: 'project': unknown filter 'lowr'; did you mean 'lower'?
                    run: {domain: acme, project: "{{ branch | lowr }}", pipeline: 41}
                                                 ^

            """),
        Case(
            "A bad regular expression", 10, "    when: {branch: {regex: 'a('}}",
            """
            bridge.yaml:10:28: error: bad regular expression: missing ): a(
                    when: {branch: {regex: 'a('}}
                                           ^

            """),
        Case(
            "A list that does not end", 5, "groups: {admins: [U1}",
            """
            bridge.yaml:5:21: error: not YAML: did not find expected ',' or ']'
                groups: {admins: [U1}
                                    ^

            """),
        Case(
            "An alias", 6, "maps: {a: &one {x: y}, b: *one}",
            """
            bridge.yaml:6:11: error: YAML anchors and aliases are not taken here: write it out
                maps: {a: &one {x: y}, b: *one}
                          ^

            """),
        Case(
            "A provider, beside a reference", 3, "  github: {provider: githbu, secrets: [env:GITHUB_SECRET]}",
            """
            bridge.yaml:3:22: error: unknown provider 'githbu'; did you mean 'github'?
                  github: {provider: githbu, secrets: [env:GITHUB_SECRET]}
                                     ^

            """),
    ]

    @Test("Everything that is printed", arguments: cases + files)
    func output(_ one: Case) throws {
        #expect(try Loaded(one.yaml).output == one.output)
    }
}
