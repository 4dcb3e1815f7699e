import Yams

/// What is wrong with a configuration file, all of it, with places.
final class Diagnostics {
    struct Diagnostic: Sendable, CustomStringConvertible {
        enum Severity: String, Sendable {
            case error, warning
        }

        var file: String
        /// Both from 1; 0 where there is no place.
        var line: Int
        var column: Int
        var severity: Severity
        var message: String

        var description: String {
            let place = line > 0 ? "\(file):\(line):\(column)" : file
            return "\(place): \(severity.rawValue): \(message)"
        }
    }

    let file: String
    private(set) var all: [Diagnostic] = []

    /// - Parameter file: as it is to be named in messages.
    init(file: String) { self.file = file }

    func error(_ message: String, at mark: Mark?, didYouMean suggestion: String? = nil) {
        add(.error, message + (suggestion.map { "; did you mean '\($0)'?" } ?? ""), mark)
    }

    func warning(_ message: String, at mark: Mark?) { add(.warning, message, mark) }

    private func add(_ severity: Diagnostic.Severity, _ message: String, _ mark: Mark?) {
        all.append(diagnostic(severity, message, at: mark))
    }

    /// One that is not among those of the file.
    func diagnostic(_ severity: Diagnostic.Severity, _ message: String, at mark: Mark?) -> Diagnostic {
        Diagnostic(file: file, line: mark?.line ?? 0, column: mark?.column ?? 0, severity: severity, message: message)
    }

    /// In the order of the file.
    var sorted: [Diagnostic] { all.sorted { ($0.line, $0.column) < ($1.line, $1.column) } }

    var hasErrors: Bool { all.contains { $0.severity == .error } }
}

/// A configuration that cannot be used.
struct InvalidConfiguration: Error, CustomStringConvertible {
    var diagnostics: [Diagnostics.Diagnostic]

    var description: String { diagnostics.map(\.description).joined(separator: "\n") }
}
