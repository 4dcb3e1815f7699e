import Foundation

/// The journal's disk fills up and is freed again while deliveries come. The service recovers without a restart.
struct DiskFullScenario: Scenario {
    let name = "disk-full"
    let deliveries = 300

    private static let times = 3

    func play(_ trial: Trial) async throws -> Report {
        try await TrialFolder.with(trial) { folder in
            let disk = try SmallDisk(in: folder)
            defer { disk.remove() }
            var setting = Stage.Setting()
            setting.journal = "sqlite:\(disk.folder.path)/bridge.sqlite"
            setting.wrapper = disk.wrapper
            setting.filler = 100_000
            setting.weather = Storm.weather(seed: trial.seed)
            setting.atLeast = .seconds(20)
            let (events, event) = AsyncStream.makeStream(of: Bool.self)
            var report = try await Stage.play(
                trial, in: folder, setting, recovers: true,
                trouble: { stage in
                    for _ in 0..<Self.times {
                        try await Task.sleep(for: .seconds(1))
                        let before = stage.ledger.counts.unavailable
                        try await disk.fill(stage.fleet)
                        let isNoticed = try? await Self.isNotReady(stage, since: before)
                        try await disk.free(stage.fleet)
                        event.yield(isNoticed ?? false)
                    }
                },
                calm: { stage in
                    guard try await Self.isReady(stage) else { throw Trouble("not ready after the disk was freed") }
                })
            event.finish()
            let noticed = await events.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            report.trouble = "disk full \(Self.times) times (\(disk.kind)), not ready \(noticed) times, no restart"
            if noticed == 0 { report.problems.append("the service stayed ready with a full disk") }
            return report
        }
    }

    /// Waits until a sender was told 503 and readiness is gone, for at most 8 s.
    private static func isNotReady(_ stage: Stage, since before: Int) async throws -> Bool {
        for _ in 0..<80 {
            try await Task.sleep(for: .milliseconds(100))
            if stage.ledger.counts.unavailable > before, try await status(stage) == 503 { return true }
        }
        return false
    }

    /// An answer is remembered for a second.
    private static func isReady(_ stage: Stage) async throws -> Bool {
        for _ in 0..<100 {
            if try await status(stage) == 200 { return true }
            try await Task.sleep(for: .milliseconds(100))
        }
        return false
    }

    private static func status(_ stage: Stage) async throws -> Int? {
        guard let port = await stage.fleet.next()?.listener else { return nil }
        return await stage.wire.status("http://127.0.0.1:\(port)/health/ready")
    }
}

/// A disk that can be filled: a small tmpfs where that may be mounted, else a limit on the size of files.
struct SmallDisk: Sendable {
    /// In bytes.
    private static let size = 96 << 20

    /// What the limit then is, in bytes.
    private static let smallFile = "100000"

    let folder: URL
    let isMounted: Bool

    init(in folder: URL) throws {
        self.folder = folder.appendingPathComponent("disk")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
        isMounted = (try? Tool.run("mount", "-t", "tmpfs", "-o", "size=\(Self.size)", "tmpfs", self.folder.path)) == 0
    }

    var kind: String { isMounted ? "tmpfs" : "limit on the size of files" }

    /// A write over the limit on the size of files then fails instead of killing the service.
    var wrapper: [String] { isMounted ? [] : ["/bin/bash", "-c", "trap '' XFSZ; exec \"$0\" \"$@\""] }

    private var ballast: URL { folder.appendingPathComponent("ballast") }

    func fill(_ fleet: Fleet) async throws {
        guard isMounted else { return try await limit(fleet, to: Self.smallFile) }
        try Data().write(to: ballast)
        let handle = try FileHandle(forWritingTo: ballast)
        defer { try? handle.close() }
        for piece in [1 << 20, 1 << 12] {
            let zeros = Data(count: piece)
            // Until there is no room for another piece.
            for _ in 0...(Self.size / piece) {
                do { try handle.write(contentsOf: zeros) } catch { break }
            }
        }
    }

    func free(_ fleet: Fleet) async throws {
        guard isMounted else { return try await limit(fleet, to: "unlimited") }
        try FileManager.default.removeItem(at: ballast)
    }

    func remove() {
        if isMounted { _ = try? Tool.run("umount", "-l", folder.path) }
    }

    /// The soft limit only, which can be lifted again.
    private func limit(_ fleet: Fleet, to limit: String) async throws {
        for identifier in await fleet.identifiers {
            guard try Tool.run("prlimit", "--pid", "\(identifier)", "--fsize=\(limit):unlimited") == 0 else {
                throw Trouble("prlimit does not work here")
            }
        }
    }
}

/// A program of the system.
enum Tool {
    /// - Returns: its exit code.
    static func run(_ arguments: String...) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}
