package import FoundationEssentials
package import Logging
import Metrics
import ServiceLifecycle
import Synchronization

/// Works on runs that are due: the same path for first tries, retries, restarts and redeliveries.
package struct Dispatcher: Service, CustomStringConvertible {
    private let client: any BuddyClient
    private let journal: any Journal
    private let rules: DispatchRules
    private let completions: Completions
    private let bell: Bell
    private let gates: BuddyGates
    private let logger: Logger
    private let now: @Sendable () -> Date

    /// - Parameters:
    ///   - gates: how much may be asked of each Buddy.
    ///   - now: the journal's time.
    package init(
        client: any BuddyClient, journal: any Journal, rules: DispatchRules, completions: Completions, bell: Bell,
        gates: BuddyGates, logger: Logger, now: @escaping @Sendable () -> Date
    ) {
        self.client = client
        self.journal = journal
        self.rules = rules
        self.completions = completions
        self.bell = bell
        self.gates = gates
        self.logger = logger
        self.now = now
    }

    package var description: String { "Dispatcher" }

    /// How long to sleep when nothing is due: also how late a run of another holder's is taken over.
    private static let longestSleep = Duration.seconds(10)
    private static let pauseAfterFault = Duration.seconds(1)

    /// Works until the service shuts down; then no run is taken any more, and those at hand are brought to an end.
    package func run() async throws {
        let active = ActiveRuns()
        await withDiscardingTaskGroup { group in
            while !Task.isShuttingDownGracefully, !Task.isCancelled {
                let pause = await takeRuns(active, &group)
                await cancelWhenGracefulShutdown { await bell.wait(atMost: pause) }
            }
        }
    }

    /// Starts an attempt for each run that is due and for which there is room. Returns for how long nothing will be.
    private func takeRuns(_ active: ActiveRuns, _ group: inout DiscardingTaskGroup) async -> Duration {
        do {
            let time = now()
            let expiry = time.advanced(by: rules.lease)
            let leased = try await journal.lease(gates.room(), now: time, until: expiry)
            for run in leased.runs {
                KillPoint.leased.reached()
                guard active.begin(run.id) else {
                    try await giveBack(run)
                    continue
                }
                gates.begin(run.buddy)
                group.addTask {
                    await attempt(run, heldUntil: expiry)
                    gates.end(run.buddy)
                    active.end(run.id)
                    bell.ring()
                }
            }
            let next = [leased.nextDue, gates.nextOpening()].compactMap(\.self).min()
            let wait = next.map { max(0, $0.timeIntervalSince(now())) } ?? Self.longestSleep.seconds
            return min(Self.longestSleep, .seconds(wait))
        } catch {
            logger.error("The journal gives no runs", metadata: ["error": "\(error)"])
            return Self.pauseAfterFault
        }
    }

    /// An attempt of ours at this run has let its lease run out, and may have a call under way: no second one is begun
    /// beside it. What it writes is shut out already.
    private func giveBack(_ run: Run) async throws(JournalUnavailable) {
        _ = try await journal.release(run.lease, due: now().advanced(by: Self.pauseAfterFault))
    }

    private func attempt(_ run: Run, heldUntil expiry: Date) async {
        let clock = ContinuousClock()
        let start = clock.now
        let attempt = Attempt(
            run, heldUntil: expiry, client: GatedClient(client, gates: gates, buddy: run.buddy), journal: journal,
            rules: rules, now: now, wallClock: { Date() }, random: { Double.random(in: $0) })
        do {
            let ending = try await attempt()
            let outcome = ending.map { $0.nextAttemptAt == nil ? $0.state.rawValue : "retry" } ?? "lost"
            log(run, ending, outcome: outcome, took: clock.now - start)
            Counter(label: "bridge_dispatch_attempts_total", dimensions: [("outcome", outcome)]).increment()
            if let ending, ending.state != .pending { completions.notify(run.delivery) }
        } catch {
            logger.error("An attempt could not be recorded", metadata: Self.names(run, ["error": "\(error)"]))
        }
        Timer(label: "bridge_dispatch_duration_seconds", preferredDisplayUnit: .seconds)
            .recordNanoseconds(Int64((clock.now - start).seconds * 1e9))
    }

    /// One wide line per attempt.
    private func log(_ run: Run, _ ending: AttemptEnding?, outcome: String, took: Duration) {
        var metadata: Logger.Metadata = ["outcome": "\(outcome)", "duration_ms": "\(Int(took.seconds * 1000))"]
        if let execution = ending?.record.execution { metadata["execution"] = "\(execution)" }
        if let status = ending?.record.status { metadata["status"] = "\(status)" }
        if let error = ending?.error {
            metadata["error"] = "\(error.code.rawValue)"
            metadata["error_message"] = "\(LogText(error.message))"
            if let status = error.status { metadata["http_status"] = "\(status)" }
        }
        if let next = ending?.nextAttemptAt { metadata["next_attempt_at"] = "\(Timestamp.text(next))" }
        logger.info("Attempt", metadata: Self.names(run, metadata))
    }

    private static func names(_ run: Run, _ more: Logger.Metadata) -> Logger.Metadata {
        let names: Logger.Metadata = [
            "delivery": "\(run.delivery)", "run": "\(run.id)", "attempt": "\(run.attempts)",
            "route": "\(LogText(run.route))",
            "target": "\(LogText("\(run.target.domain)/\(run.target.project)/\(run.target.pipeline)"))",
        ]
        return names.merging(more) { _, new in new }
    }
}

/// The runs that are worked on here.
private final class ActiveRuns: Sendable {
    private let runs = Mutex<Set<Int64>>([])

    /// False when it is worked on already.
    func begin(_ run: Int64) -> Bool { runs.withLock { $0.insert(run).inserted } }

    func end(_ run: Int64) { runs.withLock { _ = $0.remove(run) } }
}
