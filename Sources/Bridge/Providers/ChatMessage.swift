/// What a chat is told of a summary, whatever chat it is: the lines to show, and for whom they are.
struct ChatMessage {
    /// What happened, in one line.
    let text: String
    /// More lines, the least needed last.
    private let details: [String]
    /// Names the delivery, for who wants to look into the log.
    let footer: String
    /// What everybody may see where an answer cannot be the caller's alone.
    private let neutral: String
    private let style: ChatStyle
    /// Whether it tells that something was run: what was denied, refused or went wrong is the caller's alone.
    private let isNews: Bool
    /// Whether nobody but the caller may see it.
    let isForCaller: Bool

    init(_ summary: Summary, _ wishes: ReplyWishes, _ style: ChatStyle) {
        self.style = style
        footer = "Delivery \(summary.delivery)"
        neutral = "Not done. The log of buddy-bridge has delivery \(summary.delivery)."
        isNews =
            [.started, .already_running, .pending, .dry_run].contains(summary.outcome)
            && summary.runs.allSatisfy { $0.error == nil }
        isForCaller = !isNews || wishes.audience == .caller
        text = style.safe(summary.message)
        let links = summary.runs.compactMap { $0.execution?.htmlURL }.filter(Self.isPlainAddress)
        let usage = summary.outcome == .ignored && !wishes.usage.isEmpty
        details =
            links.map(style.link)
            + (summary.denial.map { [style.safe($0)] } ?? [])
            + (usage ? ["Known here:"] + wishes.usage.map { style.code(style.safe($0)) } : [])
    }

    /// All lines, but for those at the end that a message has no room for.
    var lines: [String] { fitting(style.longest) }

    /// The whole message as one text.
    var whole: String {
        (fitting(style.longest - footer.utf16.count - 1) + [footer]).joined(separator: "\n")
    }

    /// The same for a chat where everybody sees every answer.
    var forEverybody: String { isNews ? whole : neutral }

    private func fitting(_ room: Int) -> [String] {
        var room = room - text.utf16.count
        return [text]
            + details.prefix { line in
                room -= line.utf16.count + 1
                return room >= 0
            }
    }

    /// An address that no chat can read as anything else, mentions and formatting included.
    private static func isPlainAddress(_ url: String) -> Bool {
        (url.hasPrefix("https://") || url.hasPrefix("http://")) && url.utf8.count <= 500
            && url.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"):
                    true
                default: "-._/:?#&=%+~".utf8.contains(byte)
                }
            }
    }
}

/// How a chat writes what it shows.
struct ChatStyle: Sendable {
    /// A character of foreign text, so that it is neither formatting nor a link nor a mention. Nil where it is as it is.
    var escape: @Sendable (Unicode.Scalar) -> String?
    /// An address, which holds no character but those of addresses.
    var link: @Sendable (String) -> String = { $0 }
    /// A line as typed, safe already.
    var code: @Sendable (String) -> String = { $0 }
    /// How many characters (UTF-16) a message may have: the least that any of these chats takes, so that no chat cuts.
    var longest = 2000

    /// Foreign text as it may be shown: escaped, in one line, cut after 500 characters.
    ///
    /// By scalars, not characters: a combining mark must not hide what the chat reads.
    func safe(_ text: String) -> String {
        var safe = ""
        for scalar in text.unicodeScalars.prefix(500) {
            if let escaped = escape(scalar) {
                safe += escaped
            } else if [.control, .lineSeparator, .paragraphSeparator].contains(scalar.properties.generalCategory) {
                safe += " "
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// For chats that have no escapes for all that they read: a zero-width space after what could begin a mention
    /// (`@all`, `<users/all>`) or lead from a text to an address (`[text](https://…)`).
    static let zeroWidth = ChatStyle { "@<]".unicodeScalars.contains($0) ? "\($0)\u{200B}" : nil }

    /// For chats that read HTML.
    static let html = ChatStyle(
        escape: { scalar in entity(scalar) ?? zeroWidth.escape(scalar) }, link: { $0.replacing("&", with: "&amp;") })

    /// The three characters that neither HTML nor Slack takes as they are.
    @Sendable static func entity(_ scalar: Unicode.Scalar) -> String? {
        switch scalar {
        case "&": "&amp;"
        case "<": "&lt;"
        case ">": "&gt;"
        default: nil
        }
    }
}
