/// What somebody did in Discord: discord.com/developers/docs, "Receiving and Responding", "Application Commands".
struct DiscordInteraction {
    /// The interactions that become events, by their `type`.
    static let names = ["2": "command", "3": "message_component", "5": "modal_submit"]

    private let document: JSONDocument

    init(_ document: JSONDocument) { self.document = document }

    /// Fills in who asked, where, and for what.
    func fill(_ event: inout Event) {
        let payload = Payload.json(document)
        // In a server the user is within the member, in a direct message not.
        event.user =
            Party(payload.scalar("member", "user", "id"), payload.scalar("member", "user", "username"))
            ?? Party(payload.scalar("user", "id"), payload.scalar("user", "username"))
        event.channel = Party(
            payload.scalar("channel_id") ?? payload.scalar("channel", "id"), payload.scalar("channel", "name"))
        event.team = Party(payload.scalar("guild_id"), nil)
        guard event.name == "command", let name = payload.scalar("data", "name") else { return }
        var positional: [String] = []
        var options: [(String, String)] = []
        Self.collect(document.root.child("data"), &positional, &options)
        event.command = ChatCommand(command: "/\(name)", positional: positional, options: options)
    }

    /// `/release web env:prod`: a subcommand is a word by its position and has options of its own, an option has a name
    /// and a value.
    private static func collect(
        _ element: JSONElement?, _ positional: inout [String], _ options: inout [(String, String)]
    ) {
        for option in element?.child("options")?.children ?? [] {
            guard let name = option.child("name")?.scalar else { continue }
            if let value = option.child("value")?.scalar {
                options.append((name, value))
            } else {
                positional.append(name)
                collect(option, &positional, &options)
            }
        }
    }
}
