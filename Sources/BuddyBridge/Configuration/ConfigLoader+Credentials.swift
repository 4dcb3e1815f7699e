import Bridge
import Foundation
import Signatures

/// What a source's senders are verified by: `secrets`, `public_keys`, `keys`.
extension ConfigLoader {
    /// Nil after a report: no source is without credentials.
    func loadCredentials(_ map: ConfigMapping, _ name: String, _ traits: ProviderTraits) -> Credentials? {
        switch traits.provenBy {
        case .secrets:
            return loadSecrets(map, name, traits.secretEncodings).map { Credentials(secrets: $0) }
        case .publicKeys:
            return loadPublicKeys(map, name, traits.publicKeyEncoding).map { Credentials(publicKeys: $0) }
        case .publishedKeys:
            return loadPublishedKeys(map, traits.publishedKeysURL ?? "").map { Credentials(published: $0) }
        case .secretsOrPublicKeys:
            guard map["secrets"] != nil || map["public_keys"] != nil else {
                map.node.error("the source '\(name)' needs 'secrets' or 'public_keys': nobody could be verified")
                return nil
            }
            let secrets = map["secrets"].map { _ in loadSecrets(map, name, traits.secretEncodings) } ?? []
            let keys = map["public_keys"].map { _ in loadPublicKeys(map, name, traits.publicKeyEncoding) } ?? []
            guard let secrets, let keys else { return nil }
            return Credentials(secrets: secrets, publicKeys: keys)
        }
    }

    func loadSecrets(_ map: ConfigMapping, _ name: String, _ encodings: [KeyEncoding]) -> [Secret]? {
        let what = "the source '\(name)'"
        guard let node = map.required("secrets", in: what) else { return nil }
        let isNeeded = needs == .all || needs == .of(source: name)
        let elements = node.elements()
        if elements.isEmpty { node.error("'secrets' is empty: nobody could be verified") }
        let secrets = elements.compactMap { element -> Secret? in
            guard let secret = secret(element, "a secret of \(what)", isNeeded: isNeeded) else { return nil }
            if !encodings.contains(where: { secret.decoded(as: $0) != nil }) {
                element.error(
                    "a secret of \(what) is not \(Self.form(of: encodings)): its sender could not sign with it")
            }
            return secret
        }
        return secrets.count == elements.count && !secrets.isEmpty ? secrets : nil
    }

    private static func form(of encodings: [KeyEncoding]) -> String {
        switch encodings.first {
        case .base64: "base64"
        case .hex: "hexadecimal"
        case .signingToken, .whsec: "base64 after 'whsec_'"
        default: "text"
        }
    }

    private func loadPublicKeys(
        _ map: ConfigMapping, _ name: String, _ encoding: PublicKey.Encoding
    ) -> [PublicKey]? {
        guard let node = map.required("public_keys", in: "the source '\(name)'") else { return nil }
        let elements = node.elements()
        if elements.isEmpty { node.error("'public_keys' is empty: nobody could be verified") }
        let keys = elements.compactMap { element -> PublicKey? in
            guard let text = element.text("a public key") else { return nil }
            guard let key = PublicKey(ed25519: text, as: encoding) else {
                element.error("a public key here is 32 bytes of Ed25519, \(Self.form(of: encoding))")
                return nil
            }
            return key
        }
        return keys.count == elements.count && !keys.isEmpty ? keys : nil
    }

    private static func form(of encoding: PublicKey.Encoding) -> String {
        switch encoding {
        case .hex: "as 64 hexadecimal digits"
        case .base64: "as base64"
        case .whpk: "as base64 after 'whpk_'"
        }
    }

    /// `keys`: where the sender publishes its keys, if that is not where this kind of sender always does; or a file with
    /// them, for who fetches them otherwise.
    private func loadPublishedKeys(_ map: ConfigMapping, _ standard: String) -> PublishedKeys? {
        guard let node = map["keys"] else { return PublishedKeys(url: standard) }
        guard let text = node.text("'keys'") else { return nil }
        if text.hasPrefix("file:") {
            let path = String(text.dropFirst(5))
            let data = FileManager.default.contents(atPath: secrets.absolute(path))
            secrets.filesRead?.note(secrets.absolute(path), data)
            let keys = data.flatMap { PublishedKeys.read(Array($0)) }
            if keys == nil { node.error("'keys': the file \(path) is no JSON object of key ids and PEM certificates") }
            return keys.map { PublishedKeys($0) }
        }
        guard let url = URL(string: text), Self.isSafe(url), url.host() != nil else {
            node.error("'keys' is an https address, or file: and a path")
            return nil
        }
        return PublishedKeys(url: text)
    }
}
