import Foundation
package import Logging
import Synchronization

/// Secrets that must never come out again, and all that came out.
package final class Canary: Sendable {
    /// The values that tests use as secrets. Each holds a word that stands nowhere else.
    package static let github = "canary-github-7c1f"
    package static let slack = "canary-slack-93ab"
    package static let hmac = "canary-hmac-55d0"
    package static let token = "canary-token-e2e8"
    package static let gitHubToken = "canary-ghtoken-6a40"
    package static let admin = "canary-admin-1b6c"

    private let output = Mutex<[String]>([])

    package init() {}

    /// Keeps a log line, an answer or a page.
    package func saw(_ text: String) { output.withLock { $0.append(text) } }

    /// Everything kept in which a secret stands.
    package var leaks: [String] {
        // As text, and as base64.
        output.withLock { $0 }.filter { $0.contains("canary-") || $0.contains("Y2FuYXJ5") }
    }

    package var isEmpty: Bool { output.withLock { $0.isEmpty } }

    /// A logger whose lines, at every level, are kept.
    package var logger: Logger {
        var logger = Logger(label: "test") { _ in KeepingLogHandler(canary: self) }
        logger.logLevel = .trace
        return logger
    }

    package func lines(with text: String) -> [String] { output.withLock { $0 }.filter { $0.contains(text) } }
}

private struct KeepingLogHandler: LogHandler {
    let canary: Canary
    var metadata: Logger.Metadata = [:]
    var metadataProvider: Logger.MetadataProvider?
    var logLevel = Logger.Level.trace

    init(canary: Canary) { self.canary = canary }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let all = metadata.merging(event.metadata ?? [:]) { _, new in new }
        canary.saw("\(event.level) \(event.message) \(all) \(event.error.map { "\($0)" } ?? "")")
    }
}
