package import Bridge

/// A journal kept in SQL. Its statements are all here, the same for every engine; an engine brings its connections and
/// its ``SQLDialect``.
package protocol SQLJournal: Journal, JournalHealth, RunHistory, VerificationJournal, SenderIDs {
    /// Does the work in a transaction of deliveries, which it may share with others.
    func writeDeliveries<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(JournalUnavailable) -> Value

    /// Does the work in a transaction of runs, which it may share with others.
    func writeRuns<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(JournalUnavailable) -> Value

    /// Reads beside the writers.
    func read<Value: Sendable>(
        _ work: @escaping @Sendable (any SQLSession) throws -> Value
    ) async throws(JournalUnavailable) -> Value

    /// The time by which its runs are due and held.
    var clock: JournalClock { get }

    /// Ends all connections; what was committed is on the disk.
    func close() throws
}

extension JournalUnavailable {
    /// Any error of an engine's.
    init(_ error: any Error) {
        self = error as? JournalUnavailable ?? JournalUnavailable("\(error)")
    }
}

extension SQLJournal {
    package func check() async throws(JournalUnavailable) {
        // As much as a large push has: a disk that is nearly full still takes a page or two.
        _ = try await writeDeliveries { session in
            // Anew each time: SQLite does not write what is there already.
            try session.execute("DELETE FROM probe", [])
            try session.execute(
                "INSERT INTO probe (id, filler) VALUES (1, $1) ON CONFLICT DO NOTHING",
                [.blob([UInt8](repeating: 0, count: 65_536))])
        }
    }

    package func backlog() async throws(JournalUnavailable) -> Backlog {
        try await read { session in
            let row = try session.first(
                """
                SELECT count(*) AS pending, min(budget_start) AS oldest FROM runs
                WHERE state IN ('pending', 'running')
                """)
            return Backlog(pending: try row?.value("pending") ?? 0, oldest: try row?.optional("oldest"))
        }
    }
}
