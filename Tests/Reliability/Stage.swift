import BuddySandbox
import Foundation
import Logging

/// A stand-in of Buddy that outlives the services in front of it, and all that a scenario needs to play.
struct Stage: Sendable {
    /// What differs between scenarios.
    struct Setting: Sendable {
        var journal = "sqlite:bridge.sqlite"
        var environment: [String: String] = [:]
        var replicas = 1
        var switches = SandboxSwitches()
        var weather: SandboxWeather?
        /// Whether an execution that has started can look exactly like one that waits.
        var hasLookalikes = false
        /// The budget of a run's retries.
        var giveUpAfter = "7d"
        /// Added to each body, in bytes.
        var filler = 0
        /// As ``Launch/wrapper``.
        var wrapper: [String] = []
        /// How long the sending takes at least.
        var atLeast: Duration = .seconds(15)
    }

    let trial: Trial
    let setting: Setting
    let buddy: SandboxBuddy
    let fleet: Fleet
    let wire: Wire
    let ledger: Ledger
    let plan: Plan
    let folder: URL

    /// How long it may take until nothing is pending any more, once the trouble is over.
    private static let patience = Duration.seconds(60)

    /// Sends all deliveries while `trouble` is made, ends the trouble, and sees what came of it.
    ///
    /// - Parameters:
    ///   - trouble: is cancelled when all is sent.
    ///   - calm: ends what lasts; the service is started anew after it, unless the scenario says that it must recover.
    static func play(
        _ trial: Trial, in folder: URL, _ setting: Setting, recovers: Bool = false,
        trouble: @escaping @Sendable (Stage) async throws -> Void = { _ in },
        calm: @Sendable (Stage) async throws -> Void = { _ in }
    ) async throws -> Report {
        let buddy = SandboxBuddy(switches: setting.switches, token: token)
        await buddy.changeSwitches {
            $0.rateLimitQuota = .max
            // A selector need not GET each of them.
            $0.delayUntilInList = true
        }
        let plan = Plan(trial, filler: setting.filler)
        await plan.schedule(at: buddy)
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let wire = Wire()
        do {
            let report = try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask {
                    let logger = Logger(label: "sandbox") { _ in SwiftLogNoOpLogHandler() }
                    try await SandboxServer(buddy: buddy, logger: logger) { ready.yield($0) }.run()
                }
                guard let port = await ports.first(where: { _ in true }) else { throw Trouble("no sandbox") }
                let launch = try configure(setting, sandbox: port, in: folder)
                let stage = Stage(
                    trial: trial, setting: setting, buddy: buddy, fleet: Fleet(launch, folder: folder), wire: wire,
                    ledger: Ledger(), plan: plan, folder: folder)
                let report = try await stage.play(recovers: recovers, trouble: trouble, calm: calm)
                await stage.fleet.killAll()
                group.cancelAll()
                return report
            }
            await wire.shutdown()
            return report
        } catch {
            await wire.shutdown()
            throw error
        }
    }

    private static let token = "reliability-buddy-token"

    private static func configure(_ setting: Setting, sandbox: Int, in folder: URL) throws -> Launch {
        let config = folder.appendingPathComponent("bridge.yaml")
        // Retried soon, and held for as short as a call's time limit allows, so that much happens in little time.
        try """
        buddy: {url: "http://127.0.0.1:\(sandbox)", token: env:BUDDY_TOKEN, timeout: 2s}
        listen: {port: 0}
        admin: {port: 0, token: env:ADMIN_TOKEN}
        journal: "\(setting.journal)"
        dispatch: {concurrency: 8, lease: 8s, retry: {first: 50ms, longest: 500ms, give_up_after: \(setting.giveUpAfter)}}
        \(Plan.routes)
        """.write(to: config, atomically: true, encoding: .utf8)
        let environment = [
            "BUDDY_TOKEN": token, "ADMIN_TOKEN": Wire.adminToken, "GITHUB_SECRET": Plan.secret,
            "PATH": "/usr/local/bin:/usr/bin:/bin",
        ].merging(setting.environment) { $1 }
        return Launch(config: config, environment: environment, wrapper: setting.wrapper)
    }

    private func play(
        recovers: Bool, trouble: @escaping @Sendable (Stage) async throws -> Void,
        calm: @Sendable (Stage) async throws -> Void
    ) async throws -> Report {
        for replica in 0..<setting.replicas { try await fleet.startSurely(replica) }
        await buddy.setWeather(setting.weather)
        let senders = Senders(
            plan: plan, fleet: fleet, wire: wire, ledger: ledger, atLeast: setting.atLeast)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                do { try await trouble(self) } catch is CancellationError {}
                return false
            }
            group.addTask {
                await senders.run()
                return true
            }
            while let isSent = try await group.next() {
                if isSent { group.cancelAll() }
            }
        }
        await buddy.setWeather(nil)
        await buddy.releaseDelays()
        try await calm(self)
        if !recovers {
            await fleet.killAll()
            for replica in 0..<setting.replicas { try await fleet.startSurely(replica) }
        }
        return try await audit()
    }

    private func audit() async throws -> Report {
        let end = ContinuousClock.now + Self.patience
        while ContinuousClock.now < end {
            let pending = try? await page("?outcome=pending&limit=1")
            if let pending, pending.deliveries.isEmpty { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        var entries: [Entry] = []
        var next: String?
        // Pages of 200: a bound that no trial comes near.
        for _ in 0..<10_000 {
            let page = try await page("?limit=200" + (next.map { "&before=\($0)" } ?? ""))
            entries += page.deliveries
            next = page.next
            if next == nil { break }
        }
        var audit = Audit(
            trial, plan: plan, ledger: ledger.counts, entries: entries, executions: await buddy.executions,
            hasLookalikes: setting.hasLookalikes)
        return audit.run()
    }

    /// A page of `/api/deliveries`, of any replica.
    func page(_ query: String) async throws -> Entry.Page {
        guard let port = await fleet.next()?.admin else { throw Trouble("no replica is up") }
        return try await wire.admin("/api/deliveries\(query)", port: port)
    }
}

/// A folder for one trial, kept when something went wrong in it.
enum TrialFolder {
    static func with(_ trial: Trial, _ body: (URL) async throws -> Report) async throws -> Report {
        let folder = FileManager.default.temporaryDirectory
            .appendingPathComponent("reliability-\(trial.scenario)-\(trial.seed)-\(UUID().uuidString.prefix(8))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var report = try await body(folder)
        if report.isGood {
            try FileManager.default.removeItem(at: folder)
        } else {
            report.folder = folder.path
        }
        return report
    }
}
