package import Bridge
package import FoundationEssentials
import GRDB

extension SQLiteJournal: VerificationJournal {
    package func record(_ rejections: [Rejection], keeping count: Int) async throws(JournalUnavailable) {
        try await writer.write { db in
            for rejection in rejections {
                try db.execute(
                    sql: """
                        INSERT INTO rejections (id, source, received_at, client, reason, detail)
                        VALUES (?, ?, ?, ?, ?, ?)
                        """,
                    arguments: [
                        rejection.id, rejection.source, rejection.receivedAt.milliseconds,
                        ColumnText.escape(rejection.client), rejection.reason, ColumnText.escape(rejection.detail),
                    ])
            }
            for source in Set(rejections.map(\.source)) {
                try db.execute(
                    sql: """
                        DELETE FROM rejections WHERE source = :source AND id <=
                            (SELECT id FROM rejections WHERE source = :source ORDER BY id DESC LIMIT 1 OFFSET :count)
                        """, arguments: ["source": source, "count": count])
            }
        }
    }

    package func rejections(source: String?, limit: Int) async throws(JournalUnavailable) -> [Rejection] {
        try await read { db in
            try Row.fetchAll(
                db,
                sql: """
                    SELECT * FROM rejections WHERE (:source IS NULL OR source = :source) ORDER BY id DESC LIMIT :limit
                    """, arguments: ["source": source, "limit": limit]
            ).map { row in
                Rejection(
                    id: row["id"], source: row["source"], receivedAt: Date(milliseconds: row["received_at"]),
                    client: ColumnText.unescape(row["client"]), reason: row["reason"],
                    detail: ColumnText.unescape(row["detail"]))
            }
        }
    }

    package func lastUses(source: String) async throws(JournalUnavailable) -> [String: Date] {
        try await read { db in
            let rows = try Row.fetchAll(
                db,
                sql: """
                    SELECT credential, max(received_at) AS last FROM deliveries
                    WHERE source = ? AND credential IS NOT NULL GROUP BY credential
                    """, arguments: [source])
            return rows.reduce(into: [:]) {
                $0[ColumnText.unescape($1["credential"])] = Date(milliseconds: $1["last"])
            }
        }
    }
}
