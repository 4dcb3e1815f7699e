package import Bridge
package import FoundationEssentials

extension SQLJournal {
    package func append(_ delivery: NewDelivery) async throws(JournalUnavailable) -> Receipt {
        try await writeDeliveries { session in
            if let key = try session.key(of: delivery) {
                return try session.redeliver(key.delivery, as: delivery.decision, at: delivery.acceptedAt)
                    ?? .forgotten(key.delivery, key.outcome)
            }
            try session.insert(delivery)
            KillPoint.appendBeforeCommit.reached()
            return .accepted(delivery.id)
        }
    }

    package func redeliver(
        _ id: String, as decision: RecordedDecision, at time: Date
    ) async throws(JournalUnavailable) -> Receipt? {
        try await writeDeliveries { session in try session.redeliver(id, as: decision, at: time, byHand: true) }
    }

    package func delivery(_ id: String) async throws(JournalUnavailable) -> Delivery? {
        try await read { session in
            try session.first("SELECT * FROM deliveries WHERE id = $1", [.text(id)])?.delivery(session)
        }
    }

    package func deliveries(_ query: DeliveryQuery) async throws(JournalUnavailable) -> [Delivery] {
        try await read { session in
            var conditions: [String] = []
            var arguments: [SQLValue] = []
            for (condition, text) in [
                ("source =", query.source), ("outcome =", query.outcome?.rawValue), ("id <", query.before),
            ] {
                guard let text else { continue }
                arguments.append(.text(text))
                conditions.append("\(condition) $\(arguments.count)")
            }
            arguments.append(SQLValue(query.limit))
            return try session.rows(
                """
                SELECT id, source, event, sender_id, "user", received_at, method, query, headers, decision, rules,
                    trace
                FROM deliveries \(conditions.isEmpty ? "" : "WHERE " + conditions.joined(separator: " AND "))
                ORDER BY id DESC LIMIT $\(arguments.count)
                """, arguments
            ).map { try $0.delivery(session) }
        }
    }
}

extension SQLSession {
    /// The delivery that has one of the new one's keys, and what came of it where it is gone already.
    fileprivate func key(of delivery: NewDelivery) throws -> (delivery: String, outcome: DeliveryOutcome)? {
        for key in delivery.keys {
            let row = try first(
                """
                SELECT delivery, outcome FROM dedupe_keys
                WHERE source = $1 AND kind = $2 AND value = $3 AND expires_at > $4
                """,
                [
                    .text(delivery.source), .text(key.kind.rawValue), .text(ColumnText.escape(key.value)),
                    SQLValue(delivery.acceptedAt),
                ])
            guard let row else { continue }
            let outcome = (try row.optional("outcome")).flatMap(DeliveryOutcome.init(rawValue:))
            return (try row.value("delivery"), outcome ?? .ignored)
        }
        return nil
    }

    fileprivate func insert(_ delivery: NewDelivery) throws {
        let head = delivery.request.head
        try execute(
            """
            INSERT INTO deliveries (id, source, event, sender_id, "user", received_at, method, query, headers, body,
                decision, trace, outcome, credential, rules)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """,
            [
                .text(delivery.id), .text(delivery.source), .text(ColumnText.escape(delivery.event)),
                SQLValue(delivery.senderID.map(ColumnText.escape)),
                SQLValue(try JSONColumn.optionalText(delivery.user)), SQLValue(head.receivedAt), .text(head.method),
                .text(ColumnText.escape(head.query)), .text(try JSONColumn.text(head.headers)),
                .blob(delivery.request.body), .text(delivery.decision.outcome.rawValue),
                .text(try JSONColumn.text(delivery.decision.trace)),
                .text(DeliveryOutcome.of(delivery.decision.outcome, []).rawValue),
                SQLValue(delivery.credential.map(ColumnText.escape)), .text(delivery.decision.rules),
            ])
        for key in delivery.keys { try claim(key, for: delivery) }
        for run in delivery.decision.runs { try insert(run, of: delivery.id, at: delivery.acceptedAt) }
        try updateOutcome(of: delivery.id)
    }

    /// - Throws: ``SQLConflict`` when another process has taken the key since it was looked for.
    private func claim(_ key: DedupeKey, for delivery: NewDelivery) throws {
        // An expired key gives way to the new one.
        let claimed = try rows(
            """
            INSERT INTO dedupe_keys (source, kind, value, delivery, expires_at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (source, kind, value) DO UPDATE
                SET delivery = excluded.delivery, expires_at = excluded.expires_at, outcome = NULL
                WHERE dedupe_keys.expires_at <= $6
            RETURNING delivery
            """,
            [
                .text(delivery.source), .text(key.kind.rawValue), .text(ColumnText.escape(key.value)),
                .text(delivery.id), SQLValue(delivery.keysExpire), SQLValue(delivery.acceptedAt),
            ])
        if claimed.isEmpty { throw SQLConflict(reason: "the key has just been taken") }
    }

    func insert(_ run: RecordedDecision.NewRun, of delivery: String, at time: Date) throws {
        var state = run.refusal == nil ? Run.State.pending : .refused
        var error = run.refusal
        if state == .pending, let turn = run.turn, let refusal = try admit(turn, of: delivery, at: time) {
            state = .skipped
            error = refusal
        }
        let overrun = run.turn.flatMap { $0.overrun == .parallel ? nil : $0.overrun.rawValue }
        try execute(
            """
            INSERT INTO runs (delivery, route, buddy, target, state, accepted_at, next_attempt_at, budget_start, error,
                concurrency_key, overrun)
            VALUES ($1, $2, $3, $4, $5, $6, $6, $6, $7, $8, $9)
            """,
            [
                .text(delivery), .text(run.route), .text(run.buddy), .text(try JSONColumn.text(run.target)),
                .text(state.rawValue), SQLValue(time), SQLValue(try JSONColumn.optionalText(error)),
                SQLValue((run.turn?.key).map(ColumnText.escape)), SQLValue(overrun),
            ])
        if state == .pending { try notify(.runsDue) }
    }

    /// Keeps the column by which deliveries are listed in step with the runs.
    func updateOutcome(of delivery: String) throws {
        // Locked first: another run's end must not be overlooked.
        let row = try first(
            "SELECT decision FROM deliveries WHERE id = $1 \(dialect.lockingRows)", [.text(delivery)])
        guard let decision: String = try row?.value("decision") else { return }
        let states = try rows("SELECT state FROM runs WHERE delivery = $1", [.text(delivery)])
            .map { try $0.value("state", as: String.self) }
        let outcome = DeliveryOutcome.of(
            Decision.Outcome(rawValue: decision) ?? .ignored, states.compactMap(Run.State.init(rawValue:)))
        try execute(
            "UPDATE deliveries SET outcome = $1 WHERE id = $2", [.text(outcome.rawValue), .text(delivery)])
    }
}
