package import Bridge
package import FoundationEssentials
import GRDB

extension SQLiteJournal: RunJournal {
    package func lease(
        limit: Int, now: Date, until expiry: Date
    ) async throws(JournalUnavailable) -> LeasedRuns {
        try await writer.write { db in
            let time = now.milliseconds
            // Pending runs that are due, and runs whose holder has let its lease run out.
            let due = try Row.fetchAll(
                db,
                sql: """
                    SELECT id, next_attempt_at AS due FROM runs WHERE state = 'pending' AND next_attempt_at <= :now
                    UNION ALL
                    SELECT id, lease_until AS due FROM runs WHERE state = 'running' AND lease_until <= :now
                    ORDER BY due, id LIMIT :limit
                    """, arguments: ["now": time, "limit": limit])
            let runs = try due.compactMap { row in
                try Row.fetchOne(
                    db,
                    sql: """
                        UPDATE runs SET state = 'running', lease_until = ?, lease_number = lease_number + 1,
                            attempts = attempts + 1 WHERE id = ? RETURNING *
                        """, arguments: [expiry.milliseconds, row["id"] as Int64]
                ).map(SQLiteRows.run)
            }
            let next = try Int64.fetchOne(
                db,
                sql: """
                    SELECT min(due) FROM (
                        SELECT min(next_attempt_at) AS due FROM runs WHERE state = 'pending'
                        UNION ALL SELECT min(lease_until) FROM runs WHERE state = 'running')
                    """)
            return LeasedRuns(runs: runs, nextDue: next.map(Date.init(milliseconds:)))
        }
    }

    package func renew(_ lease: Lease, until expiry: Date) async throws(JournalUnavailable) -> Bool {
        try await writer.write { db in
            try db.execute(
                sql: "UPDATE runs SET lease_until = ? WHERE id = ? AND lease_number = ? AND state = 'running'",
                arguments: [expiry.milliseconds, lease.run, lease.number])
            return db.changesCount == 1
        }
    }

    package func commit(_ look: Look) async throws(JournalUnavailable) -> LookCommit {
        try await writer.write { db in
            guard try Self.holds(look.lease, db) else {
                try Self.remember(look.record, of: look.lease.run, db)
                return .leaseLost
            }
            if try !Self.claim(look, db), look.needsClaim { return .claimTaken }
            try db.execute(
                sql: """
                    UPDATE runs SET pipeline_number = ?, execution = ?, patch_sent = 1, first_look = ?, lease_until = ?
                    WHERE id = ? AND lease_number = ?
                    """,
                arguments: [
                    look.pipeline.pipeline, look.execution, try JSONColumn.optionalText(look.firstLook),
                    look.heldUntil.milliseconds, look.lease.run, look.lease.number,
                ])
            try Self.remember(look.record, of: look.lease.run, db)
            return .committed
        }
    }

    package func finish(_ lease: Lease, _ ending: AttemptEnding) async throws(JournalUnavailable) -> Bool {
        try await writer.write { db in
            try Self.remember(ending.record, of: lease.run, db)
            guard try Self.holds(lease, db) else { return false }
            // A PATCH counts as sent until it is certain that it was refused.
            try db.execute(
                sql: """
                    UPDATE runs SET state = ?, lease_until = NULL, next_attempt_at = coalesce(?, next_attempt_at),
                        pipeline_number = coalesce(?, pipeline_number), last_look = coalesce(?, last_look), error = ?,
                        uncertain = ?, patch_sent = CASE WHEN ? THEN patch_sent ELSE 0 END
                    WHERE id = ? AND lease_number = ?
                    """,
                arguments: [
                    ending.state.rawValue, ending.nextAttemptAt?.milliseconds, ending.pipelineNumber,
                    try JSONColumn.optionalText(ending.lastLook), try JSONColumn.optionalText(ending.error),
                    ending.isUncertain,
                    ending.isUncertain || ending.state == .started, lease.run, lease.number,
                ])
            if ending.releasesClaim {
                try db.execute(sql: "DELETE FROM claims WHERE run = ?", arguments: [lease.run])
            }
            if let delivery = try String.fetchOne(
                db, sql: "SELECT delivery FROM runs WHERE id = ?", arguments: [lease.run])
            {
                try Self.updateOutcome(of: delivery, db)
            }
            return true
        }
    }

    package func claims(on pipeline: PipelineAddress) async throws(JournalUnavailable) -> Set<Int> {
        try await read { db in
            try Int.fetchSet(
                db,
                sql: "SELECT execution FROM claims WHERE buddy = ? AND domain = ? AND project = ? AND pipeline = ?",
                arguments: [pipeline.buddy, pipeline.domain, pipeline.project, pipeline.pipeline])
        }
    }

    // MARK: Within a transaction

    private static func holds(_ lease: Lease, _ db: Database) throws -> Bool {
        try Bool.fetchOne(
            db, sql: "SELECT 1 FROM runs WHERE id = ? AND lease_number = ? AND state = 'running'",
            arguments: [lease.run, lease.number]) != nil
    }

    /// Whether the run has the claim now.
    private static func claim(_ look: Look, _ db: Database) throws -> Bool {
        let key: StatementArguments = [
            look.pipeline.buddy, look.pipeline.domain, look.pipeline.project, look.pipeline.pipeline, look.execution,
        ]
        try db.execute(
            sql: """
                INSERT OR IGNORE INTO claims (buddy, domain, project, pipeline, execution, run, claimed_at)
                VALUES (?, ?, ?, ?, ?, ?, ?)
                """, arguments: key + [look.lease.run, Date().milliseconds])
        return try Int64.fetchOne(
            db,
            sql: """
                SELECT run FROM claims
                WHERE buddy = ? AND domain = ? AND project = ? AND pipeline = ? AND execution = ?
                """, arguments: key) == look.lease.run
    }

    /// The last 50 steps of a run are kept.
    private static func remember(_ record: AttemptRecord, of run: Int64, _ db: Database) throws {
        try db.execute(
            sql: "INSERT INTO attempts (run, record) SELECT id, ? FROM runs WHERE id = ?",
            arguments: [try JSONColumn.text(record), run])
        try db.execute(
            sql: """
                DELETE FROM attempts WHERE run = ? AND id <=
                    (SELECT id FROM attempts WHERE run = ? ORDER BY id DESC LIMIT 1 OFFSET 50)
                """, arguments: [run, run])
    }
}

extension SQLiteJournal: RunHistory {
    package func history(of run: Int64) async throws(JournalUnavailable) -> [AttemptRecord] {
        try await read { db in
            try String.fetchAll(db, sql: "SELECT record FROM attempts WHERE run = ? ORDER BY id", arguments: [run])
                .map { try JSONColumn.value(AttemptRecord.self, $0) }
        }
    }
}
