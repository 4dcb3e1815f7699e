/// A summary as Slack shows it: docs.slack.dev, "Responding to slash commands" and "Formatting text".
struct SlackMessage: Encodable {
    private var responseType: String
    private var text: String
    private var blocks: [Block]

    private enum CodingKeys: String, CodingKey {
        case responseType = "response_type"
        case text, blocks
    }

    init(_ summary: Summary, _ wishes: ReplyWishes) {
        // What went wrong is the caller's alone.
        let isNews =
            [.started, .already_running, .pending, .dry_run].contains(summary.outcome)
            && summary.runs.allSatisfy { $0.error == nil }
        responseType = isNews && wishes.audience == .channel ? "in_channel" : "ephemeral"
        text = Self.escape(summary.message)
        let links = summary.runs.compactMap { run in
            run.execution?.htmlURL.map { "<\(Self.escape($0))|Open in Buddy>" }
        }
        var lines = [text] + links
        if summary.outcome == .ignored, !wishes.usage.isEmpty {
            lines += ["Known here:"] + wishes.usage.map { "`\(Self.escape($0))`" }
        }
        blocks = [
            Block(lines.joined(separator: "\n"), type: "section"),
            Block(elements: ["Delivery \(summary.delivery)"]),
        ]
    }

    /// Keeps foreign text from becoming a mention or a link (`<!channel>` in a branch name).
    private static func escape(_ text: String) -> String {
        var escaped = ""
        // By scalars, not characters: a combining mark must not hide what Slack reads. Escaped, this many stay below the
        // 3,000 characters that a section may have.
        for scalar in text.unicodeScalars.prefix(500) {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
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
