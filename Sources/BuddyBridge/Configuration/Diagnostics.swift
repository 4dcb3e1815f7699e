import Yams

/// What is wrong with one file of a configuration, with places. What the files of one configuration say is one list.
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
        /// The line of the file and a caret under the column. Empty where that is not there, or may not be shown.
        var excerpt: [String] = []

        /// All of it: one line, or three.
        var text: String { ([description] + excerpt).joined(separator: "\n") }

        /// One line.
        var description: String {
            let place = line > 0 ? "\(file):\(line):\(column)" : file
            return "\(place): \(severity.rawValue): \(message)"
        }
    }

    /// What all files of a configuration say.
    private final class List {
        var all: [(file: Int, diagnostic: Diagnostic)] = []
        var files = 0
    }

    /// As it is named in messages.
    let file: String
    /// What the file holds, once it is read.
    var text: String?
    private lazy var lines = ConfigText(text ?? "")
    private let number: Int
    private let list: List

    /// - Parameter file: as it is to be named in messages.
    convenience init(file: String) { self.init(file: file, List()) }

    private init(file: String, _ list: List) {
        self.file = file
        self.list = list
        number = list.files
        list.files += 1
    }

    /// For another file of the same configuration. Files are told of in the order in which this was called.
    func of(file: String) -> Diagnostics { Diagnostics(file: file, list) }

    func error(_ message: String, at mark: Mark?, didYouMean suggestion: String? = nil) {
        let message = message + (suggestion.map { "; did you mean '\($0)'?" } ?? "")
        add(.error, message, mark?.line ?? 0, mark?.column ?? 0)
    }

    func error(_ message: String, line: Int, column: Int) { add(.error, message, line, column) }

    func warning(_ message: String, at mark: Mark?) {
        add(.warning, message, mark?.line ?? 0, mark?.column ?? 0)
    }

    private func add(_ severity: Diagnostic.Severity, _ message: String, _ line: Int, _ column: Int) {
        list.all.append((number, diagnostic(severity, message, line, column)))
    }

    /// One that is not among those of the file.
    func diagnostic(
        _ severity: Diagnostic.Severity, _ message: String, _ line: Int, _ column: Int
    ) -> Diagnostic {
        var diagnostic = Diagnostic(file: file, line: line, column: column, severity: severity, message: message)
        if text != nil, let shown = lines[line] { diagnostic.excerpt = Excerpt.lines(shown, column: column) }
        return diagnostic
    }

    /// Those of all files, in the order of the files.
    var sorted: [Diagnostic] {
        list.all.sorted {
            ($0.file, $0.diagnostic.line, $0.diagnostic.column) < ($1.file, $1.diagnostic.line, $1.diagnostic.column)
        }.map(\.diagnostic)
    }

    /// How many there are by now, of all files.
    var count: Int { list.all.count }

    /// Whether there is one in any file.
    var hasErrors: Bool { list.all.contains { $0.diagnostic.severity == .error } }
}

/// A configuration that cannot be used.
struct InvalidConfiguration: Error, CustomStringConvertible {
    var diagnostics: [Diagnostics.Diagnostic]
    /// ``Configuration/filesRead``, as far as it was read.
    var filesRead: [String: String] = [:]

    var description: String { diagnostics.map(\.text).joined(separator: "\n") }
}
