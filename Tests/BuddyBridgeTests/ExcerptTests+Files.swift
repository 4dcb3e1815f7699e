extension ExcerptTests {
    /// What is about secrets, and what is found beside other errors.
    static let files: [Case] = [
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
}
