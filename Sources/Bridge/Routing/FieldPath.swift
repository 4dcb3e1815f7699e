/// The left side of a condition, and what a template inserts: where in an event to look (DESIGN §5.1).
package struct FieldPath: Sendable, Hashable, CustomStringConvertible {
    enum Place: Sendable, Hashable {
        case event, source, provider
        case header(String), query(String)
        case payload([Payload.Step])
        case command, text
        case position(Int), argument(String)
        case userID, userName, channelID, channelName, teamID
        case git(GitField)
    }

    let place: Place
    /// As the operator wrote it.
    package let description: String

    /// Why a text names no field, with the nearest name that does.
    package struct Unknown: Error, Equatable {
        package var message: String
        package var suggestion: String?
    }

    package init(_ text: String) throws(Unknown) {
        description = text
        place = try Self.place(text)
    }

    private static let plain: [String: Place] = [
        "event": .event, "source": .source, "provider": .provider, "command": .command, "text": .text,
        "user.id": .userID, "user.name": .userName, "channel.id": .channelID, "channel.name": .channelName,
        "team.id": .teamID,
    ]

    private static func place(_ text: String) throws(Unknown) -> Place {
        if let place = plain[text] { return place }
        if let field = GitField(rawValue: text) { return .git(field) }
        if let name = rest(of: text, after: "header.") { return .header(name) }
        if let name = rest(of: text, after: "query.") { return .query(name) }
        if let name = rest(of: text, after: "args.") {
            // A position that no list can have is one all the same: there is nothing at it.
            if name.utf8.allSatisfy({ (48...57).contains($0) }) { return .position(Int(name) ?? .max) }
            return .argument(name)
        }
        if text.hasPrefix("payload.") || text.hasPrefix("payload[") {
            return .payload(try steps(String(text.dropFirst("payload".count))))
        }
        let names = Array(plain.keys) + GitField.allCases.map(\.rawValue)
        throw Unknown(
            message: "unknown field '\(text)'",
            suggestion: Suggestion.nearest(to: text, among: names.sorted()))
    }

    private static func rest(of text: String, after prefix: String) -> String? {
        text.hasPrefix(prefix) && text.count > prefix.count ? String(text.dropFirst(prefix.count)) : nil
    }

    /// Reads `a.b.0`, `a.*.b` and `a['name.with.dots'].b`.
    package static func steps(_ text: String) throws(Unknown) -> [Payload.Step] {
        func invalid(_ why: String) -> Unknown { Unknown(message: "bad path 'payload\(text)': \(why)") }
        var steps: [Payload.Step] = []
        var rest = text[...]
        while let first = rest.first {
            if first == "[" {
                guard let quote = rest.dropFirst().first, quote == "'" || quote == "\"",
                    let end = rest.dropFirst(2).firstIndex(of: quote), rest[end...].dropFirst().first == "]"
                else { throw invalid("after '[' comes a quoted name and ']'") }
                steps.append(.name(String(rest[rest.index(rest.startIndex, offsetBy: 2)..<end])))
                rest = rest[end...].dropFirst(2)
            } else {
                let name = rest.dropFirst().prefix { $0 != "." && $0 != "[" }
                guard first == ".", !name.isEmpty else { throw invalid("a name is missing") }
                steps.append(name == "*" ? .any : .name(String(name)))
                rest = rest[name.endIndex...]
            }
        }
        guard !steps.isEmpty else { throw invalid("a name is missing") }
        return steps
    }
}

extension Event {
    /// The texts at a field: none when it is missing, several where a path goes through lists.
    package func values(at field: FieldPath) -> [String] {
        switch field.place {
        case .event: [name]
        case .source: [source]
        case .provider: [provider]
        case .header(let name): headers.values(name)
        case .query(let name): query.first(name).map { [$0] } ?? []
        case .payload(let path): payload.scalars(at: path)
        case .command: list(command?.command)
        case .text: list(command?.text)
        case .position(let position): list(command?.positional.dropFirst(position).first)
        case .argument(let name): list(command?.named[name])
        case .userID: list(user?.id)
        case .userName: list(user?.name)
        case .channelID: list(channel?.id)
        case .channelName: list(channel?.name)
        case .teamID: list(team?.id)
        case .git(let field): git?.values(of: field) ?? []
        }
    }

    private func list(_ value: String?) -> [String] { value.map { [$0] } ?? [] }
}
