/// What a signed request of Slack's is about.
struct SlackContents {
    let request: Request
    let source: String
    let traits: ProviderTraits

    private func event(_ name: String, _ payload: Payload, id: String?) -> Event {
        Event(
            source: source, provider: traits.name, name: name, request: request,
            payload: .hiding(traits.provingFields, payload), senderID: id)
    }

    /// docs.slack.dev, "Implementing slash commands".
    func command(_ form: Form) throws(NotUnderstood) -> Event {
        guard let command = form.first("command"), let user = form.first("user_id") else {
            throw .malformed("the form is no slash command: it has no 'command' and 'user_id'")
        }
        var event = event("command", .form(form), id: form.first("trigger_id"))
        event.command = ChatCommand(command: command, text: form.first("text") ?? "")
        event.user = Party(user, form.first("user_name"))
        event.channel = Party(form.first("channel_id"), form.first("channel_name"))
        event.team = Party(form.first("team_id"), form.first("team_domain"))
        return event
    }

    /// docs.slack.dev, "Handling user interaction": a form with one field, which holds JSON.
    func interaction(_ form: Form) throws(NotUnderstood) -> Event {
        let payload = Payload.json(try BodyReader.jsonInForm(form))
        guard let type = payload.scalar("type") else { throw .malformed("the field 'payload' has no 'type'") }
        // A menu that asks for its options has no id, and is told apart by its bytes.
        var event = event(type, payload, id: payload.scalar("trigger_id"))
        event.user = Party(
            payload.scalar("user", "id"), payload.scalar("user", "name") ?? payload.scalar("user", "username"))
        event.channel = Party(payload.scalar("channel", "id"), payload.scalar("channel", "name"))
        event.team = Party(payload.scalar("team", "id"), payload.scalar("team", "domain"))
        return event
    }

    /// docs.slack.dev, "The Events API".
    func callback(_ json: JSONDocument) throws(NotUnderstood) -> Understanding {
        let payload = Payload.json(json)
        switch payload.scalar("type") {
        case "url_verification":
            // Signed like all else: without that, anybody's JSON would be echoed.
            guard let challenge = payload.scalar("challenge") else { throw .malformed("there is no 'challenge'") }
            return .handshake(Reply(status: 200, json: ["challenge": challenge]))
        case "event_callback":
            guard let name = payload.scalar("event", "type") else { throw .malformed("there is no 'event.type'") }
            let isMessage = name == "message" || name == "app_mention"
            // What a bot says, and this one above all, must not start anything: it could go round for ever.
            if isMessage, payload.isFromBot { return .handshake(Reply(status: 200)) }
            var event = event(name, payload, id: payload.scalar("event_id"))
            event.user = Party(payload.idOrObject("user"), nil)
            event.channel = Party(payload.idOrObject("channel"), nil)
            event.team = Party(payload.scalar("team_id"), nil)
            if isMessage, let text = payload.scalar("event", "text") {
                event.command = ChatCommand(saying: SlackText.plain(text.droppingMention(from: "<@", to: ">")))
            }
            return .event(event)
        default: throw .malformed("the JSON is neither 'event_callback' nor 'url_verification'")
        }
    }
}

extension Payload {
    /// docs.slack.dev, "bot_message event": old bots have the subtype, all others the id; an edited message is within.
    fileprivate var isFromBot: Bool {
        has("event", "bot_id") || has("event", "message", "bot_id") || scalar("event", "subtype") == "bot_message"
    }

    /// Most events name a user or channel by its id, a few (`team_join`, `channel_created`) show the whole object.
    fileprivate func idOrObject(_ name: String) -> String? {
        scalar("event", name) ?? scalar("event", name, "id")
    }
}

/// The text of a message as it was typed: docs.slack.dev, "Formatting text".
enum SlackText {
    /// Three characters come escaped, and addresses in angle brackets, some with the text that was typed after `|`.
    /// Mentions stay as they are: they are ids.
    static func plain(_ text: some StringProtocol) -> String {
        var plain = ""
        var rest = String(text)[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            plain += rest[..<open]
            let inner = rest[open...close].dropFirst().dropLast()
            let parts = inner.split(separator: "|", maxSplits: 1)
            let isAddress = inner.hasPrefix("http://") || inner.hasPrefix("https://") || inner.hasPrefix("mailto:")
            plain += isAddress ? parts.last ?? "" : rest[open...close]
            rest = rest[close...].dropFirst()
        }
        return HTMLText.unescaped(plain + rest)
    }
}
