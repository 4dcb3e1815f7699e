import Bridge
import FoundationEssentials

/// Deliveries that come, and that come again (DESIGN §6.2 and §6.5).
extension MemoryRecords {
    mutating func append(_ new: NewDelivery) throws(JournalUnavailable) -> Receipt {
        for key in new.keys {
            guard let known = keys[KeyPlace(new.source, key)], known.expiresAt > new.acceptedAt else { continue }
            return redeliver(known.delivery, as: new.decision, at: new.acceptedAt, byHand: false)
                ?? .forgotten(known.delivery, known.outcome ?? .ignored)
        }
        guard deliveries[new.id] == nil else { throw JournalUnavailable("there is a delivery with that id") }
        let head = new.request.head
        deliveries[new.id] = StoredDelivery(
            delivery: Delivery(
                id: new.id, source: new.source, event: new.event, senderID: new.senderID, user: new.user,
                receivedAt: head.receivedAt, method: head.method, query: head.query, headers: head.headers,
                body: new.request.body, decision: new.decision.outcome, rules: new.decision.rules,
                trace: new.decision.trace, runs: []),
            credential: new.credential)
        for key in new.keys {
            keys[KeyPlace(new.source, key)] = KnownKey(delivery: new.id, expiresAt: new.keysExpire)
        }
        for run in new.decision.runs { add(run, to: new.id, at: new.acceptedAt) }
        return .accepted(new.id)
    }

    mutating func add(_ new: RecordedDecision.NewRun, to delivery: String, at time: Date) {
        var state = new.refusal == nil ? Run.State.pending : .refused
        var error = new.refusal
        if state == .pending, let turn = new.turn, let refusal = admit(turn, of: delivery, at: time) {
            state = .skipped
            error = refusal
        }
        lastRun += 1
        let run = Run(
            id: lastRun, delivery: delivery, route: new.route, buddy: new.buddy, target: new.target, state: state,
            attempts: 0, nextAttemptAt: time, budgetStart: time, leaseNumber: 0, error: error,
            turn: new.turn.map { Turn(key: $0.key, overrun: $0.overrun) })
        runs[lastRun] = StoredRun(run: run, acceptedAt: time)
    }

    /// Nil when there is no such delivery.
    mutating func redeliver(
        _ id: String, as decision: RecordedDecision, at time: Date, byHand: Bool
    ) -> Receipt? {
        guard deliveries[id] != nil else { return nil }
        let runs = runs(of: id).map(\.run)
        let redoable = runs.filter { byHand ? $0.state.isRedoableByHand : $0.state.isRedoable }
        guard redoable.count == runs.count, !runs.contains(where: \.isUncertain) else {
            for run in redoable { retry(run.id, at: time) }
            return redoable.isEmpty ? .duplicate(id) : .redelivered(id)
        }
        return routeAnew(id, runs, as: decision, at: time)
    }

    /// Nothing of the delivery had any effect.
    private mutating func routeAnew(
        _ id: String, _ old: [Run], as decision: RecordedDecision, at time: Date
    ) -> Receipt {
        if decision.runs.isEmpty { return .duplicate(id) }
        var gone = Set(old.map(\.id))
        for new in decision.runs {
            let same = old.first { new.refusal == nil && $0.target == new.target && $0.buddy == new.buddy }
            if let same {
                gone.remove(same.id)
                retry(same.id, at: time)
            } else {
                add(new, to: id, at: time)
            }
        }
        for run in gone { runs[run] = nil }
        deliveries[id]?.delivery.decision = decision.outcome
        deliveries[id]?.delivery.rules = decision.rules
        deliveries[id]?.delivery.trace = decision.trace
        return .redelivered(id)
    }

    /// Back to waiting with a new budget. Who was passed over, and is wanted all the same, waits for nobody.
    private mutating func retry(_ id: Int64, at time: Date) {
        guard var run = runs[id]?.run else { return }
        if [.skipped, .coalesced].contains(run.state) { run.turn?.overrun = .parallel }
        run.state = .pending
        run.nextAttemptAt = time
        run.budgetStart = time
        run.error = nil
        runs[id]?.run = run
    }
}
