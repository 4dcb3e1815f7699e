/// Which deliveries the journal has, by what their senders call them.
package protocol SenderIDs: Sendable {
    func knows(senderID: String, source: String) async throws(JournalUnavailable) -> Bool
}
