import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

/// developers.google.com/workspace/chat/verify-requests-from-chat; RFC 8725 for what goes wrong with such tokens.
@Suite("Google Chat's tokens")
struct GoogleChatTokenTests {
    private static let account = "chat@system.gserviceaccount.com"
    private static let url = "https://bridge.example/hooks/google"
    private let key = PrivateKey.throwaway(.rsa)

    private struct Claims: Encodable {
        var iss: String? = account
        var aud: String? = "1234567890"
        var iat: Double? = 1_800_000_000
        var nbf: Double?
        var exp: Double? = 1_800_003_600
        var email: String?
        var email_verified: Bool?

        static let url = Claims(
            iss: "https://accounts.google.com", aud: GoogleChatTokenTests.url, email: account, email_verified: true)
    }

    private func prove(_ token: String, audience: String = "1234567890", scheme: String = "Bearer") throws {
        let request = Request(
            [("Content-Type", "application/json"), ("Authorization", "\(scheme) \(token)")], #"{"type":"X"}"#.utf8)
        let credentials = Credentials(published: PublishedKeys(["k1": key.publicKey]))
        _ = try GoogleChat.of(audience).event(request, by: credentials)
    }

    private func token(_ claims: Claims = Claims(), keyID: String = "k1") -> String {
        JSONWebToken.sign(claims, keyID: keyID, with: key)
    }

    @Test("Right ones prove, for a project and for a URL")
    func right() throws {
        try prove(token())
        try prove(token(), scheme: "bearer")
        try prove(token(.url), audience: Self.url)
        var short = Claims.url
        short.iss = "accounts.google.com"
        try prove(token(short), audience: Self.url)
    }

    /// PyJWT 2.15.1: `jwt.encode({"iss": …, "aud": "1234567890", "iat": 1800000000, "exp": 1800003600}, key,
    /// algorithm="RS256", headers={"kid": "pyjwt"})`.
    @Test("One that PyJWT made proves")
    func pyJWT() throws {
        let credentials = Credentials(
            published: PublishedKeys(["pyjwt": try #require(PublicKey(rsa: Self.pyJWTKey))]))
        let request = Request(
            [("Content-Type", "application/json"), ("Authorization", "Bearer \(Self.pyJWTToken)")],
            #"{"type":"X"}"#.utf8)
        #expect(try GoogleChat.of("1234567890").event(request, by: credentials).name == "X")
    }

    @Test("A claim that is not what it must be is named, for a project")
    func claimsOfProject() {
        let table: [(WritableKeyPath<Claims, String?>, String?, String)] = [
            (\.iss, "https://accounts.google.com", "iss"), (\.iss, nil, "iss"), (\.iss, "evil@x", "iss"),
            (\.aud, "123456789", "aud"), (\.aud, nil, "aud"), (\.aud, Self.url, "aud"),
        ]
        for (path, value, name) in table {
            var claims = Claims()
            claims[keyPath: path] = value
            #expect(throws: VerificationFailure.wrongClaim(name)) { try prove(token(claims)) }
        }
    }

    @Test("And for a URL, where anybody can have Google make a token for it")
    func claimsOfURL() {
        let table: [(WritableKeyPath<Claims, String?>, String?, String)] = [
            (\.iss, Self.account, "iss"), (\.aud, Self.url + "/", "aud"), (\.email, nil, "email"),
            (\.email, "mallory@gmail.com", "email"),
        ]
        for (path, value, name) in table {
            var claims = Claims.url
            claims[keyPath: path] = value
            #expect(throws: VerificationFailure.wrongClaim(name)) { try prove(token(claims), audience: Self.url) }
        }
        for verified in [false, nil] as [Bool?] {
            var claims = Claims.url
            claims.email_verified = verified
            #expect(throws: VerificationFailure.wrongClaim("email_verified")) {
                try prove(token(claims), audience: Self.url)
            }
        }
    }

    @Test("Times are checked with the tolerance")
    func times() throws {
        func claims(_ change: (inout Claims) -> Void) -> String {
            var claims = Claims()
            change(&claims)
            return token(claims)
        }
        try prove(claims { $0.exp = 1_799_999_700 })
        try prove(claims { $0.iat = 1_800_000_300 })
        #expect(throws: VerificationFailure.staleTimestamp(seconds: -301)) {
            try prove(claims { $0.exp = 1_799_999_699 })
        }
        #expect(throws: VerificationFailure.staleTimestamp(seconds: 301)) {
            try prove(claims { $0.iat = 1_800_000_301 })
        }
        #expect(throws: VerificationFailure.staleTimestamp(seconds: 301)) {
            try prove(claims { $0.nbf = 1_800_000_301 })
        }
        #expect(throws: VerificationFailure.wrongClaim("exp")) { try prove(claims { $0.exp = nil }) }
    }

    private func forged(_ head: String, signature: (String) throws -> [UInt8]) rethrows -> String {
        let signed = Base64.encodeURL(Array(head.utf8)) + "." + Base64.encodeURL(WireJSON.encode(Claims()))
        return signed + "." + Base64.encodeURL(try signature(signed))
    }

    @Test("No other algorithm is read")
    func algorithms() throws {
        let none = forged(#"{"alg":"none","kid":"k1"}"#) { _ in [] }
        // The public key is public: an HMAC under its text is what anybody can make.
        let pem = try #require(Secret(key.publicKey.pem.utf8, reference: .environment("PEM")))
        let confused = try forged(#"{"alg":"HS256","kid":"k1"}"#) {
            try #require(Base64.decode(Tag(.sha256, of: Array($0.utf8), key: pem).base64))
        }
        let confusedKey = try forged(#"{"alg":"RS256","kid":"k1"}"#) {
            try #require(Base64.decode(Tag(.sha256, of: Array($0.utf8), key: pem).base64))
        }
        let critical = forged(#"{"alg":"RS256","kid":"k1","crit":["b64"]}"#) { key.sign(Array($0.utf8)) }
        for token in [none, confused, critical] {
            #expect(throws: VerificationFailure.malformedHeader("Authorization")) { try prove(token) }
        }
        #expect(throws: VerificationFailure.mismatch) { try prove(confusedKey) }
    }

    @Test("A key that is not known, and one that is another's, prove nothing")
    func keys() {
        #expect(throws: VerificationFailure.unknownKey) { try prove(token(keyID: "k2")) }
        let other = JSONWebToken.sign(Claims(), keyID: "k1", with: .throwaway(.rsa))
        #expect(throws: VerificationFailure.mismatch) { try prove(other) }
    }

    @Test("A changed token proves nothing")
    func changed() throws {
        let parts = token().split(separator: ".").map(String.init)
        var signature = try #require(Base64.decodeURL(parts[2]))
        signature[7] ^= 1
        #expect(throws: VerificationFailure.mismatch) {
            try prove("\(parts[0]).\(parts[1]).\(Base64.encodeURL(signature))")
        }
        #expect(throws: VerificationFailure.mismatch) { try prove("\(parts[0]).\(parts[1]).") }
        var later = Claims()
        later.exp = 1_900_000_000
        let swapped = Base64.encodeURL(WireJSON.encode(later))
        #expect(throws: VerificationFailure.mismatch) { try prove("\(parts[0]).\(swapped).\(parts[2])") }
    }

    @Test("What is no token is refused before the body is read")
    func noToken() {
        let whole = token()
        for text in ["x", "a.b", "\(whole).AAAA", "\(whole)=", " \(whole) x", "a.b.c"] {
            #expect(throws: VerificationFailure.malformedHeader("Authorization")) { try prove(text) }
        }
        #expect(throws: VerificationFailure.malformedHeader("Authorization")) { try prove(whole, scheme: "Basic") }
        #expect(throws: VerificationFailure.missingHeader("Authorization")) {
            try GoogleChat.of("1").claim(in: Request([], []).head, tolerance: .seconds(300))
        }
    }

    @Test("Each audience has its keys")
    func audiences() throws {
        let project = try GoogleChat.of("1234567890").traits
        #expect(
            project.publishedKeysURL
                == "https://www.googleapis.com/service_accounts/v1/metadata/x509/chat@system.gserviceaccount.com")
        #expect(try GoogleChat.of(Self.url).traits.publishedKeysURL == "https://www.googleapis.com/oauth2/v1/certs")
        #expect(project.dedupe == .id)
    }

    @Test("Without an audience there is no such source", arguments: [nil, "", "http://x", "https://", "12a", "１２"])
    func noAudience(_ audience: String?) {
        let error = #expect(throws: ProviderSettings.Invalid.self) { try GoogleChat.of(audience) }
        #expect(error?.key == "audience")
    }

    private static let pyJWTKey = """
        -----BEGIN PUBLIC KEY-----
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAuyr9LDBFHM/Y2ZeIL0aK
        wejUi3iwFaHzNYijFJEh/j/a1h+2SheCBVgGUd3t7qJ4i/s6bo6SqkaVdPM7pnHw
        4jbdAoyNOvnyUJ/PMrdX2KIviATTUAwAur0yr/kGztOIeea9v8Hc5G1V7QKjIpWa
        S6FzVxXK4lm4BCWvst/LL32/SD8IuoNpZbNXIMpvhmsZu/SfOUnCSu1NcGbP2t8X
        s19JiSp1TW4ewzid//kQMjymnGwiJTiShayQKIv/79nDea6sfg61cYnsCtuf4+yk
        eDGYc6p2rcvs1TtyYnUFPGZDl03gpQ3bAII1BadMsyLJu+sGLJ1KKHXQXf0Whs9B
        EwIDAQAB
        -----END PUBLIC KEY-----
        """
    private static let pyJWTToken = [
        "eyJhbGciOiJSUzI1NiIsImtpZCI6InB5and0IiwidHlwIjoiSldUIn0",
        "eyJpc3MiOiJjaGF0QHN5c3RlbS5nc2VydmljZWFjY291bnQuY29tIiwiYXVkIjoiMTIzNDU2Nzg5MCIsImlhdCI6MTgwMDAwMDAwMCwiZXhwIjoxODAwMDAzNjAwfQ",
        "cuRp7YYdBPpZfUjNyyjcJeZm_OEcExoNJKLiQxx5jfSM2W8wWuVHzIMSGa-dmZ2e4og7rtG8reaN9lpWw3D0wKodTODR2qTwI2zw1dvnoUDbmkDMjJUZr8dtSGPZSo38JKigodURt7rxVU-CqD66Bb9wvDfJFsQSXm40f3jzNiDi1iaRh4OpxfJU_PyxodFk4pSBBTp7gkpslp8m9OSOAriIv9gJQ1lYRmD4zoKkHth2Yujj3Qc9MaLNQY8KvFIOhKT2HKmKT9VnWIx1gtRQkI5h2X9yV90BdXayBPxTqKYxjqcizkzZcRsY0lXvNMFkdz9fFEmM9ihdkxcds5S68g",
    ].joined(separator: ".")
}
