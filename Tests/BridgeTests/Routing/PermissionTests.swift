import Testing

@testable import Bridge

@Suite("Permissions")
struct PermissionTests {
    private static let qa = Permission.Group(name: "qa", members: ["U3", "U4"])

    private func admits(
        _ alternatives: [Permission.Alternative], user: String? = "U1", channel: String? = "C1", team: String? = "T1"
    ) -> Bool {
        Permission.oneOf(alternatives).admits(
            Event(command: "/x", text: "", user: user, channel: channel, team: team))
    }

    @Test("Anyone is whoever the source proves, even nobody")
    func anyone() {
        #expect(Permission.anyone.admits(Event(command: "/x", text: "", user: nil, channel: nil, team: nil)))
    }

    @Test("Users and groups add up: whoever is in one of them may")
    func users() {
        let map = Permission.Alternative(users: ["U1", "U2"], groups: [Self.qa])
        #expect(admits([map]) && admits([map], user: "U2") && admits([map], user: "U3") && admits([map], user: "U4"))
        #expect(!admits([map], user: "U5") && !admits([map], user: "u1") && !admits([map], user: ""))
        #expect(admits([.init(groups: [Self.qa])], user: "U3") && !admits([.init(groups: [Self.qa])]))
    }

    @Test("Channels and teams must hold as well")
    func channels() {
        let map = Permission.Alternative(users: ["U1"], channels: ["C1", "C2"], teams: ["T1"])
        #expect(admits([map]) && admits([map], channel: "C2"))
        #expect(!admits([map], user: "U2") && !admits([map], channel: "C3") && !admits([map], team: "T2"))
    }

    @Test("A channel alone admits all who are in it")
    func channelOnly() {
        let map = Permission.Alternative(channels: ["C1"])
        #expect(admits([map], user: "anybody") && admits([map], user: nil))
        #expect(!admits([map], channel: "C2"))
    }

    @Test("Who is not told is not admitted where the list asks for somebody")
    func unknown() {
        #expect(!admits([.init(users: ["U1"])], user: nil) && !admits([.init(groups: [Self.qa])], user: nil))
        #expect(!admits([.init(channels: ["C1"])], channel: nil))
        #expect(!admits([.init(teams: ["T1"])], team: nil))
        #expect(!admits([.init(authors: ["Ann"])]))
    }

    @Test("An empty list admits nobody")
    func empty() {
        #expect(!admits([.init(users: [])]) && !admits([.init(groups: [])]) && !admits([.init(channels: [])]))
        #expect(!admits([.init(teams: [])]) && !admits([.init(authors: [])]) && !admits([]))
    }

    @Test("Of several maps one must hold, as a whole")
    func alternatives() {
        let maps = [Permission.Alternative(users: ["U1"]), .init(users: ["U2"], channels: ["C1"])]
        #expect(admits(maps, user: "U1", channel: "C9") && admits(maps, user: "U2", channel: "C1"))
        #expect(!admits(maps, user: "U2", channel: "C9") && !admits(maps, user: "U3", channel: "C1"))
    }

    @Test("It is the id that is admitted, not the name")
    func names() {
        #expect(!admits([.init(users: ["name of U1"])]) && !admits([.init(channels: ["name of C1"])]))
    }
}

@Suite("Authors, as commits claim them")
struct AuthorTests {
    private func push(_ names: [String], _ addresses: [String], by user: String? = nil) throws -> Event {
        var event = try Event(git: FixedGitFields(fields: [.authorName: names, .authorEmail: addresses]))
        event.user = user.map { Party(id: $0, name: nil) }
        return event
    }

    @Test(
        "An entry with an @ is an address, in either case of ASCII letters; any other is a name, as it is",
        arguments: [
            ("ann@example.com", true), ("ANN@Example.COM", true), ("an@example.com", false), ("Ann", true),
            ("ann", false), ("nn@example.com", false), ("ann@example.com ", false), ("@", false), ("", false),
            ("\u{212A}im@example.com", false),
        ])
    func entry(_ entry: String, _ expected: Bool) throws {
        let event = try push(["Ann"], ["Ann@example.com"])
        #expect(Permission.Alternative(authors: [entry]).admits(event) == expected)
        #expect(Permission.Alternative(authors: ["x", entry]).names(event) == expected)
    }

    @Test("A name with an @ is no address, and an address without one is no name")
    func crossed() throws {
        let event = try push(["ann@example.com"], ["root"])
        #expect(!Permission.Alternative(authors: ["ann@example.com", "root"]).admits(event))
        #expect(try !Permission.Alternative(authors: ["kim@example.com"]).admits(push([], ["\u{212A}im@example.com"])))
    }

    @Test("Of several authors 'allow' wants all, and 'deny' one")
    func several() throws {
        let event = try push(["Ann", "Bob"], ["ann@example.com", "bob@example.com"])
        #expect(!Permission.Alternative(authors: ["Ann"]).admits(event))
        #expect(Permission.Alternative(authors: ["Ann"]).names(event))
        #expect(Permission.Alternative(authors: ["Ann", "Bob"]).admits(event))
        #expect(Permission.Alternative(authors: ["BOB@example.com", "ann@example.com"]).admits(event))
        #expect(!Permission.Alternative(authors: ["Ann", "bob@example.com"]).admits(event))
        #expect(!Permission.Alternative(authors: ["Eve"]).names(event))
    }

    @Test("The sender must hold as well, and is not the author")
    func sender() throws {
        let map = Permission.Alternative(users: ["octocat"], authors: ["Ann"])
        #expect(try map.admits(push(["Ann"], [], by: "octocat")))
        #expect(try !map.admits(push(["Ann"], [], by: "ann")) && !map.admits(push(["Ann"], [])))
        #expect(try !map.admits(push(["octocat"], [], by: "octocat")))
        #expect(try !Permission.Alternative(users: ["Ann"]).admits(push(["Ann"], [])))
    }
}
