import FoundationEssentials
import Signatures

/// What a token of Google Chat's must say: developers.google.com/workspace/chat/verify-requests-from-chat. What it says
/// is public, so it is compared as it is; only its signature proves it.
struct GoogleChatToken: Sendable {
    private enum Kind {
        /// For the app's project: signed by Google Chat itself.
        case projectNumber
        /// For the app's URL: an OpenID Connect token of Google's, made for Google Chat's account.
        case url
    }

    private static let account = "chat@system.gserviceaccount.com"

    private let kind: Kind
    private let audience: String

    init(audience: String) throws(ProviderSettings.Invalid) {
        self.audience = audience
        if !audience.isEmpty, audience.utf8.allSatisfy({ (48...57).contains($0) }) {
            kind = .projectNumber
        } else if audience.hasPrefix("https://"), audience.utf8.count > 8 {
            kind = .url
        } else {
            throw .init(
                key: "audience",
                message: "a 'googlechat' source needs 'audience': the number of the app's project, or its https URL")
        }
    }

    var keysURL: String {
        switch kind {
        case .projectNumber: "https://www.googleapis.com/service_accounts/v1/metadata/x509/\(Self.account)"
        case .url: "https://www.googleapis.com/oauth2/v1/certs"
        }
    }

    private var issuers: [String] {
        switch kind {
        case .projectNumber: [Self.account]
        case .url: ["https://accounts.google.com", "accounts.google.com"]
        }
    }

    /// Checks all but the signature, for which the body need not be there either.
    func check(_ token: JSONWebToken, now: Date, leeway: Duration) throws(VerificationFailure) {
        guard let issuer = token.claim("iss"), issuers.contains(issuer) else { throw .wrongClaim("iss") }
        guard token.claim("aud") == audience else { throw .wrongClaim("aud") }
        if case .url = kind {
            // Anybody can have Google make a token for any audience: only the account tells that it was Google Chat
            // (CVE-2026-40109).
            guard token.claim("email") == Self.account else { throw .wrongClaim("email") }
            guard token.claim("email_verified") == "true" else { throw .wrongClaim("email_verified") }
        }
        try token.checkTimes(now: now, leeway: leeway)
    }

    /// A token as Google would make it, for samples.
    func sign(with key: PrivateKey, at time: Date) -> String {
        struct Claims: Encodable {
            var iss: String
            var aud: String
            var iat: Int64
            var exp: Int64
            var email: String?
            var email_verified: Bool?
        }
        let seconds = Int64(time.timeIntervalSince1970)
        var claims = Claims(iss: issuers[0], aud: audience, iat: seconds, exp: seconds + 3600)
        if case .url = kind {
            claims.email = Self.account
            claims.email_verified = true
        }
        return JSONWebToken.sign(claims, keyID: SigningKey.keyID, with: key)
    }
}
