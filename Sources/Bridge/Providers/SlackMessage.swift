/// A summary as Slack shows it: docs.slack.dev, "Responding to slash commands" and "Formatting text".
struct SlackMessage: Encodable {
    private var responseType: String
    private var text: String
    private var blocks: [Block]

    private enum CodingKeys: String, CodingKey {
        case responseType = "response_type"
        case text, blocks
    }

    /// Keeps foreign text from becoming a mention or a link (`<!channel>` in a branch name). A section may have 3,000
    /// characters: a text of 500 stays below that when every one of them is escaped.
    private static let style = ChatStyle(
        escape: ChatStyle.entity, link: { "<\($0.replacing("&", with: "&amp;"))|Open in Buddy>" },
        code: { "`\($0)`" }, longest: 3000)

    init(_ summary: Summary, _ wishes: ReplyWishes) {
        let message = ChatMessage(summary, wishes, Self.style)
        responseType = message.isForCaller ? "ephemeral" : "in_channel"
        text = message.text
        blocks = [
            Block(message.lines.joined(separator: "\n"), type: "section"),
            Block(elements: [message.footer]),
        ]
    }

    private struct Block: Encodable {
        struct Text: Encodable {
            var type = "mrkdwn"
            var text: String
        }

        var type: String
        var text: Text?
        var elements: [Text]?

        init(_ text: String, type: String) {
            self.type = type
            self.text = Text(text: text)
        }

        init(elements: [String]) {
            type = "context"
            self.elements = elements.map { Text(text: $0) }
        }
    }
}
