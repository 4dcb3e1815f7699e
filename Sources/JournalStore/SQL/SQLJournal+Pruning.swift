package import Bridge
package import FoundationEssentials

extension SQLJournal {
    package func prune(before time: Date, keeping most: Int, now: Date) async throws(JournalUnavailable) -> Bool {
        try await writeDeliveries { session in
            let pruning = Pruning(session: session, before: time, now: now)
            return try [
                pruning.keys(), pruning.oldDeliveries(), pruning.surplusDeliveries(most), pruning.claims(),
                pruning.rejections(),
            ].contains { $0 >= Pruning.batch }
        }
    }
}

/// Drops what has had its time, in small batches, between which deliveries are taken. Each part returns how many rows
/// it dropped.
private struct Pruning {
    static let batch = 200

    let session: any SQLSession
    let before: Date
    let now: Date

    func keys() throws -> Int {
        try session.execute(
            """
            DELETE FROM dedupe_keys WHERE (source, kind, value) IN
                (SELECT source, kind, value FROM dedupe_keys WHERE expires_at < $1 LIMIT $2)
            """, [SQLValue(now), SQLValue(Self.batch)])
    }

    /// A delivery whose key is alive is what a duplicate is answered with.
    func oldDeliveries() throws -> Int {
        try drop(
            "received_at < $1 AND NOT EXISTS (SELECT 1 FROM dedupe_keys WHERE delivery = deliveries.id)",
            [SQLValue(before)])
    }

    /// Of each source those beyond the newest so many. Their keys stay, and keep what came of them, for duplicates.
    func surplusDeliveries(_ most: Int) throws -> Int {
        var dropped = 0
        for source in try sources() where dropped < Self.batch {
            let newest = try session.first(
                "SELECT id FROM deliveries WHERE source = $1 ORDER BY id DESC LIMIT 1 OFFSET $2",
                [.text(source), SQLValue(most)])
            guard let id: String = try newest?.value("id") else { continue }
            dropped = max(dropped, try drop("source = $1 AND id <= $2", [.text(source), .text(id)]))
        }
        return dropped
    }

    /// What is not over is never dropped.
    private func drop(_ condition: String, _ arguments: [SQLValue]) throws -> Int {
        let ids = try session.rows(
            """
            SELECT id, outcome FROM deliveries WHERE \(condition) AND outcome != 'pending'
                AND NOT EXISTS (SELECT 1 FROM runs WHERE delivery = deliveries.id AND uncertain = 1)
            ORDER BY received_at LIMIT $\(arguments.count + 1) \(session.dialect.passingOverLocked)
            """, arguments + [SQLValue(Self.batch)])
        for row in ids {
            let id = SQLValue.text(try row.value("id"))
            try session.execute(
                "UPDATE dedupe_keys SET outcome = $1 WHERE delivery = $2", [.text(try row.value("outcome")), id])
            try session.execute("DELETE FROM deliveries WHERE id = $1", [id])
        }
        return ids.count
    }

    /// Each step looks for the next name in the index, however many deliveries there are.
    private func sources() throws -> [String] {
        try session.rows(
            """
            WITH RECURSIVE names (name) AS (
                SELECT min(source) FROM deliveries
                UNION ALL
                SELECT (SELECT min(source) FROM deliveries WHERE source > names.name) FROM names
                WHERE names.name IS NOT NULL)
            SELECT name FROM names WHERE name IS NOT NULL
            """
        ).map { try $0.value("name") }
    }

    /// Claims of runs that are gone.
    func claims() throws -> Int {
        try session.execute(
            """
            DELETE FROM claims WHERE run IN
                (SELECT run FROM claims WHERE claimed_at < $1
                    AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = claims.run) LIMIT $2)
            """, [SQLValue(before), SQLValue(Self.batch)])
    }

    func rejections() throws -> Int {
        try session.execute(
            "DELETE FROM rejections WHERE id IN (SELECT id FROM rejections WHERE received_at < $1 LIMIT $2)",
            [SQLValue(before), SQLValue(Self.batch)])
    }
}
