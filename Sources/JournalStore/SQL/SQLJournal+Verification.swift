package import Bridge
package import FoundationEssentials

extension SQLJournal {
    package func record(_ rejections: [Rejection], keeping count: Int) async throws(JournalUnavailable) {
        try await writeDeliveries { session in
            for rejection in rejections {
                try session.execute(
                    """
                    INSERT INTO rejections (id, source, received_at, client, reason, detail)
                    VALUES ($1, $2, $3, $4, $5, $6)
                    """,
                    [
                        .text(rejection.id), .text(rejection.source), SQLValue(rejection.receivedAt),
                        .text(ColumnText.escape(rejection.client)), .text(rejection.reason),
                        .text(ColumnText.escape(rejection.detail)),
                    ])
            }
            for source in Set(rejections.map(\.source)) {
                try session.execute(
                    """
                    DELETE FROM rejections WHERE source = $1 AND id <=
                        (SELECT id FROM rejections WHERE source = $1 ORDER BY id DESC LIMIT 1 OFFSET $2)
                    """, [.text(source), SQLValue(count)])
            }
        }
    }

    package func rejections(source: String?, limit: Int) async throws(JournalUnavailable) -> [Rejection] {
        try await read { session in
            let condition = source == nil ? "" : "WHERE source = $2"
            return try session.rows(
                "SELECT * FROM rejections \(condition) ORDER BY id DESC LIMIT $1",
                [SQLValue(limit)] + (source.map { [.text($0)] } ?? [])
            ).map { row in
                Rejection(
                    id: try row.value("id"), source: try row.value("source"), receivedAt: try row.value("received_at"),
                    client: ColumnText.unescape(try row.value("client")), reason: try row.value("reason"),
                    detail: ColumnText.unescape(try row.value("detail")))
            }
        }
    }

    package func lastUses(source: String) async throws(JournalUnavailable) -> [String: Date] {
        try await read { session in
            let rows = try session.rows(
                """
                SELECT credential, max(received_at) AS last FROM deliveries
                WHERE source = $1 AND credential IS NOT NULL GROUP BY credential
                """, [.text(source)])
            return try rows.reduce(into: [:]) { uses, row in
                uses[ColumnText.unescape(try row.value("credential"))] = try row.value("last", as: Date.self)
            }
        }
    }
}
