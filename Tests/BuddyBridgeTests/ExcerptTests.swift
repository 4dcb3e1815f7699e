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
        Case(
            "A secret that is not there", 3, "  github: {provider: github, secrets: [env:NOWHERE, file:/run/none]}",
            """
            bridge.yaml:3:40: error: a secret of the source 'github': the variable NOWHERE is not set
                  github: {provider: github, secrets: [env:NOWHERE, file:/run/none]}
                                                       ^
            bridge.yaml:3:53: error: a secret of the source 'github': the file /run/none cannot be read
                  github: {provider: github, secrets: [env:NOWHERE, file:/run/none]}
                                                                    ^

            """),
        Case(
            "A duration beside a token", 1, "buddy: {token: env:BUDDY_TOKEN, timeout: soon}",
            """
            bridge.yaml:1:42: error: 'timeout' is a time like 500ms, 30s, 5m, 12h or 7d, not 'soon'
                buddy: {token: env:BUDDY_TOKEN, timeout: soon}
                                                         ^

            """),
        Case(
            "A secret in its place: the line is not shown", 3, "  github: {provider: github, secrets: [canary-x]}",
            """
            bridge.yaml:3:40: error: a secret of the source 'github' is a reference to a secret, env:NAM\
            E or file:/path, never the secret itself

            """),
        Case(
            "A secret on a line of its own", 3, "  github:\n    provider: github\n    secrets:\n      - canary-x",
            """
            bridge.yaml:6:9: error: a secret of the source 'github' is a reference to a secret, env:NAME\
             or file:/path, never the secret itself

            """),
        Case(
            "A token of the wrong name", 1, "buddy: {tokn: canary-x, token: env:BUDDY_TOKEN}",
            """
            bridge.yaml:1:9: error: unknown key 'tokn' in 'buddy'; did you mean 'token'?

            """),
        Case(
            "A token without a blank", 1, "buddy: {token:canary-x}",
            """
            bridge.yaml:1:8: error: 'buddy' needs 'token', or 'workspaces' with a token each
            bridge.yaml:1:9: error: unknown key 'token…' in 'buddy'; did you mean 'token'?
            bridge.yaml:11:19: error: there is no token for the workspace 'acme'
                    run: {domain: acme, project: web, pipeline: 41}
                                  ^
            bridge.yaml:15:19: error: there is no token for the workspace 'acme'
                    run: {domain: acme, project: web, pipeline: 41}
                                  ^

            """),
        Case(
            "An address with a password in it", 6, "journal: postgres://me:canary-x@host/db",
            """
            bridge.yaml:6:10: error: 'journal' is sqlite:PATH, or env:NAME or file:/path with the addres\
            s of a PostgreSQL database, not 'postgres:…'

            """),
        Case(
            "A secret in a comment", 1, "buddy: {token: env:BUDDY_TOKEN, timeout: soon}  # canary-x",
            """
            bridge.yaml:1:42: error: 'timeout' is a time like 500ms, 30s, 5m, 12h or 7d, not 'soon'
                buddy: {token: env:BUDDY_TOKEN, timeout: soon}
                                                         ^

            """),
        Case(
            "A key of a signature", 3,
            """
              github: {provider: hmac, secrets: env:HMAC_SECRET, dedupe: body, signature: {header: X, ke\
            y: text, encoding: hx}}
            """,
            """
            bridge.yaml:3:112: error: 'encoding' is one of hex, base64, not 'hx'; did you mean 'hex'?
                  github: {provider: hmac, secrets: env:HMAC_SECRET, dedupe: body, signature: {header: X\
            , key: text, encoding: hx}}
                                                                                                        \
                                   ^

            """),
        Case(
            "A secret where an encoding is wanted", 3,
            """
              github: {provider: hmac, secrets: env:HMAC_SECRET, dedupe: body, signature: {header: X, ke\
            y: canary-hmac-in-a-wrong-place}}
            """,
            """
            bridge.yaml:3:96: error: 'key' is one of text, base64, hex

            """),
        Case(
            "A warning", 6, "admin: {port: 9000}",
            """
            bridge.yaml:6:8: warning: 'admin' has no 'token': there will be no admin port
                admin: {port: 9000}
                       ^

            """),
        Case(
            "A route that is never reached", 12,
            """
              - name: late
                source: github
                when: {event: push, branch: main}
                run: {domain: acme, project: web, pipeline: 41}
              - name: deploy
            """,
            """
            bridge.yaml:12:5: error: the route 'late' is never reached: 'release' before it matches ever\
            ything that it would
                  - name: late
                    ^

            """),
        Case(
            "What has no place", 1, "buddy: {token: env:BUDDY_TOKEN, timeout: 56s}",
            """
            bridge.yaml: error: 'buddy.timeout' leaves no room in 'dispatch.lease', which is 60s

            """),
        Case(
            "A control character", 6, "maps: {a: {b: \u{7}}}",
            """
            bridge.yaml:6:15: error: not YAML: control characters are not allowed
                maps: {a: {b: �}}
                              ^

            """),
    ]

    @Test("Everything that is printed", arguments: cases)
    func output(_ one: Case) throws {
        #expect(try Loaded(one.yaml).output == one.output)
    }
}
