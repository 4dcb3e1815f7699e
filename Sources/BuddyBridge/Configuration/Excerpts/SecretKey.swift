import Bridge
import Signatures

/// Which keys have values that may be a secret, whether they are right, mistyped, or another program's.
enum SecretKey {
    private static let parts = [
        "secret", "token", "key", "passw", "pwd", "credential", "journal", "url", "uri", "dsn", "database", "signing",
        "bearer", "authoriz", "cookie", "private", "cert",
    ]
    private static let words = ["secret", "secrets", "token", "password", "journal", "private_key"]

    /// Keys of the file whose names only look like it.
    private static let harmless: Set = ["concurrency_key"]

    static func isOne(_ key: String) -> Bool {
        guard !harmless.contains(key) else { return false }
        // Nothing, or an escape: the key stands elsewhere or is written so that it is not seen.
        guard !key.isEmpty, !key.contains("\\") else { return true }
        let letters = key.lowercased().filter(\.isLetter)
        if parts.contains(where: letters.contains) { return true }
        return !ConfigKeys.all.contains(key) && Suggestion.nearest(to: key.lowercased(), among: words) != nil
    }

    /// Keys of maps: a text that stands there was meant to be in them.
    private static let ofMaps = Set(ConfigFiles.sections + ["workspaces", "signature", "catch_up", "app"])

    /// Whether a value that stands here in the file is no secret, whatever it is.
    static func isHarmless(_ key: String) -> Bool {
        ConfigKeys.all.contains(key) && !ofMaps.contains(key) && !isOne(key)
    }

    /// How a key of HMAC may stand for its bytes: `key: text` is no secret.
    static let encodings = KeyEncoding.allCases.map(\.rawValue)

    /// `env:NAME` or `file:PATH`, and nothing that only begins so.
    static func isReference(_ value: String) -> Bool {
        switch SecretReference(value) {
        case .environment(let name):
            return name.utf8.first.map { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } == true
                && name.unicodeScalars.allSatisfy {
                    $0 == "_" || $0.isASCII && ($0.properties.isAlphabetic || $0.properties.numericType != nil)
                }
        case .file(let path): return !path.contains(where: \.isWhitespace)
        case nil: return false
        }
    }
}
