package import Bridge
package import FoundationEssentials
import GRDB

extension SQLiteJournal: DeliveryJournal {
    package func append(_ delivery: NewDelivery) async throws(JournalUnavailable) -> Receipt {
        try await writer.write { db in
            let time = delivery.request.head.receivedAt
            if let known = try Self.known(delivery, time, db) {
                return try Self.redeliver(known, as: delivery.decision, at: time, db) ?? .duplicate(known)
            }
            try Self.insert(delivery, db)
            return .accepted(delivery.id)
        }
    }

    package func redeliver(
        _ id: String, as decision: RecordedDecision, at time: Date
    ) async throws(JournalUnavailable) -> Receipt? {
        try await writer.write { db in try Self.redeliver(id, as: decision, at: time, db) }
    }

    package func delivery(_ id: String) async throws(JournalUnavailable) -> Delivery? {
        try await read { db in
            try Row.fetchOne(db, sql: "SELECT * FROM deliveries WHERE id = ?", arguments: [id])
                .map { try SQLiteRows.delivery($0, db) }
        }
    }

    package func deliveries(_ query: DeliveryQuery) async throws(JournalUnavailable) -> [Delivery] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, source, event, sender_id, user, received_at, method, query, headers, decision, trace
                    FROM deliveries
                    WHERE (:source IS NULL OR source = :source) AND (:outcome IS NULL OR outcome = :outcome)
                        AND (:before IS NULL OR id < :before)
                    ORDER BY id DESC LIMIT :limit
                    """,
                arguments: [
                    "source": query.source, "outcome": query.outcome?.rawValue, "before": query.before,
                    "limit": query.limit,
                ]
            ).map { try SQLiteRows.delivery($0, db) }
        }
    }

    package func prune(before time: Date, now: Date) async throws(JournalUnavailable) -> Bool {
        try await writer.write { db in
            let batch = 200
            try db.execute(
                sql: """
                    DELETE FROM dedupe_keys WHERE (source, kind, value) IN
                        (SELECT source, kind, value FROM dedupe_keys WHERE expires_at < ? LIMIT ?)
                    """, arguments: [now.milliseconds, batch])
            var dropped = db.changesCount
            // A delivery whose key is alive is what a duplicate is answered with; one that is not over is never dropped.
            try db.execute(
                sql: """
                    DELETE FROM deliveries WHERE id IN (
                        SELECT id FROM deliveries WHERE received_at < ? AND outcome != 'pending'
                            AND NOT EXISTS (SELECT 1 FROM dedupe_keys WHERE delivery = deliveries.id)
                            AND NOT EXISTS (SELECT 1 FROM runs WHERE delivery = deliveries.id AND uncertain = 1)
                        ORDER BY received_at LIMIT ?)
                    """, arguments: [time.milliseconds, batch])
            dropped = max(dropped, db.changesCount)
            try db.execute(
                sql: """
                    DELETE FROM claims WHERE claimed_at < ?
                        AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = claims.run)
                    """, arguments: [time.milliseconds])
            try db.execute(
                sql: """
                    DELETE FROM rejections WHERE id IN
                        (SELECT id FROM rejections WHERE received_at < ? LIMIT ?)
                    """, arguments: [time.milliseconds, batch])
            dropped = max(dropped, db.changesCount)
            return dropped == batch
        }
    }

    // MARK: Within a transaction

    /// The delivery that has one of the new one's keys.
    private static func known(_ delivery: NewDelivery, _ now: Date, _ db: Database) throws -> String? {
        for key in delivery.keys {
            let known = try String.fetchOne(
                db,
                sql: """
                    SELECT delivery FROM dedupe_keys
                    WHERE source = ? AND kind = ? AND value = ? AND expires_at > ?
                    """,
                arguments: [
                    delivery.source, key.kind.rawValue, ColumnText.escape(key.value), now.milliseconds,
                ])
            if let known { return known }
        }
        return nil
    }

    private static func insert(_ delivery: NewDelivery, _ db: Database) throws {
        let head = delivery.request.head
        let outcome = DeliveryOutcome.of(
            delivery.decision.outcome, delivery.decision.runs.map { $0.refusal == nil ? .pending : .refused })
        try db.execute(
            sql: """
                INSERT INTO deliveries (id, source, event, sender_id, user, received_at, method, query, headers, body,
                    decision, trace, outcome, credential) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                delivery.id, delivery.source, ColumnText.escape(delivery.event),
                delivery.senderID.map(ColumnText.escape),
                try JSONColumn.optionalText(delivery.user), head.receivedAt.milliseconds, head.method, head.query,
                try JSONColumn.text(head.headers), Data(delivery.request.body), delivery.decision.outcome.rawValue,
                try JSONColumn.text(delivery.decision.trace), outcome.rawValue,
                delivery.credential.map(ColumnText.escape),
            ])
        for key in delivery.keys {
            // An expired key gives way to the new one.
            try db.execute(
                sql: "REPLACE INTO dedupe_keys (source, kind, value, delivery, expires_at) VALUES (?, ?, ?, ?, ?)",
                arguments: [
                    delivery.source, key.kind.rawValue, ColumnText.escape(key.value), delivery.id,
                    delivery.keysExpire.milliseconds,
                ])
        }
        for run in delivery.decision.runs { try insert(run, of: delivery.id, at: head.receivedAt, db) }
    }

    private static func insert(
        _ run: RecordedDecision.NewRun, of delivery: String, at time: Date, _ db: Database
    ) throws {
        try db.execute(
            sql: """
                INSERT INTO runs (delivery, route, buddy, target, state, next_attempt_at, budget_start, error)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                delivery, run.route, run.buddy, try JSONColumn.text(run.target),
                run.refusal == nil ? "pending" : "refused", time.milliseconds, time.milliseconds,
                try JSONColumn.optionalText(run.refusal),
            ])
    }

    // MARK: Redelivery (DESIGN §6.5)

    /// Decides what is to be done again of a delivery, and sets it going. Nil when there is no such delivery.
    private static func redeliver(
        _ id: String, as decision: RecordedDecision, at time: Date, _ db: Database
    ) throws -> Receipt? {
        guard try Bool.fetchOne(db, sql: "SELECT 1 FROM deliveries WHERE id = ?", arguments: [id]) != nil else {
            return nil
        }
        let runs = try SQLiteRows.runs(of: id, db)
        if runs.contains(where: { !$0.state.isRedoable || $0.isUncertain }) {
            let failed = runs.filter(\.state.isRedoable)
            for run in failed { try retry(run.id, at: time, db) }
            try updateOutcome(of: id, db)
            return failed.isEmpty ? .duplicate(id) : .redelivered(id)
        }
        return try reroute(id, runs, as: decision, at: time, db)
    }

    /// Nothing of it has had any effect: today's rules decide.
    private static func reroute(
        _ id: String, _ old: [Run], as decision: RecordedDecision, at time: Date, _ db: Database
    ) throws -> Receipt {
        guard !decision.runs.isEmpty else { return .duplicate(id) }
        for run in old where !decision.runs.contains(where: { $0.continues(run) }) {
            try db.execute(sql: "DELETE FROM runs WHERE id = ?", arguments: [run.id])
        }
        for run in decision.runs {
            if let same = old.first(where: run.continues) {
                try retry(same.id, at: time, db)
            } else {
                try insert(run, of: id, at: time, db)
            }
        }
        try db.execute(
            sql: "UPDATE deliveries SET decision = ?, trace = ? WHERE id = ?",
            arguments: [decision.outcome.rawValue, try JSONColumn.text(decision.trace), id])
        try updateOutcome(of: id, db)
        return .redelivered(id)
    }

    /// A run that was PATCHed keeps its execution.
    private static func retry(_ run: Int64, at time: Date, _ db: Database) throws {
        try db.execute(
            sql: "UPDATE runs SET state = 'pending', next_attempt_at = ?, budget_start = ?, error = NULL WHERE id = ?",
            arguments: [time.milliseconds, time.milliseconds, run])
    }

    /// Keeps the column by which deliveries are listed in step with the runs.
    static func updateOutcome(of delivery: String, _ db: Database) throws {
        guard
            let decision = try String.fetchOne(
                db, sql: "SELECT decision FROM deliveries WHERE id = ?", arguments: [delivery])
        else { return }
        let states = try String.fetchAll(db, sql: "SELECT state FROM runs WHERE delivery = ?", arguments: [delivery])
        let outcome = DeliveryOutcome.of(
            Decision.Outcome(rawValue: decision) ?? .ignored, states.compactMap(Run.State.init(rawValue:)))
        try db.execute(
            sql: "UPDATE deliveries SET outcome = ? WHERE id = ?", arguments: [outcome.rawValue, delivery])
    }
}

extension RecordedDecision.NewRun {
    /// Whether this is the same run as one that failed, so that it goes on rather than begins anew.
    fileprivate func continues(_ run: Run) -> Bool {
        refusal == nil && run.target == target && run.buddy == buddy
    }
}
