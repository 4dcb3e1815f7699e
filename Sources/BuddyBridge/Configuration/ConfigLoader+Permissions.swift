import Bridge

/// `allow` and `deny`: who may use a route, and who may not.
extension ConfigLoader {
    static let allowKeys = ["users", "groups", "channels", "teams", "authors"]

    func permission(_ map: ConfigMapping, _ sources: Set<String>, _ what: String) -> Permission {
        guard let node = map["allow"] else {
            let chats = configuration.sources.filter { sources.contains($0.name) && $0.provider.traits.isChat }
            if let chat = chats.first {
                map.node.error("\(what) must say who may use it, with 'allow': its source '\(chat.name)' is a chat")
            }
            return .anyone
        }
        if !node.isMapping, !node.isSequence {
            guard let text = node.text("'allow'") else { return .oneOf([]) }
            if text == "anyone" { return .anyone }
            node.error(
                "'allow' is 'anyone', a map of users, groups, channels, teams and authors, or a list of such maps")
            return .oneOf([])
        }
        return .oneOf(
            node.elements().compactMap { element in
                alternative(element, "'allow'", empty: "would admit everybody: write 'allow: anyone'")
            })
    }

    func denial(_ map: ConfigMapping) -> [Permission.Alternative] {
        guard let node = map["deny"] else { return [] }
        guard node.isMapping || node.isSequence, !node.elements().isEmpty else {
            if node.isSequence || node.text("'deny'") != nil {
                node.error("'deny' is a map of users, groups, channels, teams and authors, or a list of such maps")
            }
            return []
        }
        return node.elements().compactMap { element in
            alternative(element, "'deny'", empty: "would deny everybody: leave the route out instead")
        }
    }

    /// - Parameter empty: what a map without keys would do.
    private func alternative(_ node: ConfigNode, _ what: String, empty: String) -> Permission.Alternative? {
        guard let map = node.mapping(what, keys: Self.allowKeys) else { return nil }
        if map.entries.isEmpty { node.error("an empty map in \(what) \(empty)") }
        return .init(
            users: map["users"]?.texts("a user"), groups: map["groups"]?.elements().compactMap(group),
            channels: map["channels"]?.texts("a channel"), teams: map["teams"]?.texts("a team"),
            authors: map["authors"]?.texts("an author"))
    }

    private func group(_ node: ConfigNode) -> Permission.Group? {
        guard let name = node.text("a group") else { return nil }
        guard let members = groups[name] else {
            node.error(
                "there is no group '\(name)'", didYouMean: Suggestion.nearest(to: name, among: groups.keys.sorted()))
            return nil
        }
        return .init(name: name, members: Set(members))
    }
}
