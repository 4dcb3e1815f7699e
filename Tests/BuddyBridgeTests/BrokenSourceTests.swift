import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

@Suite("Broken sources")
struct BrokenSourceTests {
    @Test(
        "Sources",
        arguments: [
            Variant(
                "An unknown key", 3,
                "  github: {provider: github, secret: env:GITHUB_SECRET, secrets: [env:GITHUB_SECRET]}",
                "3:30: error: unknown key 'secret' in the source 'github'; did you mean 'secrets'?"),
            Variant(
                "A key of another provider", 3,
                "  github: {provider: github, secrets: [env:GITHUB_SECRET], signature: {header: X}}",
                "3:60: error: unknown key 'signature' in the source 'github'"),
            Variant(
                "No provider", 3, "  github: {secrets: [env:GITHUB_SECRET]}",
                "3:11: error: the source 'github' needs 'provider'"),
            Variant(
                "An unknown provider", 3, "  github: {provider: gihtub, secrets: [env:GITHUB_SECRET]}",
                "3:22: error: unknown provider 'gihtub'; did you mean 'github'?"),
            Variant(
                "A null provider", 3, "  github: {provider: , secrets: [env:GITHUB_SECRET]}",
                "3:22: error: 'provider' has no value"),
            Variant("No value", 3, "  github:", "3:10: error: the source 'github' is a map, not a missing value"),
            Variant("A list", 3, "  github: [github]", "3:11: error: the source 'github' is a map, not a list"),
            Variant(
                "No secrets", 3, "  github: {provider: github}", "3:11: error: the source 'github' needs 'secrets'"),
            Variant(
                "An empty list of secrets", 3, "  github: {provider: github, secrets: []}",
                "3:39: error: 'secrets' is empty: nobody could be verified"),
            Variant(
                "A null for secrets", 3, "  github: {provider: github, secrets: }",
                "3:39: error: a secret of the source 'github' has no value"),
            Variant(
                "A secret that is not set", 3, "  github: {provider: github, secrets: [env:NOWHERE]}",
                "3:40: error: a secret of the source 'github': the variable NOWHERE is not set"),
            Variant(
                "A secret that is empty", 3, "  github: {provider: github, secrets: [env:GITHUB_SECRET, env:EMPTY]}",
                "3:59: error: a secret of the source 'github': env:EMPTY is empty"),
            Variant(
                "A secret of line ends alone", 3, "  github: {provider: github, secrets: env:NEWLINES}",
                "3:39: error: a secret of the source 'github': env:NEWLINES is empty"),
            Variant(
                "A secret file that is not there", 3, "  github: {provider: github, secrets: [file:/nowhere/at-all]}",
                "3:40: error: a secret of the source 'github': the file /nowhere/at-all cannot be read"),
            Variant(
                "A name that is no part of a URL", 3,
                "  github: {provider: github, secrets: [env:GITHUB_SECRET]}\n  git/hub: {provider: github, "
                    + "secrets: [env:HMAC_SECRET]}",
                "4:3: error: 'git/hub' cannot be a part of a URL: letters, digits, '.', '_' and '-' make a "
                    + "source's name"
            ),
            Variant(
                "A name that ends its line", 3,
                "  github: {provider: github, secrets: [env:GITHUB_SECRET]}\n  \"hub\\n\": {provider: github, "
                    + "secrets: [env:HMAC_SECRET]}",
                "4:3: error: 'hub\n' cannot be a part of a URL: letters, digits, '.', '_' and '-' make a "
                    + "source's name"),
            Variant(
                "A policy of dedupe", 3, "  github: {provider: github, secrets: [env:GITHUB_SECRET], dedupe: ids}",
                "3:68: error: 'dedupe' is one of id, body, both, none, not 'ids'; did you mean 'id'?"),
            Variant(
                "A window shorter than twice the tolerance", 3,
                "  github: {provider: github, secrets: [env:GITHUB_SECRET], tolerance: 5m, dedupe_window: 599s}",
                "3:90: error: 'dedupe_window' must be at least twice 'tolerance'"),
            Variant(
                "A tolerance wider than half the window", 4,
                "  slack: {provider: slack, secrets: [env:SLACK_SECRET], tolerance: 13h}",
                "4:10: error: 'dedupe_window' must be at least twice 'tolerance'"),
            Variant(
                "A body that is more than one client may hold", 3,
                "  github: {provider: github, secrets: [env:GITHUB_SECRET], max_body: 33MiB}",
                "3:70: error: the largest body is more than a quarter of 'limits.in_flight', which is what one client "
                    + "may hold"),
            Variant(
                "Bodies that are more than one client may hold", 6, "limits: {in_flight: 99MiB}\n" + Variant.base[5],
                "3:11: error: the largest body is more than a quarter of 'limits.in_flight', which is what one client "
                    + "may hold"),
            Variant("Bodies that one client may just hold", 6, "limits: {in_flight: 100MiB}\n" + Variant.base[5]),
            Variant(
                "A status for failures", 3,
                "  github: {provider: github, secrets: [env:GITHUB_SECRET], failure_status: 500}",
                "3:76: error: 'failure_status' is 200 or 502, not '500'"),
            Variant(
                "An audience", 4, "  slack: {provider: slack, secrets: [env:SLACK_SECRET], reply: chanel}",
                "4:64: error: 'reply' is one of caller, channel, not 'chanel'; did you mean 'channel'?"),
            Variant(
                "A time to reply", 3, "  github: {provider: github, secrets: [env:GITHUB_SECRET], reply_within: 9}",
                "3:74: error: 'reply_within' is a time like 500ms, 30s, 5m, 12h or 7d, not '9'"),
        ])
    func sources(_ variant: Variant) throws { try variant.check() }

    @Test("No source at all")
    func none() throws {
        let messages = try Loaded("buddy: {token: env:BUDDY_TOKEN}\nsources: {}\nroutes: []\n").messages
        #expect(messages == ["bridge.yaml:2:10: error: 'sources' is empty: nobody could send anything"])
    }

    @Test(
        "A secret written in place is refused, once, and not repeated",
        arguments: [
            ("1:16", "buddy: {token: SECRET}"), ("1:16", "buddy: {token: \"env:\"}"),
            ("1:36", "buddy: {workspaces: {acme: {token: SECRET}}}"),
            ("3:40", "  github: {provider: github, secrets: [SECRET]}"),
            ("3:39", "  github: {provider: github, secrets: SECRET}"), ("6:16", "admin: {token: SECRET}"),
        ])
    func inline(_ place: String, _ text: String) throws {
        let line = try #require(place.first.flatMap { Int(String($0)) })
        let variant = Variant("", line, text.replacingOccurrences(of: "SECRET", with: Canary.github))
        let loaded = try Loaded(variant.yaml)
        #expect(loaded.configuration == nil)
        let told = loaded.messages.filter {
            $0.hasSuffix(" is a reference to a secret, env:NAME or file:/path, never the secret itself")
        }
        #expect(told.count == 1)
        #expect(told.allSatisfy { $0.hasPrefix("bridge.yaml:\(place): error: ") })
        #expect(loaded.messages.allSatisfy { !$0.contains("canary") })
    }

    @Test(
        "A secret written where no secret belongs is not repeated either",
        arguments: [
            (3, "  github: {provider: github, secrets: {SECRET: x}}"),
            (3, "  github: {provider: github, secrets: [[SECRET]]}"),
            (6, "journal: \"postgres://bridge:SECRET@db/bridge\""),
        ])
    func misplaced(_ line: Int, _ text: String) throws {
        let loaded = try Loaded(Variant("", line, text.replacingOccurrences(of: "SECRET", with: Canary.github)).yaml)
        #expect(loaded.configuration == nil)
        #expect(loaded.messages.allSatisfy { !$0.contains("canary") })
    }
}
