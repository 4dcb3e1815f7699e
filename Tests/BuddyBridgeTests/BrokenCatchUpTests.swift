import Bridge
import Foundation
import GitHubAPI
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

/// `catch_up` under a source.
@Suite("Catching up, as configured")
struct BrokenCatchUpTests {
    private static func variant(_ what: String, _ catchUp: String, _ messages: String...) -> Variant {
        var variant = Variant(
            what, 3,
            "  github: {provider: github, secrets: [env:GITHUB_SECRET]\(catchUp.isEmpty ? "" : ", ")\(catchUp)}")
        variant.messages = messages
        return variant
    }

    private static let hook = "hook: repos/acme/web/hooks/1"

    @Test(
        "Errors, with their places",
        arguments: [
            variant("Right", "catch_up: {\(hook), token: env:HMAC_SECRET}"),
            variant(
                "Right, written out",
                "catch_up: {\(hook), token: env:HMAC_SECRET, url: 'https://git.example.com/api/v3/', since: 72h, most: 5000}"
            ),
            variant("Without it", ""),
            variant(
                "An unknown key", "catch_up: {\(hook), token: env:HMAC_SECRET, snice: 2h}",
                "3:125: error: unknown key 'snice' in 'catch_up'; did you mean 'since'?"),
            variant(
                "No hook", "catch_up: {token: env:HMAC_SECRET}", "3:70: error: 'catch_up' needs 'hook'"),
            variant("No token", "catch_up: {\(hook)}", "3:70: error: 'catch_up' needs 'token'"),
            variant("No map", "catch_up: true", "3:70: error: 'catch_up' is a map, not a text"),
            variant("A missing value", "catch_up: ", "3:70: error: 'catch_up' is a map, not a missing value"),
            variant(
                "An empty list", "catch_up: []",
                "3:70: error: 'catch_up' is empty: without it nothing is asked for again"),
            variant(
                "A hook that is none", "catch_up: {hook: acme/web, token: env:HMAC_SECRET}",
                "3:77: error: 'hook' is repos/OWNER/NAME/hooks/ID, orgs/NAME/hooks/ID, or app, not 'acme/web'"),
            variant(
                "A token that is not set", "catch_up: {\(hook), token: env:NOWHERE}",
                "3:108: error: 'catch_up': the variable NOWHERE is not set"),
            variant(
                "A token written in place", "catch_up: {\(hook), token: ghp_abc}",
                "3:108: error: 'token' is a reference to a secret, env:NAME or file:/path, never the secret itself"),
            variant(
                "A token that would go in the clear",
                "catch_up: {\(hook), token: env:HMAC_SECRET, url: 'http://git.example.com'}",
                "3:130: error: 'url' must be https: the token would cross the network in the clear"),
            variant(
                "A url with a password",
                "catch_up: {\(hook), token: env:HMAC_SECRET, url: 'https://a:b@git.example.com'}",
                "3:130: error: 'url' is the base of an API like https://api.github.com, or https://HOST/api/v3, and "
                    + "nothing more"),
            variant(
                "Further back than GitHub keeps", "catch_up: {\(hook), token: env:HMAC_SECRET, since: 73h}",
                "3:132: error: 'since' is at most 72h: GitHub keeps deliveries no longer"),
            variant(
                "A time that is none", "catch_up: {\(hook), token: env:HMAC_SECRET, since: yesterday}",
                "3:132: error: 'since' is a time like 500ms, 30s, 5m, 12h or 7d, not 'yesterday'"),
            variant(
                "Too many", "catch_up: {\(hook), token: env:HMAC_SECRET, most: 5001}",
                "3:131: error: 'most' is a number from 1 to 5000, not '5001'"),
            variant(
                "None at all", "catch_up: {\(hook), token: env:HMAC_SECRET, most: 0}",
                "3:131: error: 'most' is a number from 1 to 5000, not '0'"),
            variant(
                "A webhook twice", "catch_up: [{\(hook), token: env:HMAC_SECRET}, {\(hook), token: env:HMAC_SECRET}]",
                "3:127: error: the webhook 'repos/acme/web/hooks/1' is asked for already"),
            variant(
                "An app for a repository's hook", "catch_up: {\(hook), token: env:HMAC_SECRET, app: {id: 1}}",
                "3:130: error: 'app' is for 'hook: app': this hook is asked for with 'token'"),
            variant(
                "An app without its key", "catch_up: {hook: app, app: {id: 1}}",
                "3:87: error: 'app' needs 'private_key'"),
            variant(
                "A token for an app's hook", "catch_up: {hook: app, token: env:HMAC_SECRET}",
                "3:70: error: 'catch_up' needs 'app'",
                "3:89: error: an app's hook is asked for with the app's own key, 'app', not with a token"),
            variant(
                "A key that is none", "catch_up: {hook: app, app: {id: 1, private_key: env:HMAC_SECRET}}",
                "3:108: error: 'catch_up': env:HMAC_SECRET is no private key of RSA"),
            Variant(
                "Another provider", 4,
                "  slack: {provider: slack, secrets: [env:SLACK_SECRET], catch_up: {\(hook), token: env:HMAC_SECRET}}",
                "4:57: error: unknown key 'catch_up' in the source 'slack'"),
        ])
    func variants(_ variant: Variant) throws { try variant.check() }

    @Test("What is not said has its default; several webhooks of one source are a list")
    func values() throws {
        let yaml = Self.variant(
            "",
            "catch_up: [{\(Self.hook), token: env:HMAC_SECRET}, {hook: orgs/acme/hooks/7, token: env:SLACK_SECRET, "
                + "url: 'https://git.example.com/api/v3/', since: 2h, most: 3}]"
        ).yaml
        let all = try #require(try Loaded(yaml).configuration?.catchUps)
        #expect(all.count == 2)
        #expect(all[0].url == "https://api.github.com" && all[0].hook.description == "repos/acme/web/hooks/1")
        #expect(all[0].since == .seconds(86_400) && all[0].most == 500 && all[0].source == "github")
        #expect(all[0].credential == .token(.environment("HMAC_SECRET")))
        #expect(all[1].url == "https://git.example.com/api/v3" && all[1].since == .seconds(7200) && all[1].most == 3)
        #expect(all[1].rules.since == .seconds(7200) && all[1].rules.most == 3)
    }

    /// GitHub gives out keys in the traditional form.
    @Test("An app's key must be of RSA, and is read from a file; without secrets it need not be there")
    func app() throws {
        let folder = try ConfigFolder()
        try folder.write(
            Self.variant("", "catch_up: {hook: app, app: {id: Iv1.8a61, private_key: file:app.pem}}").yaml.utf8)
        let place = "bridge.yaml:3:115: error: 'catch_up': "
        #expect(folder.load().messages == [place + "the file app.pem cannot be read"])
        #expect(folder.load(needs: .none).messages == [])
        try OpenSSLCommand.run("genpkey", "-algorithm", "ed25519", "-out", folder.path + "/app.pem")
        #expect(folder.load().messages == [place + "file:app.pem is no private key of RSA"])
        try OpenSSLCommand.run("genrsa", "-traditional", "-out", folder.path + "/app.pem", "2048")
        let loaded = folder.load()
        #expect(loaded.messages == [])
        let settings = try #require(loaded.configuration?.catchUps.first)
        #expect(settings.credential == .app(id: "Iv1.8a61", key: .file("app.pem")) && settings.hook.isApp)
    }
}
