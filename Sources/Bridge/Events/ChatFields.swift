extension ChatCommand {
    /// What a message says: its first word is the command. Nil when it says nothing.
    init?(saying message: some StringProtocol) {
        let words = message.drop(while: \.isWhitespace)
        let command = words.prefix { !$0.isWhitespace }
        guard !command.isEmpty else { return nil }
        self.init(command: String(command), text: words[command.endIndex...].withoutBlanks)
    }

    /// What a message says that begins with a word for which somebody waited: the word is the command.
    ///
    /// A chat may find the word elsewhere in the message; then all of the message is the text.
    init?(trigger: String?, message: String) {
        guard let trigger, !trigger.isEmpty else {
            self.init(saying: message)
            return
        }
        let rest = message.hasPrefix(trigger) ? message.dropFirst(trigger.count) : message[...]
        self.init(command: trigger, text: rest.withoutBlanks)
    }

    /// A command whose arguments the chat knows by name.
    ///
    /// - Parameter options: in the order of the text that people read.
    init(command: String, positional: [String], options: [(name: String, value: String)]) {
        self.command = command
        self.positional = positional
        named = Dictionary(options.map { ($0.name, $0.value) }) { $1 }
        text = (positional + options.map { "\($0.name)=\($0.value)" }).joined(separator: " ")
    }
}

extension Party {
    /// Nil without an id: nobody is allowed anything for a name alone.
    init?(_ id: String?, _ name: String?) {
        guard let id, !id.isEmpty else { return nil }
        self.init(id: id, name: name)
    }
}

extension StringProtocol {
    /// Without whitespace of any kind at either end.
    var withoutBlanks: String {
        let start = drop(while: \.isWhitespace)
        return String(
            start.prefix(upTo: start.lastIndex { !$0.isWhitespace }.map(start.index(after:)) ?? start.startIndex))
    }

    /// What stands after a leading mention such as `<@U012AB3CD>`, blanks dropped; all of it where there is none.
    func droppingMention(from open: String, to close: String) -> SubSequence {
        let start = drop(while: \.isWhitespace)
        guard start.hasPrefix(open) else { return start }
        let rest = start.dropFirst(open.count)
        var tail = rest
        while !tail.isEmpty, !tail.hasPrefix(close) { tail = tail.dropFirst() }
        return tail.isEmpty ? start : tail.dropFirst(close.count).drop(while: \.isWhitespace)
    }
}
