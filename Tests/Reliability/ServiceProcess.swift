import Foundation
import Glibc

/// How to start `buddy-bridge serve`.
struct Launch: Sendable {
    /// Built beside this command.
    static let binary = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        .deletingLastPathComponent().appendingPathComponent("buddy-bridge")

    var config: URL
    var environment: [String: String]
    /// A program, with arguments, that starts the one that is named after them, in its own place.
    var wrapper: [String] = []
}

/// A `serve` process. Its log is kept in a file of its own.
final class ServiceProcess: Sendable {
    struct Ports: Sendable {
        var listener: Int
        var admin: Int
    }

    private let process: Process
    private let log: URL

    init(_ launch: Launch, log: URL, killAt: String? = nil) throws {
        let process = Process()
        let words = launch.wrapper + [Launch.binary.path, "serve", "--config", launch.config.path]
        process.executableURL = URL(fileURLWithPath: words[0])
        process.arguments = Array(words.dropFirst())
        var environment = launch.environment
        environment["BUDDY_BRIDGE_KILL_AT"] = killAt
        process.environment = environment
        try Data().write(to: log)
        let handle = try FileHandle(forWritingTo: log)
        defer { try? handle.close() }
        process.standardError = handle
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        Brood.add(process.processIdentifier)
        self.process = process
        self.log = log
    }

    /// A scenario that breaks off leaves no process behind.
    deinit {
        if process.isRunning { Glibc.kill(process.processIdentifier, SIGKILL) }
        Brood.remove(process.processIdentifier)
    }

    var isRunning: Bool { process.isRunning }

    var identifier: Int32 { process.processIdentifier }

    /// Where it listens. Nil when it ended before, or took longer than 30 s.
    func ports() async throws -> Ports? {
        struct Line: Decodable {
            var message: String
            var port: String?
            var admin_port: String?
        }
        for _ in 0..<3000 {
            let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            for line in text.split(separator: "\n") where line.contains("Listening") {
                if let found = try? JSONDecoder().decode(Line.self, from: Data(line.utf8)),
                    found.message == "Listening",
                    let listener = found.port.flatMap({ Int($0) }), let admin = found.admin_port.flatMap({ Int($0) })
                {
                    return Ports(listener: listener, admin: admin)
                }
            }
            guard isRunning else { return nil }
            try await Task.sleep(for: .milliseconds(10))
        }
        return nil
    }

    /// `kill -9`: as a power cut, but for the disk. Returns when it is gone.
    func kill() async {
        Glibc.kill(process.processIdentifier, SIGKILL)
        // A process that is killed is gone soon, even where this task is cancelled.
        for _ in 0..<1000 where isRunning { usleep(5000) }
        if !isRunning { Brood.remove(process.processIdentifier) }
    }

    /// Whether SIGKILL ended it.
    var wasKilled: Bool { !isRunning && process.terminationReason == .uncaughtSignal && process.terminationStatus == 9 }

    /// The last lines that it logged.
    var lastWords: String {
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(3).joined(separator: " | ")
    }
}
