/// A hash function that senders sign with. Each provider fixes its own; it is never taken from what a caller sent.
package enum HashAlgorithm: String, Sendable, CaseIterable {
    case sha1, sha256, sha512

    /// The length of a digest, and so of a whole tag, in bytes.
    package var digestSize: Int {
        switch self {
        case .sha1: 20
        case .sha256: 32
        case .sha512: 64
        }
    }
}
