package import Signatures
import Synchronization

/// Public keys that a sender publishes and replaces at will, by their ids: the ones known at the moment.
package final class PublishedKeys: Sendable {
    private let keys: Mutex<[String: PublicKey]>
    /// Rings when a key was asked for that is not known.
    package let missed = Bell()

    /// Where they are to be fetched. Nil for keys that stay as they are.
    package let url: String?

    package init(_ keys: [String: PublicKey]) {
        self.keys = Mutex(keys)
        url = nil
    }

    package init(url: String) {
        keys = Mutex([:])
        self.url = url
    }

    package func key(_ id: String) -> PublicKey? {
        let key = keys.withLock { $0[id] }
        if key == nil { missed.ring() }
        return key
    }

    package func replace(with keys: [String: PublicKey]) { self.keys.withLock { $0 = keys } }

    package var isEmpty: Bool { keys.withLock { $0.isEmpty } }

    /// Reads what Google publishes: a JSON object of key ids and PEM certificates. Nil when it holds no key.
    package static func read(_ json: [UInt8]) -> [String: PublicKey]? {
        guard let document = try? JSONDocument(json), document.root.isObject else { return nil }
        let keys = document.root.members.reduce(into: [String: PublicKey]()) { keys, member in
            keys[member.key] = member.value.scalar.flatMap { PublicKey(rsa: $0) }
        }
        return keys.isEmpty ? nil : keys
    }
}
