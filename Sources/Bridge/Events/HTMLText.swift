/// Text that came as a little HTML: what people typed, as a chat's server wrote it.
enum HTMLText {
    /// The text without its tags, the usual entities resolved. Tags that begin a new line become a blank.
    static func plain(_ html: some StringProtocol) -> String {
        var plain = ""
        var rest = String(html)[...]
        while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
            plain += rest[..<open]
            if Self.blocks.contains(Self.tagName(rest[open..<close])) { plain += " " }
            rest = rest[close...].dropFirst()
        }
        // Only now: a `&lt;` is a character that somebody typed, and begins no tag.
        return unescaped(plain + rest)
    }

    private static let blocks: Set<String> = ["br", "p", "div", "li", "ul", "ol", "tr", "td", "blockquote", "pre"]

    /// `div` of `</div` and of `<div class="x"`.
    private static func tagName(_ tag: Substring) -> String {
        tag.dropFirst().drop { $0 == "/" }.prefix { $0.isLetter }.lowercased()
    }

    /// The text with its entities resolved, each once: `&amp;lt;` is `&lt;`. What is no known entity stays.
    static func unescaped(_ text: some StringProtocol) -> String {
        var plain = ""
        var rest = String(text)[...]
        while let start = rest.firstIndex(of: "&") {
            plain += rest[..<start]
            rest = rest[start...]
            let name = rest.dropFirst().prefix(10).prefix { $0 != ";" && $0 != "&" }
            guard rest[name.endIndex...].first == ";", let character = character(name) else {
                plain += "&"
                rest = rest.dropFirst()
                continue
            }
            plain += character
            rest = rest[name.endIndex...].dropFirst()
        }
        return plain + rest
    }

    private static func character(_ name: Substring) -> String? {
        switch name {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        case "nbsp": return "\u{A0}"
        default:
            guard name.first == "#" else { return nil }
            let digits = name.dropFirst()
            let number =
                digits.first == "x" || digits.first == "X"
                ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap(Unicode.Scalar.init).map { String($0) }
        }
    }
}
