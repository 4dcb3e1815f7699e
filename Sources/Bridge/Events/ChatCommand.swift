/// A slash command: `/deploy web earliest env=prod --force`.
package struct ChatCommand: Sendable, Equatable {
    package var command: String
    /// All that follows the command, as typed.
    package var text: String
    /// The words of the text, counted from 0, without those of ``named``.
    package var positional: [String]
    /// `name=value` and `--name=value` words, and `--name`, whose value is `true`; of equal names the last.
    package var named: [String: String]

    package init(command: String, text: String) {
        self.command = command
        self.text = text
        positional = []
        named = [:]
        var words = Self.words(of: text)[...]
        while let word = words.popFirst() {
            // As for a shell's commands: what follows is no option, whatever it looks like.
            if word == "--" || word == "—" { break }
            if let (name, value) = Self.option(word) {
                named[name] = value
            } else {
                positional.append(Self.address(word) ?? word)
            }
        }
        positional += words
    }

    /// `name=value` where the name is a plain word, so that a URL with a query stays a word; `--name` and
    /// `--name=value`, also with the dash that telephones make of two.
    private static func option(_ word: String) -> (String, String)? {
        let dashes = ["--", "—"].first(where: word.hasPrefix)
        let rest = word.dropFirst(dashes?.count ?? 0)
        let name = rest.prefix { $0 != "=" }
        guard let first = name.first, first != "-",
            name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" })
        else { return nil }
        if name.endIndex == rest.endIndex { return dashes == nil ? nil : (String(name), "true") }
        let value = String(rest[name.endIndex...].dropFirst())
        return (String(name), address(value) ?? value)
    }

    /// The address in `<https://host/path|text>`, as chats write the addresses that people paste.
    private static func address(_ word: String) -> String? {
        guard word.hasPrefix("<https://") || word.hasPrefix("<http://"), word.hasSuffix(">") else { return nil }
        return String(word.dropFirst().dropLast().prefix { $0 != "|" })
    }

    /// Splits at blanks as a shell does: quotes keep blanks, a backslash keeps the next character, except within
    /// single quotes. The curly quotes that chats put in count as double ones. An open quote ends with the text.
    static func words(of text: String) -> [String] {
        var words: [String] = []
        var word: String?
        var quote: Character?
        var characters = text.makeIterator()
        while let character = characters.next() {
            switch (character, quote) {
            case ("\\", let open) where open != "'":
                word = (word ?? "") + (characters.next().map(String.init) ?? "\\")
            case ("'", nil), ("\"", nil), ("“", nil), ("”", nil):
                quote = character == "'" ? "'" : "\""
                word = word ?? ""
            case ("'", "'"), ("\"", "\""), ("“", "\""), ("”", "\""):
                quote = nil
            case (let blank, nil) where blank.isWhitespace:
                if let whole = word { words.append(whole) }
                word = nil
            default:
                word = (word ?? "") + String(character)
            }
        }
        return word.map { words + [$0] } ?? words
    }
}
