import Testing

@testable import Bridge

@Suite("The router")
struct RouterTests {
    private let event: Event
    private let yes: Condition
    private let no: Condition
    private let nobody = Permission.oneOf([.init(users: [])])

    init() throws {
        event = try Event(json: #"{"ref":"main"}"#)
        yes = try .of("payload.ref", .equals("main"))
        no = try .of("payload.ref", .equals("dev"))
    }

    private func decide(_ routes: Route...) -> Decision { Router(routes: routes).decide(event) }

    private func projects(_ decision: Decision) -> [String] {
        decision.runs.compactMap { if case .success(let target) = $0.target { target.project } else { nil } }
    }

    @Test("The first match ends the search")
    func firstMatch() throws {
        let decision = try decide(.of("a", when: no), .of("b", when: yes), .of("c", when: yes))
        #expect(decision.outcome == .matched && projects(decision) == ["b"])
        #expect(decision.runs.map(\.route) == ["b"])
        #expect(decision.trace.map(\.matched) == [false, true, false])
        #expect(decision.trace.map(\.tried) == [true, true, false])
    }

    @Test("Unless it says 'continue'")
    func continues() throws {
        let decision = try decide(
            .of("a", when: yes, continues: true), .of("b", when: no, continues: true), .of("c", when: yes), .of("d"))
        #expect(projects(decision) == ["a", "c"])
        #expect(decision.trace.map(\.matched) == [true, false, true, false])
        #expect(decision.trace.map(\.tried) == [true, true, true, false])
    }

    @Test("Nothing that matches is ignored")
    func ignored() throws {
        let decision = try decide(.of("a", when: no))
        #expect(decision.outcome == .ignored && decision.runs.isEmpty && !decision.isDenied)
        #expect(Router(routes: []).decide(event).outcome == .ignored)
    }

    @Test("A route of another source is not looked at, not even in the trace")
    func otherSource() throws {
        var route = try Route.of("a")
        route.sources = ["gitlab"]
        let decision = decide(route, try .of("b"))
        #expect(projects(decision) == ["b"] && decision.trace.map(\.route) == ["b"])
    }

    @Test("A match whose caller may not ends the search, and drops earlier matches")
    func denied() throws {
        let decision = try decide(
            .of("a", continues: true), .of("b", allow: nobody, continues: true), .of("c"))
        #expect(decision.outcome == .denied && decision.isDenied && decision.runs.isEmpty)
        #expect(decision.trace.map(\.allowed) == [true, false, nil])
        #expect(decision.trace.map(\.tried) == [true, true, false])
    }

    @Test("Who may not use a route that does not match is not denied")
    func notDenied() throws {
        let decision = try decide(.of("a", when: no, allow: nobody), .of("b"))
        #expect(decision.outcome == .matched && projects(decision) == ["b"])
        #expect(decision.trace.map(\.allowed) == [nil, true])
    }

    @Test("A denied dry run is denied")
    func deniedDryRun() throws {
        #expect(try decide(.of("a", allow: nobody, isDryRun: true)).outcome == .denied)
    }

    @Test("A dry run decides and records only")
    func dryRun() throws {
        let decision = try decide(.of("a", isDryRun: true), .of("b"))
        #expect(decision.outcome == .dryRun && decision.runs.isEmpty)
        #expect(decision.trace[0].target?.project == "a" && decision.trace[1].tried == false)
    }

    @Test("A dry run beside a real one leaves the real one")
    func dryRunContinues() throws {
        let decision = try decide(.of("a", continues: true, isDryRun: true), .of("b"))
        #expect(decision.outcome == .matched && projects(decision) == ["b"])
    }

    @Test("A whole service run dry runs nothing, and says what it would have")
    func makeDryRun() throws {
        var decision = try decide(.of("a"))
        decision.makeDryRun()
        #expect(decision.outcome == .dryRun && decision.runs.isEmpty && decision.trace[0].targets.count == 1)
        var nothing = try decide(.of("a", when: no))
        nothing.makeDryRun()
        #expect(nothing.outcome == .ignored)
    }

    @Test("Equal targets are one run, of one route or of several")
    func equalTargets() throws {
        let (one, other) = (try TargetTemplate.of("acme", "web"), try TargetTemplate.of("acme", "shop"))
        let decision = try decide(
            .of("a", run: [one, one, other], continues: true), .of("b", run: [other, .of("acme", "{{ payload.ref }}")]))
        #expect(projects(decision) == ["web", "shop", "main"])
        #expect(decision.runs.map(\.route) == ["a", "a", "b"])
        #expect(decision.trace.map(\.targets.count) == [3, 2])
    }

    @Test("Targets that differ in their execution alone are two runs")
    func otherExecution() throws {
        let run = [
            try TargetTemplate.of("a", "b", "c", "4"), try .of("a", "b", "c", "5"), try .of("a", "b", "c", "004"),
        ]
        #expect(try decide(.of("a", run: run)).runs.count == 2)
    }

    @Test("A target that cannot be made is a run that says why, and stops no other")
    func badTarget() throws {
        let decision = try decide(.of("a", run: [.of("{{ tag }}"), .of("acme", "web")]))
        #expect(decision.outcome == .matched && decision.runs.count == 2 && projects(decision) == ["web"])
        let error = RunError(code: .badTemplate, message: "the event has no tag")
        #expect(decision.trace[0].errors == [error])
        #expect(throws: error) { try decision.runs[0].target.get() }
    }

    @Test("The usage lines are those of the source's routes, in order")
    func usage() throws {
        var other = try Route.of("c", usage: "/other")
        other.sources = ["mattermost"]
        let router = Router(routes: [
            try .of("a", usage: "/deploy"), try .of("b"), other, try .of("d", usage: "/release"),
        ])
        #expect(router.usage(of: "slack") == ["/deploy", "/release"])
        #expect(router.usage(of: "gitlab") == [])
    }
}
