import Signatures
import Synchronization

/// The files that a configuration was read from: what stood in each, as its SHA-256.
final class FilesRead: Sendable {
    private let digests = Mutex<[String: String]>([:])

    /// Of a file that is not there, or cannot be read.
    static let nothing = ""

    /// - Parameters:
    ///   - path: absolute.
    ///   - bytes: what was read from there. Nil when it could not be.
    func note(_ path: String, _ bytes: (some Collection<UInt8>)?) {
        let digest = bytes.map { Fingerprint.sha256($0) } ?? Self.nothing
        digests.withLock { $0[path] = digest }
    }

    /// By absolute path.
    var all: [String: String] { digests.withLock { $0 } }
}
