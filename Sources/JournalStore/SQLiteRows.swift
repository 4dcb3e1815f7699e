import Bridge
import FoundationEssentials
import GRDB

/// Rows as the domain's values.
enum SQLiteRows {
    static func run(_ row: Row) throws -> Run {
        guard let state = Run.State(rawValue: row["state"]) else {
            throw JournalUnavailable("run \(row["id"] as Int64) has a state that this version does not know")
        }
        return Run(
            id: row["id"], delivery: row["delivery"], route: row["route"], buddy: row["buddy"],
            target: try JSONColumn.value(Target.self, row["target"] as String), state: state,
            attempts: row["attempts"], nextAttemptAt: Date(milliseconds: row["next_attempt_at"]),
            budgetStart: Date(milliseconds: row["budget_start"]), leaseNumber: row["lease_number"],
            pipelineNumber: row["pipeline_number"], execution: row["execution"], patchSent: row["patch_sent"],
            isUncertain: row["uncertain"], firstLook: try JSONColumn.optionalValue(row["first_look"] as String?),
            lastLook: try JSONColumn.optionalValue(row["last_look"] as String?),
            error: try JSONColumn.optionalValue(row["error"] as String?))
    }

    static func runs(of delivery: String, _ db: Database) throws -> [Run] {
        try Row.fetchAll(db, sql: "SELECT * FROM runs WHERE delivery = ? ORDER BY id", arguments: [delivery]).map(run)
    }

    /// - Parameter row: of `deliveries`; without `body` for a list.
    static func delivery(_ row: Row, _ db: Database) throws -> Delivery {
        let id: String = row["id"]
        guard let decision = Decision.Outcome(rawValue: row["decision"]) else {
            throw JournalUnavailable("delivery \(id) has a decision that this version does not know")
        }
        return Delivery(
            id: id, source: row["source"], event: ColumnText.unescape(row["event"]),
            senderID: (row["sender_id"] as String?).map(ColumnText.unescape),
            user: try JSONColumn.optionalValue(row["user"] as String?),
            receivedAt: Date(milliseconds: row["received_at"]), method: row["method"], query: row["query"],
            headers: try JSONColumn.value(Headers.self, row["headers"] as String),
            body: (row["body"] as Data?).map(Array.init) ?? [], decision: decision,
            trace: try JSONColumn.value([RouteTrace].self, row["trace"] as String), runs: try runs(of: id, db))
    }
}
