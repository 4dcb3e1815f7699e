/// Foreign text as a text column can hold it: SQLite's functions, and PostgreSQL altogether, end a text at a zero byte.
enum ColumnText {
    /// Marks a text that was escaped. No text that begins with it stays as it is, so different texts stay different.
    private static let mark = "\u{1}"

    static func escape(_ text: String) -> String {
        guard text.utf8.contains(0) || text.utf8.first == 1 else { return text }
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\0": "\\0"
            case "\\": "\\\\"
            default: String(scalar)
            }
        }
        return mark + escaped.joined()
    }

    static func unescape(_ text: String) -> String {
        guard text.utf8.first == 1 else { return text }
        var plain = String.UnicodeScalarView()
        var rest = text.unicodeScalars.dropFirst()
        while let scalar = rest.popFirst() {
            guard scalar == "\\", let next = rest.popFirst() else {
                plain.append(scalar)
                continue
            }
            plain.append(next == "0" ? "\0" : next)
        }
        return String(plain)
    }
}
