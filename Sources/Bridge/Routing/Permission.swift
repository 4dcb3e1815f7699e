/// Who may use a route.
package enum Permission: Sendable {
    /// Whoever the source proves.
    case anyone
    /// Whoever satisfies one of the alternatives.
    case oneOf([Alternative])

    /// Users and groups add up; channels and teams must hold as well. A list that is nil is not asked for.
    package struct Alternative: Sendable {
        /// Ids of people: those written, and those of the groups written.
        package var users: Set<String>?
        package var channels: Set<String>?
        package var teams: Set<String>?

        package init(users: Set<String>? = nil, channels: Set<String>? = nil, teams: Set<String>? = nil) {
            self.users = users
            self.channels = channels
            self.teams = teams
        }

        func admits(_ event: Event) -> Bool {
            Self.holds(users, event.user?.id) && Self.holds(channels, event.channel?.id)
                && Self.holds(teams, event.team?.id)
        }

        private static func holds(_ wanted: Set<String>?, _ id: String?) -> Bool {
            guard let wanted else { return true }
            return id.map(wanted.contains) ?? false
        }
    }

    func admits(_ event: Event) -> Bool {
        switch self {
        case .anyone: true
        case .oneOf(let alternatives): alternatives.contains { $0.admits(event) }
        }
    }
}
