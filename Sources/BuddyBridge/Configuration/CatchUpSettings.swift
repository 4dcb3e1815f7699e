import AsyncHTTPClient
import Bridge
import GitHubAPI
import Signatures

/// `catch_up`: a webhook at GitHub whose failed deliveries are asked for again.
struct CatchUpSettings: Equatable {
    enum Credential: Equatable {
        case token(SecretReference)
        case app(id: String, key: SecretReference)
    }

    /// The name of the source that the webhook delivers to.
    var source: String
    var hook: GitHubHook
    var url = "https://api.github.com"
    var credential: Credential
    /// How far back.
    var since = Self.standard.since
    /// Redeliveries asked for at one time.
    var most = Self.standard.most

    private static let standard = CatchUp.Rules()

    /// GitHub keeps deliveries for 3 days.
    static let longest = Duration.seconds(3 * 86_400)

    /// Whether both are the same webhook. `app` is another one for another app.
    func isSame(as other: CatchUpSettings) -> Bool {
        url == other.url && hook == other.hook && (!hook.isApp || credential == other.credential)
    }

    var rules: CatchUp.Rules {
        var rules = CatchUp.Rules()
        rules.since = since
        rules.most = most
        return rules
    }

    /// - Parameter http: one that follows no redirects.
    func catchUp(
        _ rules: CatchUp.Rules, http: HTTPClient, journal: any SenderIDs, secrets: SecretReader
    ) -> CatchUp {
        let api = GitHubAPI(http: http, base: url, hook: hook) { [credential] in
            // Read for each call: a token that was replaced takes hold at once.
            try? credential.read(secrets)
        }
        return CatchUp(source: source, log: api, journal: journal, rules: rules)
    }
}

extension CatchUpSettings.Credential {
    func read(_ secrets: SecretReader) throws(SecretReader.Unreadable) -> GitHubCredential {
        switch self {
        case .token(let reference): return .token(try secrets.read(reference))
        case .app(let id, let reference):
            guard let key = PrivateKey(try secrets.read(reference)), key.kind == .rsa else {
                throw SecretReader.Unreadable(message: "\(reference) is no private key of RSA")
            }
            return .app(id: id, key: key)
        }
    }
}
