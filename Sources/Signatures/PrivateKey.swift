import COpenSSL

/// A key that signs samples as senders with key pairs do. The service itself holds one only while it signs as a GitHub
/// App.
package struct PrivateKey: Sendable {
    package enum Kind: Sendable {
        case ed25519, rsa
    }

    private let key: AsymmetricKey

    /// Ed25519 of a `whsk_` text (Standard Webhooks), or of 32 bytes as hexadecimal or base64; either kind of PEM
    /// (`openssl genpkey`). Nil for anything else.
    package init?(_ secret: Secret) {
        let text = secret.exposedText
        let seed: [UInt8]? =
            text.hasPrefix("whsk_")
            ? Base64.decode(Base64.padded(text.dropFirst(5))).map { Array($0.prefix(32)) }
            : Hex.decode(text) ?? Base64.decode(text)
        let key =
            if let seed, seed.count == 32 {
                AsymmetricKey(EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count))
            } else {
                AsymmetricKey.read(pem: Array(text.utf8)) { PEM_read_bio_PrivateKey($0, nil, nil, nil) }
            }
        guard let key, key.isRSA || key.isEd25519 else { return nil }
        self.key = key
    }

    private init(_ key: AsymmetricKey) { self.key = key }

    /// A key that nobody has had before.
    package static func throwaway(_ kind: Kind) -> PrivateKey {
        let made =
            switch kind {
            case .rsa: AsymmetricKey(copenssl_new_rsa_key(2048))
            case .ed25519: PrivateKey(.throwaway())?.key
            }
        guard let made else { preconditionFailure("OpenSSL could not make a key") }
        return PrivateKey(made)
    }

    package var kind: Kind { key.isRSA ? .rsa : .ed25519 }

    package var publicKey: PublicKey { PublicKey(of: key) }

    package func sign(_ message: [UInt8]) -> [UInt8] { key.sign(message) }
}

extension PrivateKey: CustomStringConvertible, CustomReflectable {
    package var description: String { "<private key>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
