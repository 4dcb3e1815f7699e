import Bridge
import Foundation

/// The replicas of the service: started, killed, started again.
actor Fleet {
    private struct Replica {
        var process: ServiceProcess
        var ports: ServiceProcess.Ports?
    }

    private let launch: Launch
    private let folder: URL
    private var replicas: [Int: Replica] = [:]
    private var starts = 0
    private var turn = 0
    private(set) var kills = 0
    private(set) var pointsReached: Set<KillPoint> = []

    /// - Parameter folder: for the logs.
    init(_ launch: Launch, folder: URL) {
        self.launch = launch
        self.folder = folder
    }

    /// Starts a replica and waits until it listens. Whether it does: one that is to die may do so before.
    ///
    /// - Parameter killAt: where it is to die, and after how many times.
    func start(_ number: Int, killAt: (point: KillPoint, count: Int)? = nil) async throws -> Bool {
        starts += 1
        let process = try ServiceProcess(
            launch, log: folder.appendingPathComponent("serve-\(number)-\(starts).log"),
            killAt: killAt.map { "\($0.point.rawValue):\($0.count)" })
        replicas[number] = Replica(process: process)
        let ports = try await process.ports()
        guard replicas[number]?.process === process else { return false }
        replicas[number]?.ports = ports
        return ports != nil
    }

    /// Starts a replica that must come up, though it may take some tries: what it needs may be down as well.
    func startSurely(_ number: Int) async throws {
        for _ in 0..<60 {
            if try await start(number) { return }
            try await Task.sleep(for: .milliseconds(500))
        }
        throw Trouble("'serve' does not start: \(replicas[number]?.process.lastWords ?? "")")
    }

    func kill(_ number: Int) async {
        guard let replica = replicas[number] else { return }
        replicas[number]?.ports = nil
        if replica.process.isRunning { kills += 1 }
        await replica.process.kill()
    }

    func killAll() async {
        for number in replicas.keys { await kill(number) }
    }

    /// Waits until a replica has died by itself at `point`, or the time is over. Whether it died there.
    func died(_ number: Int, at point: KillPoint, within limit: Duration) async throws -> Bool {
        guard let process = replicas[number]?.process else { return false }
        let end = ContinuousClock.now + limit
        while process.isRunning, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(10)) }
        guard process.wasKilled else { return false }
        replicas[number]?.ports = nil
        kills += 1
        pointsReached.insert(point)
        return true
    }

    /// Where no replica has died.
    var missingPoints: [KillPoint] { KillPoint.allCases.filter { !pointsReached.contains($0) } }

    /// How often replicas were killed, and where.
    var trouble: String {
        let all = KillPoint.allCases.count
        return "\(kills) kills, at \(all - missingPoints.count) of \(all) points and at random"
    }

    /// The replicas take turns, as behind a simple proxy: one that is down is left out.
    func next() -> ServiceProcess.Ports? {
        let up = replicas.keys.sorted().compactMap { replicas[$0] }.filter { $0.process.isRunning }.compactMap(\.ports)
        guard !up.isEmpty else { return nil }
        turn += 1
        return up[turn % up.count]
    }

    /// Of the processes that run.
    var identifiers: [Int32] { replicas.values.filter { $0.process.isRunning }.map(\.process.identifier) }
}
