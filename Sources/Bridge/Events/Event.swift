package import FoundationEssentials

/// A verified request, understood.
package struct Event: Sendable {
    /// The name of the source that it came to.
    package var source: String
    /// The name of the source's provider.
    package var provider: String
    /// What happened, in the sender's word: `push`, `command`.
    package var name: String
    /// The sender's own id of this delivery, signed or not.
    package var senderID: String?
    /// When it came; for the `windows` of routes.
    package var receivedAt: Date
    package var headers: Headers
    package var query: Form
    package var payload: Payload
    /// Who asked, where the sender says so.
    package var user: Party?
    package var channel: Party?
    package var team: Party?
    package var command: ChatCommand?
    /// What all Git hosts tell alike. Nil for other senders.
    package var git: (any GitFields)?

    package init(
        source: String, provider: String, name: String, request: Request, payload: Payload, senderID: String? = nil
    ) {
        self.source = source
        self.provider = provider
        self.name = name
        self.senderID = senderID
        self.payload = payload
        receivedAt = request.head.receivedAt
        headers = request.head.headers
        query = Form(encoded: request.head.query.utf8) ?? Form([])
    }
}

/// A person, channel or team, as a sender names it: the id decides, the name is for reading.
package struct Party: Sendable, Codable, Equatable {
    package var id: String
    package var name: String?

    package init(id: String, name: String?) {
        self.id = id
        self.name = name
    }
}
