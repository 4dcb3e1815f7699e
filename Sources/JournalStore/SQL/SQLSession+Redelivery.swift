import Bridge
import FoundationEssentials

/// DESIGN §6.5.
extension SQLSession {
    /// Decides what is to be done again of a delivery, and sets it going. Nil when there is no such delivery.
    func redeliver(
        _ id: String, as decision: RecordedDecision, at time: Date, byHand: Bool = false
    ) throws -> Receipt? {
        guard try first("SELECT 1 AS found FROM deliveries WHERE id = $1 \(dialect.lockingRows)", [.text(id)]) != nil
        else { return nil }
        let runs = try runs(of: id)
        let isRedoable = byHand ? \Run.State.isRedoableByHand : \.isRedoable
        if runs.contains(where: { !$0.state[keyPath: isRedoable] || $0.isUncertain }) {
            let failed = runs.filter { $0.state[keyPath: isRedoable] }
            for run in failed { try retry(run, at: time) }
            try updateOutcome(of: id)
            return failed.isEmpty ? .duplicate(id) : .redelivered(id)
        }
        return try reroute(id, runs, as: decision, at: time)
    }

    /// Nothing of it has had any effect: today's rules decide.
    private func reroute(
        _ id: String, _ old: [Run], as decision: RecordedDecision, at time: Date
    ) throws -> Receipt {
        guard !decision.runs.isEmpty else { return .duplicate(id) }
        for run in old where !decision.runs.contains(where: { $0.continues(run) }) {
            try execute("DELETE FROM runs WHERE id = $1", [.integer(run.id)])
        }
        for run in decision.runs {
            if let same = old.first(where: run.continues) {
                try retry(same, at: time)
            } else {
                try insert(run, of: id, at: time)
            }
        }
        try execute(
            "UPDATE deliveries SET decision = $1, trace = $2, rules = $3 WHERE id = $4",
            [
                .text(decision.outcome.rawValue), .text(try JSONColumn.text(decision.trace)), .text(decision.rules),
                .text(id),
            ])
        try updateOutcome(of: id)
        return .redelivered(id)
    }

    /// A run that was PATCHed keeps its execution. One that was passed over, and is wanted all the same, waits for
    /// nobody.
    private func retry(_ run: Run, at time: Date) throws {
        let wasPassedOver = [.skipped, .coalesced].contains(run.state)
        try execute(
            """
            UPDATE runs SET state = 'pending', next_attempt_at = $1, budget_start = $1, error = NULL,
                overrun = CASE WHEN $2 = 1 THEN NULL ELSE overrun END WHERE id = $3
            """, [SQLValue(time), SQLValue(wasPassedOver), .integer(run.id)])
        try notify(.runsDue)
    }
}

extension RecordedDecision.NewRun {
    /// Whether this is the same run as one that failed, so that it goes on rather than begins anew.
    fileprivate func continues(_ run: Run) -> Bool {
        refusal == nil && run.target == target && run.buddy == buddy
    }
}
