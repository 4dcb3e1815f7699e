/// A slash command: `/deploy web earliest env=prod`.
package struct ChatCommand: Sendable, Equatable {
    package var command: String
    /// All that follows the command, as typed.
    package var text: String
    /// The words of the text, counted from 0, without those of ``named``.
    package var positional: [String]
    /// `name=value` words; of equal names the last.
    package var named: [String: String]

    package init(command: String, text: String) {
        self.command = command
        self.text = text
        positional = []
        named = [:]
        for word in Self.words(of: text) {
            if let (name, value) = Self.assignment(word) { named[name] = value } else { positional.append(word) }
        }
    }

    /// `name=value` where the name is a plain word, so that a URL with a query stays a word.
    private static func assignment(_ word: String) -> (String, String)? {
        guard let equals = word.firstIndex(of: "="), equals != word.startIndex else { return nil }
        let name = word[..<equals]
        guard name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else { return nil }
        return (String(name), String(word[word.index(after: equals)...]))
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
