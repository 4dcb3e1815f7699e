import Foundation
import Glibc
import Logging

/// Where and how the process logs.
enum LogSetup {
    /// A logger as the configuration wants it: text where a person looks on, JSON elsewhere.
    static func logger(_ log: Configuration.Log) -> Logger {
        let isTerminal = isatty(STDERR_FILENO) == 1
        let format = log.format ?? (isTerminal ? .text : .json)
        var logger = Logger(label: "buddy-bridge") { label in
            switch format {
            case .text: StreamLogHandler.standardError(label: label)
            case .json: JSONLogHandler(label: label)
            }
        }
        logger.logLevel = Logger.Level(rawValue: log.level) ?? .info
        return logger
    }
}
