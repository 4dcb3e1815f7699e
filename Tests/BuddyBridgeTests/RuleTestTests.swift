import Foundation
import Testing

@testable import BuddyBridge

@Suite("The file's own tests")
struct RuleTestTests {
    private static let rules = """
        buddy: {token: env:BUDDY_TOKEN}
        sources:
          github: {provider: github, secrets: [env:GITHUB_SECRET]}
          slack: {provider: slack, secrets: [env:SLACK_SECRET]}
        maps: {pipelines: {acme/web: 41}}
        routes:
          - name: watch
            source: github
            when: {event: push}
            run: {domain: acme, project: watch, pipeline: 1}
            continue: true
            dry_run: true
          - name: release
            source: github
            when: {branch: main}
            run: {domain: acme, project: web, pipeline: "{{ repository.path | map: pipelines }}", execution: 7}
          - name: deploy
            source: slack
            when: {command: /deploy}
            allow: {users: [U1], channels: [C1]}
            run:
              - {domain: acme, project: "{{ args.0 }}", pipeline: 41, execution: {scheduled: latest, branch: main, within: 1h}}
              - {domain: acme, project: shop, pipeline: release}
        tests:

        """

    private static func push(_ branch: String, _ repository: String = "acme/web") -> String {
        "{source: github, event: push, payload: {ref: refs/heads/\(branch), repository: {full_name: \(repository)}}}"
    }

    private static let main = push("main")
    private static let command = "{source: slack, text: /deploy web, user: U1, channel: C1}"

    /// What is given, what is expected, and what is said: nil where the test passes.
    private static let table: [(given: String, expect: String, failure: String?)] = [
        (main, "{outcome: matched}", nil),
        (main, "{outcome: ignored}", "it is matched, not ignored"),
        (main, "{route: release}", nil), (main, "{route: watch}", nil), (main, "{routes: [watch, release]}", nil),
        (main, "{routes: [release]}", "the routes that match are watch, release, not release"),
        (main, "{routes: [release, watch]}", "the routes that match are watch, release, not release, watch"),
        (main, "{route: deploy}", "the route 'deploy' does not match: it is not for this source"),
        (main, "{run: {domain: acme, project: web, pipeline: 41, execution: 7}}", nil),
        (main, "{run: {pipeline: 42}}", "what runs is #7 of 41 (acme/web), not pipeline 42"),
        (main, "{run: {execution: latest}}", "what runs is #7 of 41 (acme/web), not execution latest"),
        (main, "{run: []}", "what runs is #7 of 41 (acme/web), not none"),
        (push("dev"), "{outcome: dry_run, routes: [watch], run: {project: watch}}", nil),
        (push("dev"), "{route: release}", "the route 'release' does not match: branch equals 'main', is 'dev'"),
        (push("main", "acme/x"), "{outcome: refused, route: release, run: []}", nil),
        (push("main", "acme/x"), "{outcome: matched}", "it is refused, not matched"),
        ("{source: github, event: release}", "{outcome: ignored, routes: [], run: []}", nil),
        ("{source: github, event: release}", "{run: {project: web}}", "nothing runs, not project web"),
        ("{source: github}", "{outcome: dry_run}", nil),
        (
            "{source: github, event: ping}", "{outcome: ignored}",
            "that is a handshake: it is answered, and no route is asked"
        ),
        (command, "{route: deploy, run: {project: web, execution: latest}}", nil),
        (command, "{run: {execution: {scheduled: latest, branch: main}}}", nil),
        (command, "{run: {execution: {scheduled: latest, within: 1h}}}", nil),
        (command, "{run: [{project: web}, {pipeline: release}]}", nil),
        (
            command, "{run: [{project: web}]}",
            "what runs is latest, branch equals main, within 3600 s of 41 (acme/web), earliest of release (acme/shop), "
                + "not project web"
        ),
        (
            command, "{run: {execution: {scheduled: latest, branch: dev}}}",
            "what runs is latest, branch equals main, within 3600 s of 41 (acme/web), earliest of release (acme/shop), "
                + "not execution latest, branch equals dev"
        ),
        ("{source: slack, text: /deploy web, user: U2, channel: C1}", "{outcome: denied, route: deploy, run: []}", nil),
        ("{source: slack, text: /other, user: U1}", "{outcome: ignored}", nil),
        (
            "{source: github, payload: none.json}", "{outcome: ignored}", "the file none.json cannot be read"
        ),
        ("{source: github, payload: push.json}", "{outcome: dry_run}", nil),
        ("{source: github, payload: broken.json}", "{outcome: dry_run}", "the body is not JSON"),
        (
            "{source: github, payload: {ref: ~}, headers: {X-GitHub-Event: push}}", "{outcome: dry_run}", nil
        ),
        (
            main, "{outcome: ignored, run: {domain: x}}",
            "it is matched, not ignored; what runs is #7 of 41 (acme/web), not domain x"
        ),
    ]

    @Test("Only what is written is compared", arguments: table.indices)
    func compared(_ index: Int) throws {
        let row = Self.table[index]
        let folder = try ConfigFolder()
        try folder.write(#"{"ref":"refs/heads/x"}"#.utf8, to: "push.json")
        try folder.write("{".utf8, to: "broken.json")
        try folder.write((Self.rules + "  - {name: one, given: \(row.given), expect: \(row.expect)}\n").utf8)
        let loaded = folder.load()
        #expect(loaded.messages == [])
        let configuration = try #require(loaded.configuration)
        #expect(configuration.tests.count == 1)
        let failures = configuration.failedTests().map {
            $0.description.replacing(folder.path + "/", with: "")
        }
        if let failure = row.failure {
            #expect(failures.count == 1)
            #expect(failures.first?.hasPrefix("bridge.yaml:25:5: error: the test 'one' fails: ") == true)
            #expect(failures.first?.contains(failure) == true, "\(failures)")
        } else {
            #expect(failures == [])
        }
    }

    @Test("Secrets are not needed", arguments: [ConfigLoader.Secrets.all, .none])
    func withoutSecrets(_ needs: ConfigLoader.Secrets) throws {
        let loaded = try Loaded(
            Self.rules + "  - {name: one, given: \(Self.main), expect: {outcome: matched}}\n", needs: needs)
        #expect(try #require(loaded.configuration).failedTests().isEmpty)
    }

    @Test(
        "Tests that cannot be understood",
        arguments: [
            Variant.test(
                "given: {source: github}", "17:5: error: a test needs 'name'", "17:5: error: a test needs 'expect'"),
            Variant.test("name: a", "17:5: error: a test needs 'given'", "17:5: error: a test needs 'expect'"),
            Variant.test(
                "name: a, given: {source: github}, expect: {}",
                "17:48: error: 'expect' is empty: whatever happened would be right"),
            Variant.test(
                "name: a, given: {event: push}, expect: {route: release}", "17:22: error: 'given' needs 'source'"),
            Variant.test(
                "name: a, given: {source: gihub}, expect: {route: release}",
                "17:31: error: there is no source 'gihub'; did you mean 'github'?"),
            Variant.test(
                "name: a, given: {source: github}, expect: {route: relaese}",
                "17:56: error: there is no route 'relaese'; did you mean 'release'?"),
            Variant.test(
                "name: a, given: {source: github}, expect: {routes: [release, x]}",
                "17:67: error: there is no route 'x'"),
            Variant.test(
                "name: a, given: {source: github}, expect: {outcome: match}",
                "17:58: error: 'outcome' is one of matched, refused, ignored, denied, dry_run, not 'match'; did you mean 'matched'?"
            ),
            Variant.test(
                "name: a, given: {source: github, evnet: push}, expect: {run: {}}",
                "17:39: error: unknown key 'evnet' in 'given'; did you mean 'event'?",
                "17:67: error: a run without a key would be any run"),
            Variant.test(
                "name: a, given: {source: github}, expect: {run: {execution: soonest}}",
                "17:66: error: 'execution' is a number, the address of its page, earliest, latest or only, not 'soonest'"
            ),
            Variant.test(
                "name: a, given: {source: github}, expect: {run: {execution: {scheduled: first}}}",
                "17:78: error: 'scheduled' is one of earliest, latest, only, not 'first'"),
            Variant.test(
                "name: a, given: {source: github, payload: [x]}, expect: {run: []}",
                "17:48: error: 'payload' is a text, not a list"),
            Variant.test(
                "name: a, given: {source: github}, expects: {run: []}", "17:5: error: a test needs 'expect'",
                "17:40: error: unknown key 'expects' in a test; did you mean 'expect'?"),
        ])
    func broken(_ variant: Variant) throws { try variant.check() }

    @Test("The time can be given, so that windows can be tested")
    func windows() throws {
        let weekday = "{days: mon-fri, hours: '09:00-16:00', time_zone: Europe/Warsaw}"
        let rules = Self.rules.replacing("when: {branch: main}", with: "when: {branch: main}\n    windows: \(weekday)")
        func test(_ time: String, _ outcome: String) -> String {
            let given = Self.main.dropLast() + ", at: '\(time)'}"
            return "  - {name: '\(time)', given: \(given), expect: {outcome: \(outcome)}}\n"
        }
        let loaded = try Loaded(
            rules + test("2026-11-27T15:59:59+01:00", "matched") + test("2026-11-27T15:00:00Z", "denied")
                + test("2026-11-28T12:00:00Z", "denied"))
        #expect(loaded.messages == [])
        #expect(try #require(loaded.configuration).failedTests().map(\.message) == [])
        try Variant.test(
            "name: a, given: {source: github, at: friday}, expect: {route: release}",
            "17:43: error: 'at' is a time like 2026-11-27T18:30:00+01:00, not 'friday'"
        ).check()
    }

    @Test("A file that is included brings tests; their payloads are beside it")
    func included() throws {
        let folder = try ConfigFolder()
        try folder.write(("include: [team/rules.yaml]\n" + Self.rules.replacing("tests:\n", with: "")).utf8)
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("team"), withIntermediateDirectories: true)
        try folder.write(#"{"ref":"refs/heads/x"}"#.utf8, to: "team/push.json")
        let given = "given: {source: github, payload: push.json}"
        try folder.write(
            """
            tests:
              - {name: right, \(given), expect: {outcome: dry_run}}
              - {name: wrong, \(given), expect: {outcome: ignored}}
            """.utf8, to: "team/rules.yaml")
        let loaded = folder.load()
        #expect(loaded.messages == [])
        let failures = try #require(loaded.configuration).failedTests().map(\.description)
        #expect(
            failures == [
                folder.path + "/team/rules.yaml:3:5: error: the test 'wrong' fails: it is dry_run, not ignored"
            ])
    }

    @Test("'tests' is a list")
    func list() throws {
        try Variant("a map", 15, (Variant.base.last ?? "") + "\ntests: {name: a}", "16:8: error: 'tests' is a list")
            .check()
    }
}

extension Variant {
    /// The small file, and one test after it, on line 17.
    fileprivate static func test(_ test: String, _ messages: String...) -> Variant {
        var variant = Variant(test, 15, (base.last ?? "") + "\ntests:\n  - {\(test)}")
        variant.messages = messages
        return variant
    }
}
