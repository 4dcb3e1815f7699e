import Bridge
import Signatures
import Testing

@testable import BuddyBridge

/// `secrets`, `public_keys` and `keys`, as each provider has them.
@Suite("What verifies a source")
struct CredentialLoadingTests {
    private static let ed25519 = "uX7KWyyDNMaBma4aVbJ/cbUQpdjqczuCyK/HxzV/u+4="
    private static let hex = "b97eca5b2c8334c68199ae1a55b27f71b510a5d8ea733b82c8afc7c7357fbbee"

    private func load(_ source: String, secret: String = "secret", keys: String? = nil) throws -> Loaded {
        let folder = try ConfigFolder()
        try folder.write(
            """
            buddy: {token: env:BUDDY_TOKEN}
            sources:
              s: {\(source)}
            routes:
              - {name: r, source: s, when: {event: x}, allow: anyone, run: {domain: a, project: b, pipeline: 1}}

            """.utf8)
        if let keys { try folder.write(keys.utf8, to: "keys.json") }
        return folder.load(environment: ["BUDDY_TOKEN": "t", "S": secret])
    }

    @Test(
        "Each provider takes what its sender proves itself by",
        arguments: [
            ("provider: gitlab, secrets: env:S", "plain token"),
            ("provider: gitlab, secrets: env:S", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            ("provider: teams, secrets: env:S", "a2V5IQ=="),
            ("provider: standard-webhooks, secrets: env:S", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            ("provider: standard-webhooks, secrets: env:S", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"),
            ("provider: standard-webhooks, public_keys: [whpk_\(ed25519)]", ""),
            ("provider: standard-webhooks, secrets: env:S, public_keys: whpk_\(ed25519.dropLast())", "a2V5IQ=="),
            ("provider: discord, public_keys: ['\(hex)', '\(hex.uppercased())']", ""),
            ("provider: sourcehut, public_keys: [\(ed25519)]", ""),
            ("provider: azure-devops, username: u, secrets: env:S", "p"),
            ("provider: token, header: X-Token, id: {header: X-Id}, event: {payload: type}, secrets: env:S", "p"),
            ("provider: googlechat, audience: '123'", ""),
            ("provider: googlechat, audience: https://h.example.com/x, keys: https://keys.example.com/x", ""),
        ])
    func taken(_ source: String, _ secret: String) throws {
        let loaded = try load(source, secret: secret)
        #expect(loaded.messages == [])
        let credentials = try #require(loaded.configuration?.sources.first?.credentials)
        #expect(!credentials.isEmpty)
    }

    @Test(
        "What would verify nobody is refused, without repeating a secret",
        arguments: [
            (
                "provider: gitlab, secrets: env:S", "whsec_canary!",
                "3:34: error: a secret of the source 's' is not base64 after 'whsec_': its sender could not sign with it"
            ),
            (
                "provider: teams, secrets: env:S", "canary!",
                "3:33: error: a secret of the source 's' is not base64: its sender could not sign with it"
            ),
            (
                "provider: standard-webhooks", "",
                "3:6: error: the source 's' needs 'secrets' or 'public_keys': nobody could be verified"
            ),
            ("provider: discord, secrets: env:S", "x", "3:26: error: unknown key 'secrets' in the source 's'"),
            ("provider: discord", "", "3:6: error: the source 's' needs 'public_keys'"),
            ("provider: discord, public_keys: []", "", "3:39: error: 'public_keys' is empty: nobody could be verified"),
            (
                "provider: discord, public_keys: [\(ed25519)]", "",
                "3:40: error: a public key here is 32 bytes of Ed25519, as 64 hexadecimal digits"
            ),
            (
                "provider: sourcehut, public_keys: ['\(hex)']", "",
                "3:42: error: a public key here is 32 bytes of Ed25519, as base64"
            ),
            (
                "provider: standard-webhooks, public_keys: [\(ed25519)]", "",
                "3:50: error: a public key here is 32 bytes of Ed25519, as base64 after 'whpk_'"
            ),
            ("provider: azure-devops, secrets: env:S", "p", ""),
            ("provider: token, secrets: env:S", "p", ""),
            (
                "provider: googlechat, audience: '1', keys: http://keys.example.com/", "",
                "3:50: error: 'keys' is an https address, or file: and a path"
            ),
            (
                "provider: googlechat, audience: '1', keys: file:none.json", "",
                "3:50: error: 'keys': the file none.json is no JSON object of key ids and PEM certificates"
            ),
            (
                "provider: github, secrets: env:S, allow_from: [10.0.0.0/33]", "p",
                "3:54: error: an address of 'allow_from' is an address or a range like 10.0.0.0/8, not '10.0.0.0/33'"
            ),
        ])
    func refused(_ source: String, _ secret: String, _ message: String) throws {
        let loaded = try load(source, secret: secret)
        #expect(loaded.configuration == nil)
        #expect(!loaded.messages.joined().contains("canary"))
        if message.isEmpty {
            #expect(loaded.messages.count == 1)
        } else {
            #expect(loaded.messages.contains("bridge.yaml:" + message), "\(loaded.messages)")
        }
    }

    @Test("Published keys may be in a file")
    func file() throws {
        let pem = PrivateKey.throwaway(.rsa).publicKey.pem
        let keys = String(decoding: WireJSON.encode(["k1": pem]), as: UTF8.self)
        let loaded = try load("provider: googlechat, audience: '1', keys: file:keys.json", keys: keys)
        #expect(loaded.messages == [])
        let published = try #require(loaded.configuration?.sources.first?.credentials.published)
        #expect(published.key("k1") != nil && published.key("k2") == nil && published.url == nil)
    }
}
