import Foundation
import Signatures

/// Reads secrets from where the configuration says they are.
struct SecretReader: Sendable {
    var environment: [String: String]
    /// The folder of the configuration file: what relative paths are relative to.
    var folder: String
    /// Told what is read from files. Nil where nobody wants to know.
    var filesRead: FilesRead?

    /// Why a secret cannot be read. Never holds any of it.
    struct Unreadable: Error {
        var message: String
    }

    func read(_ reference: SecretReference) throws(Unreadable) -> Secret {
        let value: [UInt8]
        switch reference {
        case .environment(let name):
            guard let text = environment[name] else { throw Unreadable(message: "the variable \(name) is not set") }
            value = Array(text.utf8)
        case .file(let path):
            let data = FileManager.default.contents(atPath: absolute(path))
            filesRead?.note(absolute(path), data)
            guard let data else {
                throw Unreadable(message: "the file \(path) cannot be read")
            }
            value = Array(data)
        }
        guard let secret = Secret(value, reference: reference) else {
            throw Unreadable(message: "\(reference) is empty")
        }
        return secret
    }

    func absolute(_ path: String) -> String { path.hasPrefix("/") ? path : folder + "/" + path }
}
