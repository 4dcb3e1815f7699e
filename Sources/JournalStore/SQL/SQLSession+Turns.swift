package import Bridge
import FoundationEssentials

/// Runs that share a key (`concurrency_key`). Where only those that are not over matter, it is said in the words of the
/// index `runs_by_turn`, so that those that are over cost nothing.
extension SQLSession {
    /// Which runs may be leased as far as turns go: those that wait for one only when nobody is before them.
    static var mayBegin: String {
        """
        (overrun IS NULL OR NOT EXISTS (
            SELECT 1 FROM runs AS other
            WHERE other.concurrency_key = runs.concurrency_key AND other.delivery != runs.delivery
                AND other.state IN ('pending', 'running') AND (other.state = 'running' OR other.id < runs.id)))
        """
    }

    /// Decides whether a new run may be, and what becomes of those that wait before it. Returns why it may not.
    func admit(_ turn: Turn, of delivery: String, at time: Date) throws -> RunError? {
        // Of two processes that decide at once, one is the first.
        try lock(ColumnText.escape(turn.key))
        if let throttle = turn.throttle, let error = try refuse(throttle, turn.key, delivery, time) { return error }
        switch turn.overrun {
        case .parallel, .serial: return nil
        case .skip: return try busy(turn.key, delivery)
        case .coalesce:
            try coalesce(turn.key, into: delivery)
            return nil
        }
    }

    private func refuse(
        _ throttle: StormControl.Throttle, _ key: String, _ delivery: String, _ time: Date
    ) throws -> RunError? {
        let rows = try rows(
            """
            SELECT accepted_at FROM runs
            WHERE concurrency_key = $1 AND delivery != $2 AND accepted_at > $3
                AND state NOT IN ('skipped', 'coalesced') ORDER BY accepted_at DESC LIMIT $4
            """,
            [
                .text(ColumnText.escape(key)), .text(delivery),
                SQLValue(time.advanced(by: .zero - throttle.per)), SQLValue(throttle.runs),
            ])
        guard rows.count == throttle.runs, let oldest = rows.last else { return nil }
        let again = try oldest.value("accepted_at", as: Date.self).advanced(by: throttle.per)
        return RunError(
            code: .throttled,
            message: "skipped, because of at most \(throttle.runs) runs per \(Int(throttle.per.seconds)) s; "
                + "the next may be at \(Timestamp.text(again))")
    }

    private func busy(_ key: String, _ delivery: String) throws -> RunError? {
        let row = try first(
            """
            SELECT delivery FROM runs
            WHERE concurrency_key = $1 AND delivery != $2 AND state IN ('pending', 'running') ORDER BY id LIMIT 1
            """, [.text(ColumnText.escape(key)), .text(delivery)])
        guard let other: String = try row?.value("delivery") else { return nil }
        return RunError(code: .overrun, message: "skipped, because delivery \(other) is under way")
    }

    /// Those that wait, and of which no PATCH can be out, give way.
    private func coalesce(_ key: String, into delivery: String) throws {
        let error = RunError.coalesced(into: delivery)
        let rows = try rows(
            """
            UPDATE runs SET state = 'coalesced', error = $1
            WHERE concurrency_key = $2 AND delivery != $3 AND overrun = 'coalesce'
                AND state IN ('pending', 'running') AND state = 'pending'
                AND patch_sent = 0 AND uncertain = 0 AND execution IS NULL
            RETURNING delivery
            """, [.text(try JSONColumn.text(error)), .text(ColumnText.escape(key)), .text(delivery)])
        for row in rows {
            let other: String = try row.value("delivery")
            try updateOutcome(of: other)
            try notify(.runEnded(other))
        }
    }

    /// A run that goes back to waiting gives way to one that came while it was looked after. Returns whether it does.
    func coalesceIfOvertaken(_ run: Int64) throws -> Bool {
        guard let run = try first("SELECT * FROM runs WHERE id = $1", [.integer(run)])?.run(),
            let turn = run.turn, turn.overrun == .coalesce, run.state == .pending,
            run.execution == nil, !run.isUncertain, !run.patchSent
        else { return false }
        let row = try first(
            """
            SELECT delivery FROM runs
            WHERE concurrency_key = $1 AND delivery != $2 AND id > $3 AND overrun = 'coalesce'
                AND state IN ('pending', 'running') AND state = 'pending'
            ORDER BY id DESC LIMIT 1
            """, [.text(ColumnText.escape(turn.key)), .text(run.delivery), .integer(run.id)])
        guard let later: String = try row?.value("delivery") else { return false }
        try execute(
            "UPDATE runs SET state = 'coalesced', error = $1 WHERE id = $2",
            [.text(try JSONColumn.text(RunError.coalesced(into: later))), .integer(run.id)])
        return true
    }
}

extension RunError {
    fileprivate static func coalesced(into delivery: String) -> RunError {
        RunError(code: .coalesced, message: "delivery \(delivery) came later and stands for it")
    }
}

extension SQLJournal {
    package func occupants(before run: Run) async throws(JournalUnavailable) -> [Run] {
        guard let turn = run.turn else { return [] }
        return try await read { session in
            try session.rows(
                """
                SELECT * FROM runs WHERE concurrency_key = $1 AND occupies = 1 AND delivery != $2
                ORDER BY id DESC LIMIT 20
                """, [.text(ColumnText.escape(turn.key)), .text(run.delivery)]
            ).map { try $0.run() }
        }
    }

    package func vacate(_ run: Int64) async throws(JournalUnavailable) {
        _ = try await writeRuns { session in
            try session.execute("UPDATE runs SET occupies = 0 WHERE id = $1", [.integer(run)])
        }
    }
}
