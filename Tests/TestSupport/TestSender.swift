package import Bridge
import FoundationEssentials
package import Signatures

/// One way in which a sender proves itself: every provider, and of some several ways. Suites that must hold for all
/// senders run over ``all``.
package struct TestSender: Sendable, CustomStringConvertible {
    /// Where the proof stands in a request.
    package enum Proof: Sendable, Equatable {
        case header(String)
        /// A field of a form or of JSON.
        case field(String)
    }

    /// The name of its source, too.
    package let description: String
    package let provider: String
    /// Its source in `bridge.yaml`, but for what it is verified by.
    package var settings = ""
    package let proof: Proof
    /// Where the sender proves itself as well: taken out, so that each proof is looked at by itself.
    package var other: Proof?
    /// What stands in a header before the tag or token.
    package var prefix = ""
    /// Whether the body is covered by the proof.
    package var signsBody = true
    /// Whether a time is.
    package var signsTime = false
    /// Whether several tags may stand in the header, with a blank between them.
    package var isList = false
    package var kind = Kind.secret("canary-sender-4d1e")

    package enum Kind: Sendable, Equatable {
        case secret(String)
        case ed25519, rsa
    }

    package static let all: [TestSender] = [
        .init(description: "github", provider: "github", proof: .header("X-Hub-Signature-256"), prefix: "sha256="),
        .init(description: "gitlab", provider: "gitlab", proof: .header("X-Gitlab-Token"), signsBody: false),
        .init(
            description: "gitlab-signed", provider: "gitlab", proof: .header("webhook-signature"), prefix: "v1,",
            signsTime: true, isList: true, kind: .secret("whsec_" + key)),
        .init(description: "bitbucket", provider: "bitbucket", proof: .header("X-Hub-Signature"), prefix: "sha256="),
        .init(
            description: "bitbucket-server", provider: "bitbucket-server", proof: .header("X-Hub-Signature"),
            prefix: "sha256="),
        .init(description: "gitea", provider: "gitea", proof: .header("X-Gitea-Signature")),
        .init(description: "forgejo", provider: "forgejo", proof: .header("X-Forgejo-Signature")),
        .init(description: "gogs", provider: "gogs", proof: .header("X-Gogs-Signature")),
        .init(
            description: "azure-devops", provider: "azure-devops", settings: "username: azure",
            proof: .header("Authorization"), prefix: "Basic ", signsBody: false),
        .init(
            description: "azure-devops-header", provider: "azure-devops", settings: "header: X-Azure",
            proof: .header("X-Azure"), signsBody: false),
        .init(description: "pagure", provider: "pagure", proof: .header("X-Pagure-Signature-256")),
        .init(description: "reviewboard", provider: "reviewboard", proof: .header("X-Hub-Signature"), prefix: "sha1="),
        .init(description: "sourcehut", provider: "sourcehut", proof: .header("X-Payload-Signature"), kind: .ed25519),
        .init(description: "buddy", provider: "buddy", proof: .field("secret_key"), signsBody: false),
        .init(
            description: "slack", provider: "slack", proof: .header("X-Slack-Signature"), prefix: "v0=",
            signsTime: true),
        .init(
            description: "mattermost", provider: "mattermost", proof: .header("Authorization"),
            other: .field("token"), prefix: "Token ", signsBody: false),
        .init(
            description: "mattermost-body", provider: "mattermost", proof: .field("token"),
            other: .header("Authorization"), signsBody: false),
        .init(description: "rocketchat", provider: "rocketchat", proof: .field("token"), signsBody: false),
        .init(
            description: "discord", provider: "discord", proof: .header("X-Signature-Ed25519"), signsTime: true,
            kind: .ed25519),
        .init(
            description: "teams", provider: "teams", proof: .header("Authorization"), prefix: "HMAC ",
            kind: .secret(key)),
        .init(
            description: "googlechat", provider: "googlechat", settings: "audience: '1234567890'",
            proof: .header("Authorization"), prefix: "Bearer ", signsBody: false, signsTime: true, kind: .rsa),
        .init(
            description: "googlechat-url", provider: "googlechat",
            settings: "audience: https://bridge.example.com/chat",
            proof: .header("Authorization"), prefix: "Bearer ", signsBody: false, signsTime: true, kind: .rsa),
        .init(description: "zulip", provider: "zulip", proof: .field("token"), signsBody: false),
        .init(
            description: "standard-webhooks", provider: "standard-webhooks", proof: .header("webhook-signature"),
            prefix: "v1,", signsTime: true, isList: true, kind: .secret("whsec_" + key)),
        .init(
            description: "standard-webhooks-ed25519", provider: "standard-webhooks",
            proof: .header("webhook-signature"), prefix: "v1a,", signsTime: true, isList: true, kind: .ed25519),
        .init(description: "sentry", provider: "sentry", proof: .header("Sentry-Hook-Signature")),
        .init(
            description: "hmac", provider: "hmac", settings: "signature: {header: X-Signature}, dedupe: body",
            proof: .header("X-Signature")),
        .init(
            description: "hmac-timed", provider: "hmac",
            settings: """
                signature: {header: X-Signature, algorithm: sha512, key: base64, encoding: base64, prefix: 'v1=', \
                message: '{timestamp}.{id}.{body}'}, timestamp: {header: X-Time, unit: ms}, id: {header: X-Id}
                """, proof: .header("X-Signature"), prefix: "v1=", signsTime: true, kind: .secret(key)),
        .init(
            description: "token", provider: "token", settings: "header: X-Token", proof: .header("X-Token"),
            signsBody: false),
        .init(
            description: "token-bearer", provider: "token", settings: "header: Authorization",
            proof: .header("Authorization"), prefix: "Bearer ", signsBody: false),
    ]

    /// 24 bytes, `canary-base64-key-bytes!`, as base64.
    private static let key = "Y2FuYXJ5LWJhc2U2NC1rZXktYnl0ZXMh"

    /// The name of the variable with its secret.
    package var variable: String { "SENDER_" + description.uppercased().replacing("-", with: "_") }

    /// A key pair for who signs with one; the same for all of a run.
    package var privateKey: PrivateKey? {
        switch kind {
        case .secret: nil
        case .ed25519: Self.ed25519
        case .rsa: Self.rsa
        }
    }

    private static let ed25519 = PrivateKey.throwaway(.ed25519)
    private static let rsa = PrivateKey.throwaway(.rsa)

    /// What Google publishes, with our key in it.
    package static var publishedKeys: [UInt8] { WireJSON.encode([SigningKey.keyID: rsa.publicKey.pem]) }

    /// The source's line in `bridge.yaml`. Published keys are in the file `keys.json` beside it.
    package var yaml: String {
        let traits = ProviderCatalog.entry(provider).flatMap { try? $0.make(ProviderSettings()) }?.traits
        let proof =
            switch kind {
            case .secret: "secrets: [env:\(variable)]"
            case .ed25519:
                "public_keys: ['\(Self.ed25519.publicKey.text(as: traits?.publicKeyEncoding ?? .base64) ?? "")']"
            case .rsa: "keys: file:keys.json"
            }
        return "  \(description): {"
            + ["provider: \(provider)", proof, settings].filter { $0 != "" }
            .joined(separator: ", ") + "}\n"
    }

    /// The variables with all secrets.
    package static var environment: [String: String] {
        all.reduce(into: [:]) { environment, sender in
            if case .secret(let secret) = sender.kind { environment[sender.variable] = secret }
        }
    }

    /// A key of the same kind that is not the sender's.
    package var otherKey: SigningKey {
        switch kind {
        case .secret(let text):
            .secret(Secret(Self.other(than: text).utf8, reference: .environment("OTHER")) ?? .throwaway())
        case .ed25519: .privateKey(.throwaway(.ed25519))
        case .rsa: .privateKey(.throwaway(.rsa))
        }
    }

    /// Another text of the same form.
    private static func other(than text: String) -> String {
        text.hasPrefix("whsec_") ? "whsec_b3RoZXI=" : text == key ? "b3RoZXI=" : "other"
    }
}
