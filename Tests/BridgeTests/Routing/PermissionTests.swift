import Testing

@testable import Bridge

@Suite("Permissions")
struct PermissionTests {
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
        // Configuration puts the members of the groups beside the users.
        let map = Permission.Alternative(users: ["U1", "U2"])
        #expect(admits([map]) && admits([map], user: "U2"))
        #expect(!admits([map], user: "U3") && !admits([map], user: "u1") && !admits([map], user: ""))
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
        #expect(!admits([.init(users: ["U1"])], user: nil))
        #expect(!admits([.init(channels: ["C1"])], channel: nil))
        #expect(!admits([.init(teams: ["T1"])], team: nil))
    }

    @Test("An empty list admits nobody")
    func empty() {
        #expect(!admits([.init(users: [])]) && !admits([.init(channels: [])]) && !admits([]))
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
