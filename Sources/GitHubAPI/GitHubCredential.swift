import Bridge
import FoundationEssentials
package import Signatures

/// Who asks GitHub.
package enum GitHubCredential: Sendable {
    /// A user's or an installation's.
    case token(Secret)
    /// An app itself, by its id, or its client id, and its private key, of RSA.
    case app(id: String, key: PrivateKey)

    /// What stands after `Bearer`. Never to be logged.
    func bearer(at time: Date) -> String {
        switch self {
        case .token(let secret): secret.exposedText
        case .app(let id, let key): JSONWebToken.sign(AppClaims(app: id, at: time), with: key)
        }
    }
}

/// docs.github.com, "Generating a JSON Web Token (JWT) for a GitHub App".
private struct AppClaims: Encodable {
    /// A minute ago: GitHub's clock may be behind ours.
    var iat: Int
    /// At most 10 minutes after that.
    var exp: Int
    var iss: String

    init(app: String, at time: Date) {
        iat = Int(time.timeIntervalSince1970) - 60
        exp = iat + 600
        iss = app
    }
}
