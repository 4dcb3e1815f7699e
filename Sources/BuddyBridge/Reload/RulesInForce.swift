import Bridge
import Foundation
import Synchronization

/// The configuration in force. A request takes the intake of the moment, and goes all its way with it.
final class RulesInForce: Sendable {
    private struct State {
        var configuration: Configuration
        var intake: Intake
        /// Nil until the first reload.
        var lastReload: ReloadReport?
    }

    private let state: Mutex<State>
    private let intake: @Sendable (Configuration) -> Intake
    private let changed: AsyncStream<Void>.Continuation
    /// Yields after other rules came into force; for one listener.
    let changes: AsyncStream<Void>

    /// - Parameter intake: makes the intake of a configuration; what must outlive it is the same for all.
    init(_ configuration: Configuration, intake: @escaping @Sendable (Configuration) -> Intake) {
        let first = configuration.sharingKeys(with: nil)
        state = Mutex(State(configuration: first, intake: intake(first)))
        self.intake = intake
        (changes, changed) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    var configuration: Configuration { state.withLock { $0.configuration } }
    var current: Intake { state.withLock { $0.intake } }
    var lastReload: ReloadReport? { state.withLock { $0.lastReload } }

    /// What strangers may know, by part.
    var notes: [String: String] {
        state.withLock { state in state.lastReload?.notes(rulesFrom: state.intake.rules.loadedAt) ?? [:] }
    }

    /// Puts a configuration in force, but for what only a start can change.
    func replace(with new: Configuration) -> ReloadReport {
        let running = configuration
        let (next, waiting) = new.sharingKeys(with: running).beside(running)
        // Made outside of the lock: requests do not wait for it.
        let intake = intake(next)
        let report = ReloadReport(at: Date(), needsRestart: waiting)
        state.withLock { $0 = State(configuration: next, intake: intake, lastReload: report) }
        changed.yield()
        return report
    }

    /// Keeps what is in force.
    func refuse(_ errors: [String]) {
        state.withLock { state in
            state.lastReload = ReloadReport(
                at: Date(), errors: errors, needsRestart: state.lastReload?.needsRestart ?? [])
        }
    }
}

extension Configuration {
    /// The same, but that keys of one address are one and the same: those that are known already stay known.
    ///
    /// - Parameter running: what is in force. Nil at the start.
    fileprivate func sharingKeys(with running: Configuration?) -> Configuration {
        var known: [String: PublishedKeys] = [:]
        for keys in (running?.sources ?? []).compactMap(\.credentials.published) {
            if let url = keys.url { known[url] = keys }
        }
        var shared = self
        for (position, source) in sources.enumerated() {
            guard let keys = source.credentials.published, let url = keys.url else { continue }
            let one = known[url] ?? keys
            known[url] = one
            shared.sources[position].credentials.published = one
        }
        return shared
    }
}
