package import Signatures

/// What a source's senders are verified by.
package struct Credentials: Sendable {
    /// The newest first by custom.
    package var secrets: [Secret] = []
    package var publicKeys: [PublicKey] = []
    package var published: PublishedKeys?

    package init(secrets: [Secret] = [], publicKeys: [PublicKey] = [], published: PublishedKeys? = nil) {
        self.secrets = secrets
        self.publicKeys = publicKeys
        self.published = published
    }

    /// Whether nobody could be verified.
    package var isEmpty: Bool { secrets.isEmpty && publicKeys.isEmpty && published == nil }

    /// What each is called: by position, and where the operator keeps it, never by value.
    package var names: [CredentialName] {
        secrets.enumerated().map { CredentialName(position: $0, name: "\($1.reference)") }
            + publicKeys.enumerated().map { CredentialName(position: $0, name: $1.name) }
    }

    /// Credentials that nobody else knows, and what signs for them.
    static func throwaway(_ kind: Proving) -> (Credentials, SigningKey) {
        switch kind {
        case .secrets, .secretsOrPublicKeys:
            let secret = Secret.throwaway()
            return (Credentials(secrets: [secret]), .secret(secret))
        case .publicKeys:
            let key = PrivateKey.throwaway(.ed25519)
            return (Credentials(publicKeys: [key.publicKey]), .privateKey(key))
        case .publishedKeys:
            let key = PrivateKey.throwaway(.rsa)
            let published = PublishedKeys([SigningKey.keyID: key.publicKey])
            return (Credentials(published: published), .privateKey(key))
        }
    }
}

/// What an operator gives a source to verify its senders by.
package enum Proving: Sendable {
    case secrets, publicKeys, secretsOrPublicKeys
    /// Keys that the sender publishes and replaces by itself.
    case publishedKeys
}

/// Tells one of several live credentials from the others, without telling it.
package struct CredentialName: Sendable, Hashable, CustomStringConvertible {
    /// Among those of its kind, from 0.
    package var position: Int
    /// Where it is kept: `env:GITHUB_SECRET`; the beginning of a public key; the id of a published one.
    package var name: String

    package init(position: Int, name: String) {
        self.position = position
        self.name = name
    }

    package var description: String { "\(position) \(name)" }
}

/// What a sample is signed with. A key of the kind that a provider does not use signs nothing that verifies.
package enum SigningKey: Sendable {
    case secret(Secret)
    case privateKey(PrivateKey)

    /// The id under which a sample's published key is known.
    package static let keyID = "sample"

    var secret: Secret { if case .secret(let secret) = self { secret } else { .throwaway() } }

    func privateKey(_ kind: PrivateKey.Kind) -> PrivateKey {
        if case .privateKey(let key) = self, key.kind == kind { key } else { .throwaway(kind) }
    }
}
