import COpenSSL

/// A key that verifies and cannot sign: Ed25519 (RFC 8032), or RSA with SHA-256 (RS256 of RFC 7518).
package struct PublicKey: Sendable {
    /// How the text of an Ed25519 key stands for its 32 bytes.
    package enum Encoding: String, Sendable {
        case hex, base64
        /// Standard Webhooks: base64 after `whpk_`.
        case whpk
    }

    private let key: AsymmetricKey

    /// An Ed25519 key. Nil when the text is not exactly 32 bytes in that encoding, or no point of the curve.
    package init?(ed25519 text: some StringProtocol, as encoding: Encoding) {
        let bytes: [UInt8]? =
            switch encoding {
            case .hex: Hex.decode(text)
            case .base64: Base64.decode(text)
            case .whpk: text.hasPrefix("whpk_") ? Base64.decode(Base64.padded(text.dropFirst(5))) : nil
            }
        guard let bytes, bytes.count == 32,
            let key = AsymmetricKey(EVP_PKEY_new_raw_public_key_ex(nil, "ED25519", nil, bytes, bytes.count))
        else { return nil }
        self.key = key
    }

    /// An RSA key of 2048 bits or more, of the PEM text of a certificate or of the key itself. Nil for anything else.
    ///
    /// A certificate is a vessel here: whether its key is to be trusted is told by where it came from.
    package init?(rsa pem: String) {
        let text = Array(pem.utf8)
        let fromCertificate = AsymmetricKey.read(pem: text) { file in
            guard let certificate = PEM_read_bio_X509(file, nil, nil, nil) else { return nil }
            defer { X509_free(certificate) }
            return X509_get_pubkey(certificate)
        }
        let key = fromCertificate ?? AsymmetricKey.read(pem: text) { PEM_read_bio_PUBKEY($0, nil, nil, nil) }
        guard let key, key.isRSA, key.size >= 2048 else { return nil }
        self.key = key
    }

    init(of key: AsymmetricKey) { self.key = key }

    /// Tells it from others: `public_keys` and its first bytes.
    package var name: String { "public_keys \(Hex.encode((key.rawPublicKey ?? []).prefix(4)))…" }

    /// Whether the signature is this key's, of exactly these bytes.
    package func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        key.verifies(signature, of: message)
    }

    /// An Ed25519 key as its senders write it. Nil for RSA.
    package func text(as encoding: Encoding) -> String? {
        key.rawPublicKey.map { bytes in
            switch encoding {
            case .hex: Hex.encode(bytes)
            case .base64: Base64.encode(bytes)
            case .whpk: "whpk_" + Base64.encode(bytes)
            }
        }
    }

    /// The PEM text of the key.
    package var pem: String { key.publicPEM ?? "" }
}
