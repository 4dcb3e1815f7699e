import FoundationEssentials

/// What Discord would send, with as little in it as a route may ask for.
enum DiscordSample {
    private struct User: Encodable {
        var id: String
        var username = "sample"
    }

    private struct Option: Encodable {
        var name: String
        /// 1 for a subcommand, 3 for a text.
        var type: Int
        var value: String?
        var options: [Option]?
    }

    private struct Interaction: Encodable {
        struct Member: Encodable { var user: User }
        struct Content: Encodable {
            var name: String?
            var custom_id: String?
            var options: [Option]?
        }
        var type: Int
        var id = String(UInt64.random(in: 1...(1 << 62)))
        var token = "sample"
        var application_id = "1"
        var version = 1
        var guild_id = "1"
        var channel_id: String
        var member: Member
        var data: Content
    }

    private struct Notice: Encodable {
        struct Content: Encodable { var user: User }
        struct Inner: Encodable {
            var type: String
            var timestamp: String
            var data: Content
        }
        var version = 1
        var application_id = "1"
        var type = 1
        var event: Inner
    }

    static func body(_ sample: Sample) -> [UInt8] {
        let user = User(id: sample.user ?? "1")
        let name = sample.event ?? "command"
        guard let type = DiscordInteraction.names.first(where: { $0.value == name }).flatMap({ Int($0.key) }) else {
            let inner = Notice.Inner(type: name, timestamp: UUID().uuidString, data: .init(user: user))
            return WireJSON.encode(Notice(event: inner))
        }
        let words = sample.words(orElse: "/deploy")
        let data =
            name == "command"
            ? Interaction.Content(
                name: words.first.hasPrefix("/") ? String(words.first.dropFirst()) : words.first,
                options: options(ChatCommand(command: words.first, text: words.rest)))
            : Interaction.Content(custom_id: words.first)
        return WireJSON.encode(
            Interaction(type: type, channel_id: sample.channel ?? "1", member: .init(user: user), data: data))
    }

    /// Each positional word as a subcommand of the one before it, with the named ones in the last.
    private static func options(_ command: ChatCommand) -> [Option] {
        let named = command.named.sorted { $0.key < $1.key }.map { Option(name: $0.key, type: 3, value: $0.value) }
        return command.positional.reversed().reduce(named) { [Option(name: $1, type: 1, options: $0)] }
    }
}
