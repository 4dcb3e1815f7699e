/// Takes lines apart as YAML would, one after the other, and gets as far as it can with what is no YAML at all.
struct LineScanner {
    enum Token: Equatable {
        case key(String), value(String)
        /// `[` or `{`, `]` or `}`, and `,` between them.
        case open, close, comma
        /// Before an element of a list.
        case dash
    }

    struct Line {
        var tokens: [Token] = []
        /// How many characters stand before the first token, and before the first that is no dash.
        var indent = 0
        var inner = 0
        /// How many characters there are without a comment at the end.
        var length = 0
        /// Whether it neither begins nor ends within quotes.
        var isWhole = true
    }

    /// Open brackets.
    var depth = 0
    /// The quote that is open.
    private(set) var quote: Unicode.Scalar?

    mutating func scan(_ text: [Unicode.Scalar]) -> Line {
        var line = Line(length: text.count, isWhole: quote == nil)
        var rest = text[...]
        if let quote {
            guard let end = Self.end(of: quote, in: rest) else { return line }
            self.quote = nil
            rest = rest[end...].dropFirst()
        }
        while let first = rest.first {
            guard !Self.isBlank(first) else {
                rest = rest.dropFirst()
                continue
            }
            let place = rest.startIndex
            if first == "#", place == 0 || Self.isBlank(text[place - 1]) {
                line.length = place
                break
            }
            if line.tokens.isEmpty { line.indent = place }
            if line.tokens.allSatisfy({ $0 == .dash }) { line.inner = place }
            take(first, &rest, &line)
        }
        return line
    }

    private mutating func take(_ first: Unicode.Scalar, _ rest: inout ArraySlice<Unicode.Scalar>, _ line: inout Line) {
        switch first {
        case "[", "{":
            depth += 1
            line.tokens.append(.open)
            rest = rest.dropFirst()
        case "]", "}":
            depth = max(0, depth - 1)
            line.tokens.append(.close)
            rest = rest.dropFirst()
        case "," where depth > 0:
            line.tokens.append(.comma)
            rest = rest.dropFirst()
        case "-" where depth == 0 && rest.dropFirst().first.map(Self.isBlank) ?? true:
            line.tokens.append(.dash)
            rest = rest.dropFirst()
        case "\"", "'":
            guard let end = Self.end(of: first, in: rest.dropFirst()) else {
                quote = first
                line.isWhole = false
                rest = []
                return
            }
            let text = rest[..<end].dropFirst()
            rest = rest[end...].dropFirst()
            line.tokens.append(scalar(text, &rest, isQuoted: true))
        default:
            let text = rest.indices.first { isEnd($0, of: rest) }.map { rest[..<$0] } ?? rest
            rest = rest[text.endIndex...]
            line.tokens.append(scalar(text, &rest, isQuoted: false))
        }
    }

    /// A key, where a colon follows; else a value.
    private func scalar(
        _ text: ArraySlice<Unicode.Scalar>, _ rest: inout ArraySlice<Unicode.Scalar>, isQuoted: Bool
    ) -> Token {
        var string = ""
        let end = text.lastIndex { !Self.isBlank($0) }.map { $0 + 1 } ?? text.startIndex
        string.unicodeScalars.append(contentsOf: text[..<end])
        let after = rest.drop(while: Self.isBlank)
        guard let colon = after.indices.first, after[colon] == ":", isQuoted && depth > 0 || isEnd(colon, of: after)
        else { return .value(string) }
        rest = after.dropFirst()
        return .key(string)
    }

    /// Whether a plain text ends before this character.
    private func isEnd(_ index: Int, of text: ArraySlice<Unicode.Scalar>) -> Bool {
        let isNested = depth > 0
        switch text[index] {
        case ":":
            guard index + 1 < text.endIndex else { return true }
            return Self.isBlank(text[index + 1]) || isNested && Self.isIndicator(text[index + 1])
        case "#": return index > text.startIndex && Self.isBlank(text[index - 1])
        case let other: return isNested && Self.isIndicator(other)
        }
    }

    /// Where a quoted text ends.
    private static func end(of quote: Unicode.Scalar, in text: ArraySlice<Unicode.Scalar>) -> Int? {
        var index = text.startIndex
        while index < text.endIndex {
            let next = index + 1 < text.endIndex ? text[index + 1] : nil
            if text[index] == quote, quote == "\"" || next != "'" { return index }
            index += quote == "\"" ? (text[index] == "\\" ? 2 : 1) : (text[index] == "'" ? 2 : 1)
        }
        return nil
    }

    private static func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

    private static func isIndicator(_ scalar: Unicode.Scalar) -> Bool { ",[]{}".unicodeScalars.contains(scalar) }
}
