/// Who may use a route.
package enum Permission: Sendable {
    /// Whoever the source proves.
    case anyone
    /// Whoever satisfies one of the alternatives.
    case oneOf([Alternative])

    /// Users and groups add up; channels, teams and authors must hold as well. A list that is nil is not asked for.
    package struct Alternative: Sendable, Equatable {
        /// Ids of people, as the sender of the event knows them.
        package var users: [String]?
        package var groups: [Group]?
        package var channels: [String]?
        package var teams: [String]?
        /// Authors of what a Git event is about: by their address where an entry holds an `@`, else by their name.
        ///
        /// An author is what a commit claims, and anybody can write a commit; the host has proved its sender alone,
        /// and that is what `users` and `groups` ask for.
        package var authors: [String]?

        package init(
            users: [String]? = nil, groups: [Group]? = nil, channels: [String]? = nil, teams: [String]? = nil,
            authors: [String]? = nil
        ) {
            self.users = users
            self.groups = groups
            self.channels = channels
            self.teams = teams
            self.authors = authors
        }

        /// Whether it is for this event, all of whose authors it must list.
        func admits(_ event: Event) -> Bool {
            fits(event) && (authors.map { Authors(event).areAll(in: $0) } ?? true)
        }

        /// Whether it is about this event, one of whose authors it lists.
        func names(_ event: Event) -> Bool {
            fits(event) && (authors.map { Authors(event).areSome(in: $0) } ?? true)
        }

        private func fits(_ event: Event) -> Bool {
            fits(event.user) && Self.holds(channels, event.channel) && Self.holds(teams, event.team)
        }

        private func fits(_ user: Party?) -> Bool {
            guard users != nil || groups != nil else { return true }
            guard let user else { return false }
            return users?.contains(user.id) == true || groups?.contains { $0.members.contains(user.id) } == true
        }

        private static func holds(_ wanted: [String]?, _ party: Party?) -> Bool {
            guard let wanted else { return true }
            return party.map { wanted.contains($0.id) } ?? false
        }
    }

    /// A group of the configuration.
    package struct Group: Sendable, Equatable {
        package var name: String
        package var members: Set<String>

        package init(name: String, members: Set<String>) {
            self.name = name
            self.members = members
        }
    }

    func admits(_ event: Event) -> Bool {
        switch self {
        case .anyone: true
        case .oneOf(let alternatives): alternatives.contains { $0.admits(event) }
        }
    }
}

/// Who wrote what a Git event is about, as the commits claim. Other events have none.
private struct Authors {
    private let names: [String]
    private let addresses: [String]

    init(_ event: Event) {
        names = event.git?.values(of: .authorName) ?? []
        addresses = event.git?.values(of: .authorEmail) ?? []
    }

    func areSome(in list: [String]) -> Bool {
        names.contains { isName($0, in: list) } || addresses.contains { isAddress($0, in: list) }
    }

    func areAll(in list: [String]) -> Bool {
        !names.isEmpty && names.allSatisfy { isName($0, in: list) }
            || !addresses.isEmpty && addresses.allSatisfy { isAddress($0, in: list) }
    }

    private func isName(_ name: String, in list: [String]) -> Bool {
        list.contains { !$0.utf8.contains(UInt8(ascii: "@")) && $0 == name }
    }

    /// Without regard to the case of ASCII letters alone: others have cases that depend on the language.
    private func isAddress(_ address: String, in list: [String]) -> Bool {
        list.contains { entry in
            entry.utf8.contains(UInt8(ascii: "@"))
                && entry.utf8.lazy.map(Self.lowercased).elementsEqual(address.utf8.lazy.map(Self.lowercased))
        }
    }

    private static func lowercased(_ byte: UInt8) -> UInt8 {
        (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
    }
}
