package import FoundationEssentials

/// The durable record. Every write returns after its commit, or throws ``JournalUnavailable``.
package typealias Journal = DeliveryJournal & RunJournal & ClaimJournal & TurnJournal

/// The journal cannot be read or written now. Nothing is half-done, but a commit whose answer was lost may hold.
package struct JournalUnavailable: Error, CustomStringConvertible {
    /// What is wrong, as far as strangers may know.
    package enum Cause: String, Sendable {
        case unknown = "cannot be written"
        case disk = "cannot be written: the disk is full or broken"
        case locked = "cannot be written: something else has locked it"
        case unreachable = "cannot be written: the database cannot be reached"
    }

    package var description: String
    package var cause: Cause

    package init(_ reason: String, cause: Cause = .unknown) {
        description = reason
        self.cause = cause
    }
}

/// Deliveries and the keys that tell them apart.
package protocol DeliveryJournal: Sendable {
    /// Records a delivery, its keys and its runs in one transaction. A delivery whose key is known already is not
    /// recorded; what is to be redone of the earlier one (DESIGN §6.5) is decided in that transaction.
    func append(_ delivery: NewDelivery) async throws(JournalUnavailable) -> Receipt

    /// Redelivers by hand, as ``append(_:)`` does for a known key. Nil when there is no such delivery.
    func redeliver(_ id: String, as decision: RecordedDecision, at time: Date) async throws(JournalUnavailable)
        -> Receipt?

    func delivery(_ id: String) async throws(JournalUnavailable) -> Delivery?

    /// Newest first, without bodies.
    func deliveries(_ query: DeliveryQuery) async throws(JournalUnavailable) -> [Delivery]

    /// Drops, in a small batch, deliveries that are over and from before `time` or, of each source, beyond the newest
    /// `most`; rejections as old, and keys that expired. Returns whether there may be more.
    func prune(before time: Date, keeping most: Int, now: Date) async throws(JournalUnavailable) -> Bool
}

/// Runs: leased, looked at, claimed, finished.
package protocol RunJournal: Sendable {
    /// Takes runs that are due, of each Buddy the longest due first, for as many as there is room, and holds them until `expiry`.
    func lease(_ room: LeaseRoom, now: Date, until expiry: Date) async throws(JournalUnavailable) -> LeasedRuns

    /// Holds a run for longer. False when somebody else has it.
    func renew(_ lease: Lease, until expiry: Date) async throws(JournalUnavailable) -> Bool

    /// Gives a run back that was not begun: it counts as if it had not been taken. False when somebody else has it.
    func release(_ lease: Lease, due time: Date) async throws(JournalUnavailable) -> Bool

    /// Commits what was seen, which execution is meant, the claim on it and that a PATCH goes out now (DESIGN §6.3).
    func commit(_ look: Look) async throws(JournalUnavailable) -> LookCommit

    /// Ends an attempt. False when somebody else has the run: then only its history grows.
    func finish(_ lease: Lease, _ ending: AttemptEnding) async throws(JournalUnavailable) -> Bool
}

/// What runs hold at Buddy.
package protocol ClaimJournal: Sendable {
    /// The executions of a pipeline that runs have claimed.
    func claims(on pipeline: PipelineAddress) async throws(JournalUnavailable) -> Set<Int>
}

/// Whose turn it is among runs with the same key.
package protocol TurnJournal: Sendable {
    /// Other deliveries' runs with the same key whose executions were not over when they were last seen.
    func occupants(before run: Run) async throws(JournalUnavailable) -> [Run]

    /// The execution of this run is over.
    func vacate(_ run: Int64) async throws(JournalUnavailable)
}

/// Who was proved, and who was not.
package protocol VerificationJournal: Sendable {
    /// Keeps what was refused: of each source the newest `count`.
    func record(_ rejections: [Rejection], keeping count: Int) async throws(JournalUnavailable)

    /// Newest first.
    func rejections(source: String?, limit: Int) async throws(JournalUnavailable) -> [Rejection]

    /// When each credential of a source last proved a delivery that the journal has.
    func lastUses(source: String) async throws(JournalUnavailable) -> [String: Date]
}

/// The past of runs: for people to read.
package protocol RunHistory: Sendable {
    func history(of run: Int64) async throws(JournalUnavailable) -> [AttemptRecord]
}

/// What became of a delivery that was handed to the journal.
package enum Receipt: Sendable, Equatable {
    case accepted(String)
    /// It is an earlier one, of which nothing is to be redone.
    case duplicate(String)
    /// It is an earlier one that has failed, wholly or in part: that part is tried again.
    case redelivered(String)
    /// It is an earlier one that is over, and of which only this is still known.
    case forgotten(String, DeliveryOutcome)

    package var id: String {
        switch self {
        case .accepted(let id), .duplicate(let id), .redelivered(let id), .forgotten(let id, _): id
        }
    }
}

package struct DeliveryQuery: Sendable {
    package var source: String?
    package var outcome: DeliveryOutcome?
    /// Only deliveries older than this one.
    package var before: String?
    package var limit: Int

    package init(source: String? = nil, outcome: DeliveryOutcome? = nil, before: String? = nil, limit: Int = 50) {
        self.source = source
        self.outcome = outcome
        self.before = before
        self.limit = limit
    }
}

/// How many more runs may be worked on, for each Buddy.
package struct LeaseRoom: Sendable {
    private let rooms: [String: Int]
    private let otherwise: Int

    /// - Parameters:
    ///   - rooms: by the base of a Buddy's API.
    ///   - otherwise: for every other Buddy.
    package init(_ rooms: [String: Int] = [:], otherwise: Int) {
        self.rooms = rooms
        self.otherwise = otherwise
    }

    package subscript(buddy: String) -> Int { rooms[buddy] ?? otherwise }
}

package struct LeasedRuns: Sendable {
    package var runs: [Run]
    /// When there may be a run to take again, for a Buddy for which there was room: the next one is due, or a lease
    /// ends. Nil when there is none.
    package var nextDue: Date?

    package init(runs: [Run], nextDue: Date?) {
        self.runs = runs
        self.nextDue = nextDue
    }
}

/// A pipeline at Buddy, by its number.
package struct PipelineAddress: Sendable, Hashable {
    package var buddy: String
    package var domain: String
    package var project: String
    package var pipeline: Int

    package init(buddy: String, domain: String, project: String, pipeline: Int) {
        self.buddy = buddy
        self.domain = domain
        self.project = project
        self.pipeline = pipeline
    }
}

/// What is committed before a PATCH.
package struct Look: Sendable {
    package var lease: Lease
    /// The run is held until then, so that the PATCH has its time.
    package var heldUntil: Date
    package var pipeline: PipelineAddress
    package var execution: Int
    /// Whether the claim must be won: for executions that a selector chose.
    package var needsClaim: Bool
    /// What was seen before the run's first PATCH; kept as it is over later ones. Nil when Buddy would not show it.
    package var firstLook: Execution?
    package var record: AttemptRecord

    package init(
        lease: Lease, heldUntil: Date, pipeline: PipelineAddress, execution: Int, needsClaim: Bool,
        firstLook: Execution?, record: AttemptRecord
    ) {
        self.lease = lease
        self.heldUntil = heldUntil
        self.pipeline = pipeline
        self.execution = execution
        self.needsClaim = needsClaim
        self.firstLook = firstLook
        self.record = record
    }
}

package enum LookCommit: Sendable, Equatable {
    case committed
    /// Another run has the execution.
    case claimTaken
    /// Another holder has the run.
    case leaseLost
}

/// How an attempt leaves its run.
package struct AttemptEnding: Sendable {
    package var state: Run.State
    package var nextAttemptAt: Date?
    package var pipelineNumber: Int?
    package var lastLook: Execution?
    package var error: RunError?
    /// Whether a PATCH may have worked and nobody can tell.
    package var isUncertain = false
    /// Whether another run may have the execution.
    package var releasesClaim = false
    /// Whether its execution keeps others with its key from beginning.
    package var occupies = false
    package var record: AttemptRecord
}

/// Whether the journal works, and what lies before it.
package protocol JournalHealth: Sendable {
    /// - Throws: ``JournalUnavailable`` with why nothing can be written.
    func check() async throws(JournalUnavailable)

    func backlog() async throws(JournalUnavailable) -> Backlog
}

package struct Backlog: Sendable {
    /// Runs that have not come to an end.
    package var pending: Int
    /// Since when the oldest of them waits.
    package var oldest: Date?

    package init(pending: Int, oldest: Date?) {
        self.pending = pending
        self.oldest = oldest
    }
}
