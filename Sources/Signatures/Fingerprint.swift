import COpenSSL

/// SHA-256 of bytes, for naming them: dedupe keys, the version of a rule file.
package enum Fingerprint {
    /// 64 lower-case hexadecimal digits.
    package static func sha256(_ bytes: some Collection<UInt8>) -> String {
        let input = Array(bytes)
        var digest = [UInt8](repeating: 0, count: HashAlgorithm.sha256.digestSize)
        var length: UInt32 = 0
        let done = EVP_Digest(input, input.count, &digest, &length, EVP_sha256(), nil)
        precondition(done == 1, "OpenSSL could not compute a digest")
        return Hex.encode(digest)
    }
}
