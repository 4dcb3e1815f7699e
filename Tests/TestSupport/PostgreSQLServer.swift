import CPostgreSQL
import Dispatch
package import Foundation
import Glibc
import Synchronization

/// A PostgreSQL server of the tests' own, in a temporary folder, on loopback. It uses Debian's programs, and is stopped
/// when the last reference to it is gone, or this process.
package final class PostgreSQLServer: Sendable {
    package struct Failed: Error, CustomStringConvertible {
        package var description: String
    }

    /// Where `initdb` and `pg_ctl` are, or nil where PostgreSQL is not installed.
    package static let programs: URL? = {
        let folder = URL(fileURLWithPath: "/usr/lib/postgresql")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        return versions.sorted { (Int($0) ?? 0) > (Int($1) ?? 0) }
            .map { folder.appendingPathComponent("\($0)/bin") }
            .first { FileManager.default.isExecutableFile(atPath: $0.appendingPathComponent("pg_ctl").path) }
    }()

    private let folder: URL
    private let port: Int
    private let process = Mutex<Process?>(nil)

    private init(folder: URL, port: Int) {
        self.folder = folder
        self.port = port
    }

    deinit { remove() }

    /// Makes a server and starts it.
    package static func start() async throws -> PostgreSQLServer {
        guard programs != nil else { throw Failed(description: "apt-get install postgresql") }
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("postgresql-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let server = PostgreSQLServer(folder: folder, port: try freePort())
        return try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async {
                continuation.resume(
                    with: Result {
                        try server.guardAgainstLeftovers()
                        try server.initialize()
                        try server.start()
                        return server
                    })
            }
        }
    }

    /// The address of a database that is made now, empty.
    package func database() throws -> String {
        let name = "test_" + UUID().uuidString.replacingOccurrences(of: "-", with: "").lowercased()
        // Not by a program: where there are many open files, Foundation's Process is not to be started all the time.
        let connection = PQconnectdb(url)
        defer { PQfinish(connection) }
        let result = PQexec(connection, "CREATE DATABASE \(name)")
        defer { PQclear(result) }
        guard PQresultStatus(result) == PGRES_COMMAND_OK else {
            throw Failed(description: "no database: \(String(cString: PQerrorMessage(connection)))")
        }
        return "postgres://bridge@127.0.0.1:\(port)/\(name)"
    }

    /// The address of the database that is always there.
    package var url: String { "postgres://bridge@127.0.0.1:\(port)/postgres" }

    /// Starts it, and returns when it takes connections.
    package func start() throws {
        let server = try launch("postgres", ["-D", data])
        process.withLock { $0 = server }
        for _ in 1...300 {
            if PQping(url) == PQPING_OK { return }
            guard server.isRunning else { break }
            usleep(100_000)
        }
        throw Failed(description: "the PostgreSQL server did not start")
    }

    /// Stops it as a crash would: without a word to those who are connected.
    package func stop() {
        guard let server = process.withLock({ $0 }), server.isRunning else { return }
        kill(server.processIdentifier, SIGQUIT)
        server.waitUntilExit()
    }

    package func remove() {
        stop()
        try? FileManager.default.removeItem(at: folder)
    }

    /// A process of its own that outlives this one for a second: whatever becomes of the tests, no server stays.
    private func guardAgainstLeftovers() throws {
        let guardian = Process()
        guardian.executableURL = URL(fileURLWithPath: "/bin/sh")
        guardian.arguments = [
            "-c",
            """
            while kill -0 \(getpid()) 2>/dev/null && [ -d "$0" ]; do sleep 1; done
            [ -f "$0/data/postmaster.pid" ] && kill -QUIT "$(head -n 1 "$0/data/postmaster.pid")"; rm -rf "$0"
            """, folder.path,
        ]
        guardian.standardInput = FileHandle.nullDevice
        guardian.standardOutput = FileHandle.nullDevice
        guardian.standardError = FileHandle.nullDevice
        try guardian.run()
    }

    private var data: String { folder.appendingPathComponent("data").path }

    private func initialize() throws {
        // The server refuses to run as root.
        if geteuid() == 0 { chmod(folder.path, 0o777) }
        try run("initdb", ["-D", data, "-U", "bridge", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"])
        let settings = """

            listen_addresses = '127.0.0.1'
            port = \(port)
            unix_socket_directories = ''
            max_connections = 1000
            shared_buffers = 32MB

            """
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: data + "/postgresql.conf"))
        try file.seekToEnd()
        try file.write(contentsOf: Data(settings.utf8))
        try file.close()
    }

    private func run(_ program: String, _ arguments: [String]) throws {
        let process = try launch(program, arguments)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failed(description: "\(program) \(arguments.joined(separator: " ")) failed")
        }
    }

    /// Starts a program of PostgreSQL's, which refuses to run as root.
    private func launch(_ program: String, _ arguments: [String]) throws -> Process {
        let path = Self.programs?.appendingPathComponent(program).path ?? program
        let process = Process()
        if geteuid() == 0 {
            process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
            process.arguments = ["--reuid=nobody", "--regid=nogroup", "--clear-groups", path] + arguments
        } else {
            process.executableURL = URL(fileURLWithPath: path)
            process.arguments = arguments
        }
        process.currentDirectoryURL = folder
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }

    /// One below those that the system gives out (`ip_local_port_range`): while the server is stopped its clients go on
    /// knocking, and a port that another test's server was given meanwhile would get their knocks.
    private static func freePort() throws -> Int {
        for _ in 1...100 {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            defer { close(descriptor) }
            if let port = bindToPort(Int.random(in: 16_384..<32_768), descriptor) { return port }
        }
        throw Failed(description: "there is no free port")
    }
}
