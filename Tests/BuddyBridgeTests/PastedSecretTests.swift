import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

/// What was written in place of a reference may be the secret itself: neither a message nor a line of the file tells it.
@Suite("A secret that was pasted into the file")
struct PastedSecretTests {
    private static let secret = Canary.token

    /// Instead of the first line of a file that is right. `$` is the secret.
    static let buddies = [
        "buddy: {token: $}", "buddy: {token: '$'}", "buddy: {token: \"$\"}", "buddy: {\"token\": \"$\"}",
        "buddy: {token: !!str $}", "buddy: {token: &a $}", "buddy: {token: *$}", "buddy: {token: [$]}",
        "buddy: {token: {$: x}}", "buddy: {token: {x: $}}", "buddy: {token: [env:BUDDY_TOKEN, $]}",
        "buddy: {token:$}", "buddy: {token:$, timeout: soon}", "buddy: {token=$, timeout: soon}",
        "buddy: {token: env:BUDDY_TOKEN, timeout: soon} # was $", "buddy: {timeout: soon, token: $}",
        "buddy: {tokn: $}", "buddy: {toekn: $, timeout: soon}", "buddy: {Token: $}", "buddy: {api_key: $}",
        "buddy: {token : $}", "buddy: {password: $}", "buddy: {credentials: [$]}", "buddy: {bearer: $, token: x}",
        "buddy:\n  token:\n    $", "buddy:\n  token:\n  $", "buddy:\n  token:\n$", "buddy:\n  token: |\n    $\n  x: y",
        "buddy:\n  token: >-\n    host: $\n  timeout: soon", "buddy:\n  token: |\n    $\n   host: $",
        "buddy:\n  token: \"$", "buddy:\n  token: '$\n  timeout: soon", "buddy:\n  token: \"\n$\"\n  timeout: soon",
        "buddy:\n\ttoken: $", "buddy:\n  token:\n\t- $", "buddy:\n  token: `$", "buddy:\n  token: @$",
        "buddy:\n  token: %$", "buddy:\n  token: $: x", "buddy:\n  token: [$\n  timeout: 3s",
        "buddy:\n  token: {$\n  timeout: 3s", "buddy:\n  token: {{ $ }}", "buddy:\n  token: {{ $ }}-x",
        "buddy:\n  ? token\n  : $", "buddy:\n  \"to\\u006ben\": $", "buddy: $", "buddy: [$]", "buddy: - $",
        "buddy:\n  - $", "buddy:\n  - token: $", "buddy:\n- token: $\n  timeout: soon",
        "buddy: {token: env:BUDDY_TOKEN, url: 'https://me:$@host'}",
        "buddy: {token: env:BUDDY_TOKEN, url: 'https://host/?token=$'}",
        "buddy: {token: env:BUDDY_TOKEN, workspaces: {acme: {token: $}}}",
        "buddy: {token: env:BUDDY_TOKEN, workspaces: {acme: $}}",
        "buddy:\n  workspaces:\n    acme:\n      token: $", "buddy:\n  token: $\u{7}", "buddy:\r\n  token: $\r\n  x: y",
        "buddy:\u{2028}  token: $\u{2028}  x: y", "buddy: {token: \"$\", token: \"$\"}",
        "buddy: {token: env:BUDDY_TOKEN $}", "buddy: {token: 'env:BUDDY_TOKEN,$', timeout: soon}",
        "buddy: {token: ENV:$}", "buddy: {token: $}}", "buddy: token: $", "tokens: {buddy: $}\nbuddy: {token: $}",
        "secret: $", "bridge_token: $", "x:\n  api_url: $", "buddy: {token: env:BUDDY_TOKEN}\nadmin: {token: $}",
        "admin: $", "admin:\n  port: many\n  token: $", "admin: [$]", "admin:\n  token: $\n  port: many",
        "journal: postgres://me:$@host/db", "journal: host=h password=$", "journal: $", "journal: [$]",
        "journal: {$: x}", "journal:\n  postgres://me:$@host/db", "journal: |\n  postgres://me:$@host/db",
    ]

    @Test("Instead of Buddy's token, the admin's, or the journal's address", arguments: buddies)
    func buddy(_ text: String) throws {
        try expectNothing(of: text + "\n" + Variant.base.dropFirst().joined(separator: "\n"))
    }

    /// Instead of the source `github`.
    static let sources = [
        "  github: {provider: github, secrets: [$]}", "  github: {provider: github, secrets: $}",
        "  github: {provider: github, secrets: {a: $}}", "  github: {provider: github, secrets: {$: a}}",
        "  github: {provider: github, secrets: [[$]]}", "  github: {provider: github, secrets: [env:GITHUB_SECRET, $]}",
        "  github: {provider: github, secrets: [$, env:NOWHERE]}", "  github: {provider: github, secert: $}",
        "  github: {provider: githbu, secrets: [$]}", "  github: {provider: github, signing_secret: $}",
        "  github: {provider: github, secrets: [env:EMPTY,\n    $]}", "  github: {provider: github, secrets: [\n$]}",
        "  github: {provider: github, secrets: [\n  host: $]}", "  github: {provider: github, secrets: [$, }",
        "  github: {\n  provider: github,\n  secrets: [\n  $\n  ],\n  tolerance: soon}",
        "  github:\n    provider: github\n    secrets: $", "  github:\n    provider: github\n    secrets:\n    - $",
        "  github:\n    provider: github\n    secrets:\n      - env:GITHUB_SECRET\n      - $",
        "  github:\n    provider: github\n    secrets:\n      - env:GITHUB_SECRET\n     - $",
        "  github:\n    provider: github\n    secrets:\n      -$",
        "  github:\n    provider: github\n    secrets: -\n      $",
        "  github:\n    secrets: [$]", "  github: $",
        "  github: [github, $]", "  github:\n    provider: github\n    secrets:$",
        "  github:\n    provider: github\n    secrets:\n      current: $\n      old: $",
        "  s: {provider: discord, public_keys: [$]}", "  s: {provider: sourcehut, public_keys: $}",
        "  s: {provider: googlechat, audience: '1', keys: '$'}",
        "  s: {provider: googlechat, audience: '1', keys: 'https:$'}",
        "  s: {provider: hmac, secrets: env:HMAC_SECRET, dedupe: body, signature: {header: X, key: $}}",
        "  s: {provider: hmac, secrets: $, dedupe: bdy, signature: {header: X, key: text}}",
        "  s: {provider: hmac, dedupe: body, signature: {header: X, secret: $}, secrets: x}",
        "  s: {provider: github, secrets: env:NOWHERE, catch_up: {hook: repos/a/b/hooks/1, token: $}}",
        "  s: {provider: github, secrets: env:NOWHERE, catch_up: {hook: app, app: {id: 1, private_key: $}}}",
        "  s:\n    provider: github\n    secrets: env:NOWHERE\n    catch_up:\n      hook: app\n      app:\n"
            + "        id: 1\n        private_key: |\n          -----BEGIN RSA PRIVATE KEY-----\n          $\n",
        "  s: {provider: github, secrets: env:GITHUB_SECRET}\nsecrets:\n  - $", "  token: $\n  - $",
    ]

    @Test("Instead of a source's secrets", arguments: sources)
    func source(_ text: String) throws {
        try expectNothing(of: Variant("", 3, text).yaml)
    }

    /// Files that were never meant to be a configuration.
    static let files = [
        "$", "$\n$", "- $", "[$]", "TOKEN=$", "export TOKEN=$\nexport OTHER=$\n", "token: $",
        "token:\n  $",
        "{\"token\": \"$\"}", "{\n  \"token\": \"$\"\n}", "{\n\"user\": \"x\",\n\"auth\": {\n\"value\": \"$\"}}",
        "-----BEGIN PRIVATE KEY-----\n$\n-----END PRIVATE KEY-----", "Authorization: Bearer $",
        "<token>$</token>", "\u{0}$", "[buddy]\ntoken = \"$\"", "machine host login me password $",
        "postgres://me:$@host/db", "%$", "@$", "\"$", "'$", "| $", "# $\n", "---\n$\n---\n$", "\u{FEFF}token: $",
        "\t$", "routes: $", "sources: $", "sources: [$]", "sources:\n  $", "sources:\n  - $",
    ]

    @Test("In a file that is something else", arguments: files)
    func file(_ text: String) throws { try expectNothing(of: text) }

    @Test("In a file that is included", arguments: files.filter { !$0.hasPrefix("#") })
    func included(_ text: String) throws {
        let folder = try ConfigFolder()
        try folder.write(("include: [more.yaml]\n" + Variant.base.joined(separator: "\n")).utf8)
        try folder.write(text.replacing("$", with: Self.secret).utf8, to: "more.yaml")
        try expectNothing(of: folder.load())
    }

    private func expectNothing(of text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let folder = try ConfigFolder()
        try folder.write(text.replacing("$", with: Self.secret).utf8)
        try expectNothing(of: folder.load(), sourceLocation: sourceLocation)
    }

    private func expectNothing(of loaded: Loaded, sourceLocation: SourceLocation = #_sourceLocation) throws {
        let canary = Canary()
        canary.saw(loaded.output)
        #expect(canary.leaks == [], sourceLocation: sourceLocation)
        #expect(loaded.configuration == nil && loaded.output.contains("error: "), sourceLocation: sourceLocation)
    }
}
