package import Bridge

extension SQLJournal {
    package func knows(senderID: String, source: String) async throws(JournalUnavailable) -> Bool {
        try await read { session in
            try session.first(
                "SELECT id FROM deliveries WHERE source = $1 AND sender_id = $2 LIMIT 1",
                [.text(source), .text(ColumnText.escape(senderID))]) != nil
        }
    }
}
