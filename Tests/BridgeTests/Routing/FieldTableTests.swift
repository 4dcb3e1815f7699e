import Testing

@testable import Bridge

@Suite("What the left sides of conditions find")
struct FieldTableTests {
    private static let deep = """
        {"ref":"main","commits":[{"id":"1","added":["a","b"]},{"id":"2","added":[]},{"id":null,"added":["c"]}],
         "labels":{"app.kubernetes.io/name":"web","0":"zero","*":"star","":"empty","a'b":"quote"},
         "matrix":[[1,2],[3]],"n":5}
        """

    private static func row(_ field: String, _ expected: String) -> TraceRow {
        TraceRow(deep, try .of(field, .exists(true)), "\(field) exists 'true' is \(expected)")
    }

    @Test(
        "A path goes through keys, positions, every element, and names in brackets",
        arguments: [
            row("payload.ref", "'main' yes"), row("payload.n", "'5' yes"), row("payload.REF", "missing no <-"),
            row("payload.commits.0.id", "'1' yes"), row("payload.commits.2.id", "missing no <-"),
            row("payload.commits.3.id", "missing no <-"), row("payload.commits.*.id", "'1', '2' yes"),
            row("payload.commits.*.added.*", "'a', 'b', 'c' yes"), row("payload.commits.*.added.0", "'a', 'c' yes"),
            row("payload.commits.*.nothing", "missing no <-"), row("payload.commits", "missing no <-"),
            row("payload.matrix.*.*", "'1', '2', '3' yes"), row("payload.matrix.0.1", "'2' yes"),
            row("payload.*", "'main', '5' yes"), row("payload.*.*", "'web', 'zero', 'star', 'empty', 'quote' yes"),
            row("payload.labels['app.kubernetes.io/name']", "'web' yes"), row("payload['labels'].0", "'zero' yes"),
            row("payload.labels['*']", "'star' yes"), row("payload.labels['']", "'empty' yes"),
            row("payload.labels[\"a'b\"]", "'quote' yes"), row("payload['ref']", "'main' yes"),
            row("payload.ref.x", "missing no <-"), row("payload.ref.*", "missing no <-"),
            row("payload.ref.0", "missing no <-"), row("payload.n.*", "missing no <-"),
        ])
    func paths(_ row: TraceRow) throws { try row.check() }

    @Test(
        "A position that no list can have finds nothing",
        arguments: [
            row("payload.commits.99999999999999999999.id", "missing no <-"),
            row("payload.commits.9223372036854775807.id", "missing no <-"),
            row("payload.commits.4294967296.id", "missing no <-"), row("payload.commits.-1.id", "missing no <-"),
            row("payload.commits.-0.id", "missing no <-"), row("payload.commits.+0.id", "missing no <-"),
            row("payload.commits.٠.id", "missing no <-"), row("args.99999999999999999999", "missing no <-"),
            row("args.0", "missing no <-"),
            row("payload" + String(repeating: ".commits.0", count: 5_000), "missing no <-"),
            row("payload" + String(repeating: ".*", count: 5_000), "missing no <-"),
            row("payload" + String(repeating: "['']", count: 5_000), "missing no <-"),
        ])
    func outside(_ row: TraceRow) throws { try row.check() }

    private func check(_ event: Event, _ field: String, _ expected: String) throws {
        let route = try Route.of("route", when: .of(field, .exists(true)), run: [])
        var slack = route
        slack.sources.insert(event.source)
        #expect(
            Router(routes: [slack]).decide(event).trace.map(\.text) == ["\(field) exists 'true' is \(expected)"])
    }

    @Test(
        "A push tells these",
        arguments: [
            ("event", "'push' yes"), ("source", "'web-hooks' yes"), ("provider", "'gitea' yes"),
            ("header.x-event", "'one', 'two' yes"), ("header.X-EVENT", "'one', 'two' yes"),
            ("header.X-None", "missing no <-"), ("query.a", "'1' yes"), ("query.b", "'x y' yes"),
            ("query.A", "missing no <-"), ("payload.ref", "'main' yes"), ("branch", "'main' yes"),
            ("paths", "'a', 'b' yes"), ("tag", "missing no <-"), ("command", "missing no <-"),
            ("text", "missing no <-"), ("args.env", "missing no <-"), ("user.id", "missing no <-"),
            ("user.name", "missing no <-"), ("channel.id", "missing no <-"), ("team.id", "missing no <-"),
        ])
    func push(_ field: String, _ expected: String) throws {
        let event = try Event(
            source: "web-hooks", provider: "gitea", name: "push", headers: [("X-Event", "one"), ("x-event", "two")],
            query: "a=1&b=x+y&a=2", json: #"{"ref":"main"}"#,
            git: FixedGitFields(fields: [.branch: ["main"], .paths: ["a", "b"]]))
        try check(event, field, expected)
    }

    @Test(
        "A command tells these",
        arguments: [
            ("event", "'command' yes"), ("command", "'/deploy' yes"), ("text", "'web 'two words' env=prod' yes"),
            ("args.0", "'web' yes"),
            ("args.00", "'web' yes"), ("args.1", "'two words' yes"), ("args.2", "missing no <-"),
            ("args.+1", "missing no <-"), ("args.9223372036854775807", "missing no <-"),
            ("args.99999999999999999999", "missing no <-"), ("args.env", "'prod' yes"), ("args.none", "missing no <-"),
            ("user.id", "'U1' yes"), ("user.name", "'name of U1' yes"), ("channel.id", "'C1' yes"),
            ("channel.name", "'name of C1' yes"), ("team.id", "'T1' yes"), ("branch", "missing no <-"),
            ("payload.a", "missing no <-"), ("payload.*", "missing no <-"),
        ])
    func command(_ field: String, _ expected: String) throws {
        try check(Event(command: "/deploy", text: "web 'two words' env=prod"), field, expected)
    }

    @Test(
        "The fields of a form are found by name alone",
        arguments: [
            ("payload.a", "'1' yes"), ("payload.*", "'1', '', '3' yes"), ("payload['c.d']", "'' yes"),
            ("payload.c.d", "missing no <-"), ("payload.0", "missing no <-"), ("payload.*.*", "missing no <-"),
            ("payload.99999999999999999999", "missing no <-"),
        ])
    func form(_ field: String, _ expected: String) throws {
        var event = Event(command: "/x", text: "")
        event.payload = .form(Form([("a", "1"), ("c.d", ""), ("a", "3")]))
        try check(event, field, expected)
    }

    @Test("A query that is no query has no fields")
    func badQuery() throws {
        try check(Event(query: "a=%zz"), "query.a", "missing no <-")
    }
}
