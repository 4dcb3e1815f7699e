import FoundationEssentials

/// What Slack would send, with as little in it as a route may ask for.
struct SlackSample {
    private let sample: Sample
    private let user: String
    private let channel: String
    private let id = UUID().uuidString.lowercased()

    init(_ sample: Sample) {
        self.sample = sample
        user = sample.user ?? "U0SAMPLE"
        channel = sample.channel ?? "C0SAMPLE"
    }

    var body: [UInt8] {
        switch sample.event {
        case nil, "command": command
        case let type? where Self.interactions.contains(type): interaction(type)
        case let type?: event(type)
        }
    }

    private static let interactions = [
        "block_actions", "view_submission", "view_closed", "shortcut", "message_action", "block_suggestion",
    ]

    private var command: [UInt8] {
        let words = sample.words(orElse: "/deploy")
        return Form([
            ("team_id", "T0SAMPLE"), ("team_domain", "sample"), ("channel_id", channel), ("channel_name", "sample"),
            ("user_id", user), ("user_name", "sample"), ("command", words.first), ("text", words.rest),
            ("trigger_id", id),
        ]).encoded
    }

    private func interaction(_ type: String) -> [UInt8] {
        struct Party: Encodable {
            var id: String
            var name: String?
            var domain: String?
        }
        struct Interaction: Encodable {
            var type: String
            var trigger_id: String
            var user: Party
            var channel: Party
            var team = Party(id: "T0SAMPLE", domain: "sample")
        }
        let value = Interaction(
            type: type, trigger_id: id, user: Party(id: user, name: "sample"),
            channel: Party(id: channel, name: "sample"))
        return Form([("payload", String(decoding: WireJSON.encode(value), as: UTF8.self))]).encoded
    }

    private func event(_ type: String) -> [UInt8] {
        struct Callback: Encodable {
            var type = "event_callback"
            var team_id = "T0SAMPLE"
            var event_id: String
            var event: [String: String]
        }
        let text = "<@U0BRIDGE> " + (sample.text ?? "deploy")
        return WireJSON.encode(
            Callback(event_id: id, event: ["type": type, "user": user, "channel": channel, "text": text]))
    }
}
