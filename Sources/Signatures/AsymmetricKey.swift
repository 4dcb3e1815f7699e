import COpenSSL

/// A key of OpenSSL's, freed with the last reference to it.
final class AsymmetricKey: Sendable {
    // OpenSSL lets threads use one key at once, as long as none changes it.
    private nonisolated(unsafe) let key: OpaquePointer

    /// Takes over what OpenSSL made. Nil when it made nothing.
    init?(_ key: OpaquePointer?) {
        // What went wrong stays in OpenSSL's queue for this thread, to be taken for somebody else's error.
        ERR_clear_error()
        guard let key else { return nil }
        self.key = key
    }

    deinit { EVP_PKEY_free(key) }

    /// Reads a PEM text with a function of OpenSSL's.
    static func read(pem: [UInt8], _ reader: (OpaquePointer?) -> OpaquePointer?) -> AsymmetricKey? {
        guard let file = BIO_new_mem_buf(pem, Int32(pem.count)) else { return nil }
        defer { BIO_free(file) }
        return AsymmetricKey(reader(file))
    }

    var isRSA: Bool { EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA }

    var isEd25519: Bool { EVP_PKEY_get_base_id(key) == EVP_PKEY_ED25519 }

    /// Bits of the key.
    var size: Int { Int(EVP_PKEY_get_bits(key)) }

    /// Ed25519 hashes by itself (RFC 8032); RSA signs a SHA-256 digest, PKCS #1 v1.5 (RFC 7518 §3.3).
    private var digest: OpaquePointer? { isRSA ? EVP_sha256() : nil }

    func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        guard let context = EVP_MD_CTX_new() else { return false }
        defer {
            EVP_MD_CTX_free(context)
            ERR_clear_error()
        }
        return EVP_DigestVerifyInit(context, nil, digest, nil, key) == 1
            && EVP_DigestVerify(context, signature, signature.count, message, message.count) == 1
    }

    func sign(_ message: [UInt8]) -> [UInt8] {
        let context = EVP_MD_CTX_new()
        defer { EVP_MD_CTX_free(context) }
        var length = Int(EVP_PKEY_get_size(key))
        var signature = [UInt8](repeating: 0, count: length)
        let done =
            EVP_DigestSignInit(context, nil, digest, nil, key) == 1
            && EVP_DigestSign(context, &signature, &length, message, message.count) == 1
        precondition(done, "OpenSSL could not sign")
        return Array(signature[..<length])
    }

    /// The 32 bytes of an Ed25519 key's public half.
    var rawPublicKey: [UInt8]? {
        var length = 32
        var bytes = [UInt8](repeating: 0, count: length)
        guard EVP_PKEY_get_raw_public_key(key, &bytes, &length) == 1 else { return nil }
        return bytes
    }

    /// The public half as PEM (SubjectPublicKeyInfo, RFC 5280 §4.1).
    var publicPEM: String? {
        guard let file = BIO_new(BIO_s_mem()) else { return nil }
        defer { BIO_free(file) }
        guard PEM_write_bio_PUBKEY(file, key) == 1 else { return nil }
        var text = [UInt8](repeating: 0, count: 8192)
        let length = BIO_read(file, &text, Int32(text.count))
        return String(decoding: text[..<Int(max(0, length))], as: UTF8.self)
    }
}
