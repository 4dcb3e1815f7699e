import FoundationEssentials
import Synchronization

/// A client that calls Buddy only while a run is held for as long as the call may take (DESIGN §6.7).
final class LeasedClient: BuddyClient {
    private let client: any BuddyClient
    private let journal: any RunJournal
    private let lease: Lease
    private let rules: DispatchRules
    private let now: @Sendable () -> Date
    private let heldUntil: Mutex<Date>

    /// - Parameter heldUntil: until when the run is held now.
    init(
        _ client: any BuddyClient, journal: any RunJournal, lease: Lease, heldUntil: Date, rules: DispatchRules,
        now: @escaping @Sendable () -> Date
    ) {
        self.client = client
        self.journal = journal
        self.lease = lease
        self.rules = rules
        self.now = now
        self.heldUntil = Mutex(heldUntil)
    }

    /// Tells that the run has been held for longer by another write.
    func held(until expiry: Date) { heldUntil.withLock { $0 = expiry } }

    private func hold() async throws(BuddyFailure) {
        let time = now()
        guard heldUntil.withLock({ $0 }) < time.advanced(by: rules.callTimeout + .seconds(5)) else { return }
        let expiry = time.advanced(by: rules.lease)
        do {
            guard try await journal.renew(lease, until: expiry) else {
                throw BuddyFailure(.notSent, "another holder has the run")
            }
        } catch let failure as BuddyFailure {
            throw failure
        } catch {
            throw BuddyFailure(.notSent, "the run could not be held: \(error)")
        }
        held(until: expiry)
    }

    func runScheduled(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution {
        try await hold()
        return try await client.runScheduled(execution, of: pipeline)
    }

    func execution(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution {
        try await hold()
        return try await client.execution(execution, of: pipeline)
    }

    func executions(
        of pipeline: PipelineAddress, page: Int, perPage: Int
    ) async throws(BuddyFailure) -> ExecutionPage {
        try await hold()
        return try await client.executions(of: pipeline, page: page, perPage: perPage)
    }

    func pipelineNumber(
        of identifier: String, project: String, domain: String, buddy: String
    ) async throws(BuddyFailure) -> Int {
        try await hold()
        return try await client.pipelineNumber(of: identifier, project: project, domain: domain, buddy: buddy)
    }
}
