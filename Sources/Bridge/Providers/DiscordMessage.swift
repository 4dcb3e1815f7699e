/// A summary as Discord shows it: discord.com/developers/docs, "Interaction Callback".
struct DiscordMessage: Encodable {
    private struct Body: Encodable {
        var content: String
        /// 64 for a message that only the caller sees.
        var flags: Int?
        /// Nobody is pinged, whatever the text says.
        var allowed_mentions = ["parse": [String]()]
    }

    /// A message in the channel from which the command came.
    private var type = 4
    private var data: Body

    init(_ summary: Summary, _ wishes: ReplyWishes) {
        let message = ChatMessage(summary, wishes, Self.style)
        data = Body(content: message.whole, flags: message.isForCaller ? 64 : nil)
    }

    /// A backslash before all that Discord's Markdown reads as formatting or a link. An address in angle brackets is
    /// shown without a preview.
    private static let style = ChatStyle(
        escape: { scalar in
            "\\*_~`|<>[]()#".unicodeScalars.contains(scalar) ? "\\\(scalar)" : ChatStyle.zeroWidth.escape(scalar)
        }, link: { "<\($0)>" })
}
