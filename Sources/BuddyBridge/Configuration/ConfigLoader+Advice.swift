import Bridge

/// A route as it is written.
struct WrittenRoute {
    var route: Route
    var map: ConfigMapping
    var templates: [(node: ConfigNode, template: Template)]
    /// The earlier ones that match whenever it would.
    var covering: [Route]
}

/// Routes that are taken, but can hardly be meant. They are looked at once there are no errors: only then all is known.
extension ConfigLoader {
    func adviseOnRoutes() {
        guard !diagnostics.hasErrors else { return }
        var last: [String: String] = [:]
        for written in writtenRoutes {
            for source in written.route.sources { last[source] = written.route.name }
        }
        for written in writtenRoutes {
            let sources = configuration.sources.filter { written.route.sources.contains($0.name) }
            adviseOnConditions(written, sources)
            let possible = sources.filter { $0.mayHold(written.route.when) }
            adviseOnTemplates(written, possible)
            adviseOnPermission(written, possible)
            if written.route.continues, sources.allSatisfy({ last[$0.name] == written.route.name }) {
                written.map["continue"]?.warning(
                    "'continue' says nothing: no route after '\(written.route.name)' is for its sources")
            }
            for other in written.covering where other.when.implies(written.route.when) && !other.when.isAlways {
                written.map.node.warning(
                    "the routes '\(other.name)' and '\(written.route.name)' have the same conditions")
            }
        }
    }

    // MARK: Fields that a provider never gives

    private func adviseOnConditions(_ written: WrittenRoute, _ sources: [Source]) {
        guard let node = written.map["when"] else { return }
        for (node, field, matcher) in fieldConditions(node, written.route.when)
        where !matcher.holdsForNothing && !sources.contains(where: { $0.gives(field) }) {
            let who = sources.count == 1 ? "\(Self.name(sources[0])) never" : "none of the route's sources ever"
            node.warning("\(who) gives '\(field)': this condition never holds")
        }
    }

    /// The conditions on fields that must hold, each by itself, with their keys.
    private func fieldConditions(_ node: ConfigNode, _ condition: Condition) -> [(ConfigNode, FieldPath, Matcher)] {
        guard case .all(let conditions) = condition, let entries = node.mapping("'when'")?.entries,
            entries.count == conditions.count
        else { return [] }
        return zip(entries, conditions).flatMap { entry, condition -> [(ConfigNode, FieldPath, Matcher)] in
            switch condition {
            case .field(let field, let matcher): [(entry.keyNode, field, matcher)]
            case .all(let inner): zip(entry.value.elements(), inner).flatMap(fieldConditions)
            default: []
            }
        }
    }

    private func adviseOnTemplates(_ written: WrittenRoute, _ sources: [Source]) {
        for (node, template) in written.templates {
            for field in template.neededFields {
                for source in sources where !source.gives(field) {
                    node.warning(
                        "\(Self.name(source)) never gives '\(field)': this target could not be made of its events")
                }
            }
        }
    }

    private func adviseOnPermission(_ written: WrittenRoute, _ sources: [Source]) {
        guard case .oneOf(let alternatives) = written.route.allow, !alternatives.isEmpty else { return }
        for source in sources {
            let missing = alternatives.map { Self.missing($0, source.provider.traits.gives) }
            if let field = missing[0], missing.allSatisfy({ $0 != nil }) {
                written.map["allow"]?.warning("\(Self.name(source)) never gives '\(field)': nobody could be allowed")
            }
        }
    }

    /// What is asked for and never there.
    private static func missing(_ alternative: Permission.Alternative, _ given: Set<DerivedField>) -> String? {
        if alternative.users != nil || alternative.groups != nil, !given.contains(.userID) { return "user.id" }
        if alternative.channels != nil, !given.contains(.channelID) { return "channel.id" }
        if alternative.teams != nil, !given.contains(.teamID) { return "team.id" }
        if alternative.authors != nil, given.isDisjoint(with: [.git(.authorName), .git(.authorEmail)]) {
            return "author.name"
        }
        return nil
    }

    private static func name(_ source: Source) -> String {
        "the source '\(source.name)' (\(source.provider.traits.name))"
    }
}

extension Condition {
    fileprivate var isAlways: Bool { Condition.all([]).implies(self) }
}
