import Dispatch
import Foundation
import Glibc
import TestSupport
import Testing

/// The built command, as a process of its own.
final class ServeProcess: Sendable {
    struct Result {
        var code: Int32
        var output: String
        var complaints: String
    }

    private let process: Process
    /// All that it logged.
    private let canary: Canary
    let ports: (listener: Int, admin: Int)

    /// Starts `serve` and waits until it listens.
    ///
    /// - Parameter onStart: is told the process, as soon as there is one.
    /// - Throws: when it ends instead.
    init(
        config: URL, environment: [String: String], largestFile: Int? = nil, onStart: (pid_t) -> Void = { _ in }
    ) async throws {
        let process = Process()
        process.executableURL = Self.binary
        process.arguments = ["serve", "--config", config.path]
        if let largestFile {
            // The soft limit only, so that it can be lifted; a write over it then fails instead of killing.
            process.executableURL = URL(fileURLWithPath: "/bin/bash")
            process.arguments = [
                "-c", "trap '' XFSZ; exec prlimit --fsize=\(largestFile):unlimited \"$0\" serve --config \"$1\"",
                Self.binary.path, config.path,
            ]
        }
        process.environment = environment
        let pipe = Pipe()
        process.standardError = pipe
        process.standardOutput = FileHandle.nullDevice
        let canary = Canary()
        self.canary = canary
        let (lines, continuation) = AsyncStream.makeStream(of: String.self)
        pipe.fileHandleForReading.readabilityHandler = { handle in
            let data = handle.availableData
            guard !data.isEmpty else {
                handle.readabilityHandler = nil
                return continuation.finish()
            }
            canary.saw(String(decoding: data, as: UTF8.self))
            for line in String(decoding: data, as: UTF8.self).split(separator: "\n") {
                continuation.yield(String(line))
            }
        }
        try process.run()
        onStart(process.processIdentifier)
        self.process = process
        var found: (Int, Int)?
        for await line in lines {
            guard let json = JSONValue(line), json.message == "Listening" else { continue }
            found = (Int(json.port.string ?? "") ?? 0, Int(json["admin_port"].string ?? "") ?? 0)
            break
        }
        ports = try #require(found, "serve ended before it listened")
    }

    /// Log lines in which a secret stands.
    var leaks: [String] { canary.leaks }

    /// A test that fails leaves no process behind.
    deinit { if process.isRunning { kill() } }

    /// `kill -9`: as a power cut, but for the disk.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Makes room on the disk, as it were.
    func lift() async throws {
        let prlimit = Process()
        prlimit.executableURL = URL(fileURLWithPath: "/usr/bin/prlimit")
        prlimit.arguments = ["--pid", "\(process.processIdentifier)", "--fsize=unlimited"]
        try prlimit.run()
        prlimit.waitUntilExit()
    }

    func terminate() { process.terminate() }

    func hangUp() { Glibc.kill(process.processIdentifier, SIGHUP) }

    func lines(with text: String) -> [String] { canary.lines(with: text) }

    /// Waits for something that it logs; the test's time limit is the bound.
    func waitForLine(with text: String) async throws {
        while canary.lines(with: text).isEmpty { try await Task.sleep(for: .milliseconds(10)) }
    }

    /// Memory that it holds now, in bytes.
    func residentBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") })
        return try #require(Int(line.split(separator: " ").dropLast().last ?? "")) * 1024
    }

    /// Waits for the end on a thread of its own.
    func exitCode() async -> Int32 {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                process.waitUntilExit()
                continuation.resume(returning: process.terminationStatus)
            }
        }
    }

    /// Runs the command to its end.
    static func run(_ arguments: [String], environment: [String: String]) async throws -> Result {
        let process = Process()
        process.executableURL = binary
        process.arguments = arguments
        process.environment = environment
        let output = Pipe()
        let complaints = Pipe()
        process.standardOutput = output
        process.standardError = complaints
        try process.run()
        return await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let out = output.fileHandleForReading.readDataToEndOfFile()
                let err = complaints.fileHandleForReading.readDataToEndOfFile()
                process.waitUntilExit()
                continuation.resume(
                    returning: Result(
                        code: process.terminationStatus, output: String(decoding: out, as: UTF8.self),
                        complaints: String(decoding: err, as: UTF8.self)))
            }
        }
    }

    /// Built beside the tests.
    private static var binary: URL {
        var folder = URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()
        while folder.path.contains(".xctest") { folder.deleteLastPathComponent() }
        if !FileManager.default.isExecutableFile(atPath: folder.appendingPathComponent("buddy-bridge").path) {
            folder = Bundle.main.bundleURL
        }
        return folder.appendingPathComponent("buddy-bridge")
    }
}
