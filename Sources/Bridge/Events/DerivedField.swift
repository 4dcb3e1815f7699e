/// A field that providers make of what they are sent. All others (headers, query, payload) are what the sender sends.
package enum DerivedField: Sendable, Hashable {
    case git(GitField)
    /// `command`, `text` and all of `args`.
    case command
    case userID, userName, channelID, channelName, teamID
}

extension Set<DerivedField> {
    /// What Git hosts tell, and who did it.
    static let git = git(only: GitField.allCases)

    /// The same, but for what one of them never tells.
    static func git(without missing: [GitField]) -> Set { git.subtracting(missing.map { .git($0) }) }

    /// The little that one of them tells, and who did it.
    static func git(only fields: [GitField]) -> Set { Set(fields.map { .git($0) } + [.userID, .userName]) }

    static let chat: Set = [.command, .userID, .userName, .channelID, .channelName, .teamID]
}

extension FieldPath {
    /// Nil for a field of what was sent.
    package var derived: DerivedField? {
        switch place {
        case .event, .source, .provider, .header, .query, .payload: nil
        case .command, .text, .position, .argument: .command
        case .userID: .userID
        case .userName: .userName
        case .channelID: .channelID
        case .channelName: .channelName
        case .teamID: .teamID
        case .git(let field): .git(field)
        }
    }
}
