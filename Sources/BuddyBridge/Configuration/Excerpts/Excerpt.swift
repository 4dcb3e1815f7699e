/// A line of a file with a caret under one of its characters, as compilers show it.
enum Excerpt {
    /// How many characters of a line are shown at most.
    private static let longest = 120

    /// Two lines.
    ///
    /// - Parameter column: from 1; 1 more than there are characters is the end.
    static func lines(_ text: [Unicode.Scalar], column: Int) -> [String] {
        var text = text[...]
        while text.last == " " || text.last == "\t" { text.removeLast() }
        var index = max(0, column - 1)
        var (start, end) = ("", "")
        if text.count > longest {
            let first = max(0, min(index - longest / 2, text.count - longest))
            if first > 0 { start = "…" }
            if first + longest < text.count { end = "…" }
            text = text.dropFirst(first).prefix(longest)
            index -= first
        }
        var shown = ""
        shown.unicodeScalars.append(contentsOf: text.map(visible))
        var caret = start.isEmpty ? "" : " "
        caret.unicodeScalars.append(contentsOf: text.prefix(index).compactMap(blank))
        caret += String(repeating: " ", count: max(0, index - text.count))
        return ["    \(start)\(shown)\(end)", "    \(caret)^"]
    }

    /// A terminal must not be told anything by a file.
    private static func visible(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.properties.generalCategory {
        case .control where scalar != "\t", .format: "\u{FFFD}"
        default: scalar
        }
    }

    /// A blank as wide as a character. Nil for what takes no place of its own.
    private static func blank(_ scalar: Unicode.Scalar) -> Unicode.Scalar? {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark: nil
        default: scalar == "\t" ? "\t" : isWide(scalar) ? "\u{3000}" : " "
        }
    }

    /// Whether it takes two places in a terminal: the blocks of UAX #11 in which nearly all do.
    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
