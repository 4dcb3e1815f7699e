import TestSupport
import Testing

@testable import BuddyBridge

@Suite("Routes that are taken, but can hardly be meant")
struct RouteAdviceTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var routes: String
        var messages: [String]

        init(_ routes: String, _ messages: String...) {
            self.routes = routes
            self.messages = messages
        }

        var testDescription: String { routes }
    }

    private static let sources = """
        buddy: {token: env:BUDDY_TOKEN}
        sources:
          hub: {provider: github, secrets: [env:GITHUB_SECRET]}
          bb: {provider: bitbucket, secrets: [env:SLACK_SECRET]}
          builds: {provider: token, header: X-Token, secrets: [env:HMAC_SECRET], dedupe: body}
          rocket: {provider: rocketchat, secrets: [env:ADMIN_TOKEN]}
        maps: {m: {a: b}}
        routes:

        """
    private static let run = "run: {domain: acme, project: web, pipeline: 1}"

    /// The first route is in line 9.
    private func messages(_ routes: String) throws -> [String] {
        let loaded = try Loaded(Self.sources + routes.replacing("RUN", with: Self.run))
        #expect(loaded.configuration != nil)
        return loaded.messages.filter { !$0.contains("no route is for") }
    }

    private static let unmade = "this target could not be made of its events"

    @Test(
        "A template with a field that is never there",
        arguments: [
            Case(
                "  - {name: a, source: bb, run: {domain: acme, project: '{{ paths }}', pipeline: 1}}",
                "9:56: warning: the source 'bb' (bitbucket) never gives 'paths': \(unmade)"),
            Case(
                "  - {name: a, source: [bb, hub], run: {domain: acme, project: 'x-{{ pull_request.labels }}', pipeline: 1}}",
                "9:63: warning: the source 'bb' (bitbucket) never gives 'pull_request.labels': \(unmade)"),
            Case(
                "  - {name: a, source: builds, RUN, overrun: skip, concurrency_key: '{{ branch | lower }}'}",
                "9:111: warning: the source 'builds' (token) never gives 'branch': \(unmade)"),
            Case(
                "  - name: a\n    source: builds\n    run: {domain: acme, project: web, pipeline: 1, "
                    + "execution: {scheduled: only, branch: {prefix: '{{ branch }}'}}}",
                "11:98: warning: the source 'builds' (token) never gives 'branch': \(unmade)"),
            Case("  - {name: a, source: bb, run: {domain: acme, project: '{{ paths | default: x }}', pipeline: 1}}"),
            Case("  - {name: a, source: bb, run: {domain: acme, project: '{{ payload.paths }}', pipeline: 1}}"),
            Case(
                "  - {name: a, source: [bb, hub], when: {provider: github}, "
                    + "run: {domain: acme, project: '{{ paths }}', pipeline: 1}}"),
            Case(
                "  - {name: a, source: [bb, hub], when: {source: {not: bb}}, "
                    + "run: {domain: acme, project: '{{ paths }}', pipeline: 1}}"),
            Case(
                "  - {name: a, source: [bb, hub], when: {paths: x}, "
                    + "run: {domain: acme, project: '{{ paths }}', pipeline: 1}}"),
        ])
    func templates(_ one: Case) throws {
        #expect(try messages(one.routes) == one.messages.map { "bridge.yaml:" + $0 })
    }

    @Test(
        "A condition on a field that is never there",
        arguments: [
            Case(
                "  - {name: a, source: bb, when: {event: x, paths: {glob: 'a/**'}}, RUN}",
                "9:44: warning: the source 'bb' (bitbucket) never gives 'paths': this condition never holds"),
            Case(
                "  - {name: a, source: [bb, builds], when: {all: [{paths: x}]}, RUN}",
                "9:51: warning: none of the route's sources ever gives 'paths': this condition never holds"),
            Case(
                "  - {name: a, source: builds, when: {user.name: {not: x, exists: true}}, RUN}",
                "9:38: warning: the source 'builds' (token) never gives 'user.name': this condition never holds"),
            Case("  - {name: a, source: [bb, hub], when: {paths: x}, RUN}"),
            Case("  - {name: a, source: bb, when: {paths: {exists: false}}, RUN}"),
            Case("  - {name: a, source: bb, when: {paths: {not: x}}, RUN}"),
            Case("  - {name: a, source: bb, when: {any: [{paths: x}], none: [{paths: y}]}, RUN}"),
            Case("  - {name: a, source: builds, when: {payload.paths: x, header.X-Paths: y, query.q: z}, RUN}"),
        ])
    func conditions(_ one: Case) throws {
        #expect(try messages(one.routes) == one.messages.map { "bridge.yaml:" + $0 })
    }

    @Test(
        "A permission that nobody could have",
        arguments: [
            Case(
                "  - {name: a, source: builds, allow: {users: [U1]}, RUN}",
                "9:38: warning: the source 'builds' (token) never gives 'user.id': nobody could be allowed"),
            Case(
                "  - {name: a, source: hub, allow: {users: [U1], channels: [C1]}, RUN}",
                "9:35: warning: the source 'hub' (github) never gives 'channel.id': nobody could be allowed"),
            Case(
                "  - {name: a, source: [hub, rocket], allow: [{teams: [T1]}], RUN}",
                "9:45: warning: the source 'hub' (github) never gives 'team.id': nobody could be allowed",
                "9:45: warning: the source 'rocket' (rocketchat) never gives 'team.id': nobody could be allowed"),
            Case("  - {name: a, source: hub, allow: [{teams: [T1]}, {users: [U1]}], RUN}"),
            Case("  - {name: a, source: builds, allow: anyone, RUN}"),
        ])
    func permissions(_ one: Case) throws {
        #expect(try messages(one.routes) == one.messages.map { "bridge.yaml:" + $0 })
    }

    @Test(
        "Routes beside each other",
        arguments: [
            Case(
                "  - {name: a, source: hub, continue: true, RUN}",
                "9:38: warning: 'continue' says nothing: no route after 'a' is for its sources"),
            Case(
                "  - {name: a, source: hub, continue: true, when: {event: x}, RUN}\n"
                    + "  - {name: b, source: hub, when: {event: x}, RUN}",
                "10:5: warning: the routes 'a' and 'b' have the same conditions"),
            Case("  - {name: a, source: hub, continue: true, RUN}\n  - {name: b, source: hub, RUN}"),
            Case(
                "  - {name: a, source: hub, continue: true, when: {event: x}, RUN}\n"
                    + "  - {name: b, source: bb, when: {event: x}, RUN}\n"
                    + "  - {name: c, source: hub, when: {event: x, branch: y}, RUN}"),
        ])
    func order(_ one: Case) throws {
        #expect(try messages(one.routes) == one.messages.map { "bridge.yaml:" + $0 })
    }
}
