import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

/// DESIGN §5.2 and §7: each chat gets the same facts in its own shape, and no foreign text pings anybody.
@Suite("What chats are answered")
struct ChatReplyTests {
    struct Chat: Sendable, CustomTestStringConvertible {
        var provider: any Provider
        /// The event to whose delivery the chat shows an answer.
        var event: String
        var isPublic = false

        var testDescription: String { "\(provider.traits.name) \(event)" }

        /// All text that the chat would show.
        func shown(_ reply: Reply) -> String {
            let json = reply.json
            return json.text.string ?? json.data.content.string ?? json.content.string ?? ""
        }
    }

    static func chats() throws -> [Chat] {
        [
            Chat(provider: Slack(), event: "command"),
            Chat(provider: Mattermost(), event: "command"),
            Chat(provider: Mattermost(), event: "message", isPublic: true),
            Chat(provider: RocketChat(), event: "message", isPublic: true),
            Chat(provider: Discord(), event: "command"),
            Chat(provider: Discord(), event: "message_component"),
            Chat(provider: Teams(), event: "message", isPublic: true),
            Chat(provider: try GoogleChat.of("1234567890"), event: "command"),
            Chat(provider: try GoogleChat.of("1234567890"), event: "MESSAGE"),
            Chat(provider: Zulip(), event: "mention", isPublic: true),
        ]
    }

    @Test("Every outcome is a 200 in JSON", arguments: try chats())
    func status(_ chat: Chat) {
        for state in Run.State.allCases {
            let reply = chat.provider.reply(to: Delivery(runs: [Run(state)], event: chat.event))
            #expect(reply.status == 200 && reply.contentType == "application/json")
            #expect(!chat.shown(reply).isEmpty)
        }
    }

    @Test("What happened is told", arguments: try chats())
    func news(_ chat: Chat) {
        let shown = chat.shown(chat.provider.reply(to: .started(event: chat.event), audience: .channel))
        #expect(shown.contains("company-website") && shown.contains("INPROGRESS"))
    }

    @Test(
        "A branch pings nobody", arguments: try chats(),
        [
            "@all", "@here", "@everyone", "<!channel>", "<users/all>", "<@123>", "@**all**", "<at>all</at>",
            "[x](https://e)",
        ])
    func mentions(_ chat: Chat, _ branch: String) {
        let shown = chat.shown(
            chat.provider.reply(to: .started(event: chat.event, branch: branch), audience: .channel))
        let name = chat.provider.traits.name
        // Slack reads mentions in angle brackets alone, and Discord is told besides to ping nobody.
        if name != "slack" || branch.hasPrefix("<") { #expect(!shown.contains(branch)) }
        #expect(shown.contains("INPROGRESS"))
    }

    @Test(
        "Where everybody sees it, nothing is told but that it was not done", arguments: try chats().filter(\.isPublic))
    func neutral(_ chat: Chat) {
        for delivery in [
            Delivery.refused(event: chat.event, "the token was refused"),
            Delivery(decision: .denied, event: chat.event), Delivery(decision: .ignored, event: chat.event),
        ] {
            let shown = chat.shown(chat.provider.reply(to: delivery, audience: .channel, usage: ["/secret-command"]))
            #expect(shown == "Not done. The log of buddy-bridge has delivery \(delivery.id).")
        }
    }

    @Test("Where only the caller sees it, the reason is told", arguments: try chats().filter { !$0.isPublic })
    func reason(_ chat: Chat) {
        var delivery = Delivery.refused(event: chat.event, "the token was refused")
        delivery.user = Party(id: "users/7", name: nil)
        #expect(chat.shown(chat.provider.reply(to: delivery)).contains("the token was refused"))
    }

    @Test("They answer in time, take little, and fail with a 200", arguments: try chats())
    func traits(_ chat: Chat) {
        let limits = ["slack": 3, "discord": 3, "teams": 5, "zulip": 10]
        let traits = chat.provider.traits
        #expect(traits.isChat && traits.failureStatus == 200 && traits.bodyLimit == 1 << 20)
        #expect(traits.replyWithin < .seconds(limits[traits.name] ?? 10))
    }

    @Test("The shapes")
    func shapes() throws {
        let news = Delivery.started()
        #expect(Mattermost().reply(to: news).json.response_type == "ephemeral")
        #expect(Mattermost().reply(to: news, audience: .channel).json.response_type == "in_channel")
        #expect(Mattermost().reply(to: .started(event: "message")).json.response_type == "comment")
        #expect(Discord().reply(to: news).json.type == 4)
        #expect(Discord().reply(to: news).json.data.flags == 64)
        #expect(Discord().reply(to: news, audience: .channel).json.data.flags == .null)
        #expect(Discord().reply(to: news).json.data.allowed_mentions == .object(["parse": .list([])]))
        #expect(Teams().reply(to: .started(event: "message")).json.type == "message")
        let zulip = Zulip().reply(to: .started(event: "mention")).json
        #expect(zulip.content == zulip.text && zulip.count == 2)
        #expect(RocketChat().reply(to: .started(event: "message")).json.count == 1)
    }

    @Test("Discord's answers fit into a message, and its links are links")
    func discord() throws {
        let json = Discord().reply(to: .started(branch: "feature_x*y")).json
        let content = try #require(json.data.content.string)
        let url = try #require(Execution.mission.htmlURL)
        #expect(content.contains("on feature\\_x\\*y: ") && content.contains("<\(url)>"))
        let long = String(repeating: "*", count: 4000)
        let words = Array(repeating: "/deploy \(long)", count: 9)
        for delivery in [Delivery.refused("\(long)"), Delivery(decision: .ignored, event: "command")] {
            let content = try #require(Discord().reply(to: delivery, usage: words).json.data.content.string)
            #expect(content.utf16.count <= 2000)
        }
    }

    @Test("Google Chat's private answers name who may see them, and are neutral where nobody is known")
    func googleChat() throws {
        let chat = try GoogleChat.of("1234567890")
        let user = Party(id: "users/7", name: "Mike")
        let own = chat.reply(to: .started(user: user)).json
        #expect(own.privateMessageViewer == .object(["name": "users/7"]))
        #expect(chat.reply(to: .started(user: user), audience: .channel).json.privateMessageViewer == .null)
        let text = try #require(chat.reply(to: .refused()).json.text.string)
        #expect(text.hasPrefix("Not done."))
        #expect(chat.reply(to: .started(event: "ADDED_TO_SPACE")).body == Array("{}".utf8))
    }

    @Test("What shows no answer gets none")
    func silent() {
        #expect(Slack().reply(to: .started(event: "app_mention")) == Reply(status: 200))
        #expect(Slack().reply(to: .started(event: "block_actions")) == Reply(status: 200))
        #expect(Slack().reply(to: .started(event: "block_suggestion")).body == Array(#"{"options":[]}"#.utf8))
        #expect(Discord().reply(to: .started(event: "APPLICATION_AUTHORIZED")) == Reply(status: 204))
    }
}

extension GoogleChat {
    static func of(_ audience: String?) throws -> GoogleChat {
        var settings = ProviderSettings()
        settings.audience = audience
        return try GoogleChat(settings)
    }
}
