import Bridge
import FoundationEssentials

/// Who may work on what (DESIGN §6.7).
extension SQLSession {
    /// The Buddies for which there are runs that are not over. Each step looks for the next one in the index.
    func busyBuddies() throws -> [String] {
        try rows(
            """
            WITH RECURSIVE names (name) AS (
                SELECT min(buddy) FROM runs WHERE state IN ('pending', 'running')
                UNION ALL
                SELECT (SELECT min(buddy) FROM runs WHERE state IN ('pending', 'running') AND buddy > names.name)
                FROM names WHERE names.name IS NOT NULL)
            SELECT name FROM names WHERE name IS NOT NULL
            """
        ).map { try $0.value("name") }
    }

    /// Takes pending runs that are due, and runs whose holder has let its lease run out, the longest due first.
    func lease(_ limit: Int, of buddy: String, _ now: Date, until expiry: Date) throws -> [Run] {
        let arguments: [SQLValue] = [.text(buddy), SQLValue(now), SQLValue(limit)]
        let due = try ["next_attempt_at", "lease_until"].flatMap { time in
            try rows(
                """
                SELECT id, \(time) AS due FROM runs
                WHERE state = '\(time == "lease_until" ? "running" : "pending")' AND buddy = $1 AND \(time) <= $2
                    AND \(time == "lease_until" ? "TRUE" : Self.mayBegin)
                ORDER BY \(time), id LIMIT $3 \(dialect.passingOverLocked)
                """, arguments)
        }.map { (id: try $0.value("id", as: Int64.self), due: try $0.value("due", as: Int64.self)) }
        return try due.sorted { ($0.due, $0.id) < ($1.due, $1.id) }.prefix(limit).compactMap { run in
            try first(
                """
                UPDATE runs SET state = 'running', lease_until = $1, lease_number = lease_number + 1,
                    attempts = attempts + 1 WHERE id = $2 RETURNING *
                """, [SQLValue(expiry), .integer(run.id)])?.run()
        }
    }

    /// When there may be a run of this Buddy's to take again.
    func nextDue(of buddy: String) throws -> Date? {
        let row = try first(
            """
            SELECT min(due) AS due FROM (
                SELECT min(next_attempt_at) AS due FROM runs WHERE state = 'pending' AND buddy = $1
                    AND \(Self.mayBegin)
                UNION ALL SELECT min(lease_until) FROM runs WHERE state = 'running' AND buddy = $1) AS times
            """, [.text(buddy)])
        return try row?.optional("due")
    }

    /// Whether the lease is the newest of its run, which nobody can change until the transaction ends.
    func holds(_ lease: Lease) throws -> Bool {
        try first(
            """
            SELECT 1 AS held FROM runs WHERE id = $1 AND lease_number = $2 AND state = 'running' \(dialect.lockingRows)
            """, [.integer(lease.run), SQLValue(lease.number)]) != nil
    }

    /// Whether the run has the claim now.
    func claim(_ look: Look) throws -> Bool {
        let key: [SQLValue] = [
            .text(look.pipeline.buddy), .text(look.pipeline.domain), .text(look.pipeline.project),
            SQLValue(look.pipeline.pipeline), SQLValue(look.execution),
        ]
        try execute(
            """
            INSERT INTO claims (buddy, domain, project, pipeline, execution, run, claimed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING
            """, key + [.integer(look.lease.run), SQLValue(Date())])
        let row = try first(
            """
            SELECT run FROM claims
            WHERE buddy = $1 AND domain = $2 AND project = $3 AND pipeline = $4 AND execution = $5
            """, key)
        return try row?.value("run") == look.lease.run
    }

    func end(_ lease: Lease, _ ending: AttemptEnding) throws {
        // A PATCH counts as sent until it is certain that it was refused.
        let keepsPatch = ending.isUncertain || ending.state == .started
        try execute(
            """
            UPDATE runs SET state = $1, lease_until = NULL, next_attempt_at = coalesce($2, next_attempt_at),
                pipeline_number = coalesce($3, pipeline_number), last_look = coalesce($4, last_look), error = $5,
                uncertain = $6, patch_sent = CASE WHEN $7 = 1 THEN patch_sent ELSE 0 END, occupies = $8
            WHERE id = $9 AND lease_number = $10
            """,
            [
                .text(ending.state.rawValue), SQLValue(ending.nextAttemptAt), SQLValue(ending.pipelineNumber),
                SQLValue(try JSONColumn.optionalText(ending.lastLook)),
                SQLValue(try JSONColumn.optionalText(ending.error)), SQLValue(ending.isUncertain),
                SQLValue(keepsPatch), SQLValue(ending.occupies), .integer(lease.run), SQLValue(lease.number),
            ])
        if ending.releasesClaim { try execute("DELETE FROM claims WHERE run = $1", [.integer(lease.run)]) }
    }

    /// The last 50 steps of a run are kept.
    func remember(_ record: AttemptRecord, of run: Int64) throws {
        try execute(
            "INSERT INTO attempts (run, record) SELECT id, $1 FROM runs WHERE id = $2",
            [.text(try JSONColumn.text(record)), .integer(run)])
        try execute(
            """
            DELETE FROM attempts WHERE run = $1 AND id <=
                (SELECT id FROM attempts WHERE run = $1 ORDER BY id DESC LIMIT 1 OFFSET 50)
            """, [.integer(run)])
    }
}
