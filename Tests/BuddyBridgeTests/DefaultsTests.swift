import Bridge
import BridgeServer
import Signatures
import Testing

@testable import BuddyBridge

@Suite("Values of a configuration")
struct DefaultsTests {
    /// Everything that an optional section can say, as one text: equal texts are equal settings.
    private func settings(_ configuration: Configuration) -> String {
        let listen = configuration.listen
        let rules = configuration.dispatch
        return """
            \(configuration.buddy.url) \(listen.host):\(listen.port) \(listen.trustedProxies.count) \
            \(listen.inFlight) \(listen.headerLimit) \(listen.bodyTime) \(listen.connections) \
            \(rules.concurrency) \(rules.lease) \(rules.callTimeout) \(rules.firstRetry) \(rules.longestRetry) \
            \(rules.giveUpAfter) \(rules.listPages) \(rules.waitingStatuses.sorted()) \(configuration.retention.age) \
            \(configuration.log.level) \(configuration.sources.map(\.bodyLimit))
            """
    }

    @Test("A file that says the defaults of DESIGN §5.1 is the same as one that says nothing")
    func defaults() throws {
        let silent = try #require(try Loaded(Variant("", 0, "").yaml).configuration)
        let said = Variant(
            "", 5, "listen: {host: 127.0.0.1, port: 8080}\n" + DesignExample.defaults + Variant.base[4])
        let loaded = try Loaded(said.yaml)
        #expect(loaded.messages == [])
        let configuration = try #require(loaded.configuration)
        #expect(settings(configuration) == settings(silent))
        #expect(configuration.log.format == .json)
        #expect(silent.log.format == nil)
        #expect(silent.admin == nil)
        #expect("\(silent.journal)".contains("/data/bridge.sqlite"))
        #expect(silent.buddy.url == "https://api.buddy.works")
        #expect(silent.dispatch.callTimeout == .seconds(30))
    }

    @Test("Every optional value is taken")
    func values() throws {
        let more = """
            listen: {host: 0.0.0.0, port: 0, trusted_proxies: [10.0.0.0/8, "::1"]}
            admin: {token: env:ADMIN_TOKEN, host: "::1", port: 0, open_metrics: true}
            journal: sqlite:/var/lib/bridge.sqlite
            limits: {body: 256MiB, in_flight: 1GiB, header: 4096, body_time: 1.5s, connections: 1,
              shutdown_time: 3s}
            dispatch: {concurrency: 1, lease: 2m, retry: {first: 250ms, longest: 1m, give_up_after: 7d},
              list_pages: 9, waiting_statuses: QUEUED, breaker: {failures: 2, pause: 1m}}
            retention: {age: 1d, deliveries: 7}
            log: {format: text, level: debug}
            """
        let loaded = try Loaded(Variant("", 5, more + "\n" + Variant.base[4]).yaml)
        let configuration = try #require(loaded.configuration)
        #expect(
            settings(configuration) == """
                https://api.buddy.works 0.0.0.0:0 2 1073741824 4096 1.5 seconds 1 1 120.0 seconds 30.0 seconds \
                0.25 seconds 60.0 seconds 604800.0 seconds 9 ["QUEUED"] 86400.0 seconds debug [268435456, 1048576]
                """)
        #expect(configuration.journal == .sqlite(path: "/var/lib/bridge.sqlite"))
        #expect(configuration.shutdownTime == .seconds(3))
        #expect(configuration.dispatch.breakerFailures == 2)
        #expect(configuration.dispatch.breakerPause == .seconds(60))
        #expect(configuration.retention.deliveries == 7)
        #expect(configuration.log.format == .text)
        #expect(configuration.admin?.host == "::1")
        #expect(configuration.admin?.port == 0)
        #expect(configuration.admin?.openMetrics == true)
    }

    @Test("Every optional value of a source is taken")
    func source() throws {
        let text = """
              github:
                {provider: github, secrets: env:GITHUB_SECRET, tolerance: 1m, reply_within: 2500ms, dedupe: both,
                dedupe_window: 2m, failure_status: 200, max_body: 10KiB, reply: channel}
            """
        let loaded = try Loaded(Variant("", 3, text).yaml)
        #expect(loaded.messages == [])
        let source = try #require(loaded.configuration?.sources.first)
        #expect(source.tolerance == .seconds(60))
        #expect(source.replyWithin == .milliseconds(2500))
        #expect(source.dedupe == .both)
        #expect(source.dedupeWindow == .seconds(120))
        #expect(source.failureStatus == 200)
        #expect(source.bodyLimit == 10 << 10)
        #expect(source.audience == .channel)
    }

    @Test(
        "Units of time and size",
        arguments: [
            ("1ms", 0.001), ("500ms", 0.5), ("1s", 1), ("0.5s", 0.5), ("90s", 90), ("5m", 300), ("12h", 43_200),
            ("7d", 604_800),
        ])
    func durations(_ text: String, _ seconds: Double) throws {
        let loaded = try Loaded(Variant("", 6, "retention: {age: \(text)}\n" + Variant.base[5]).yaml)
        #expect(loaded.configuration?.retention.age.seconds == seconds)
    }

    @Test("A workspace inherits what it does not say")
    func workspaces() throws {
        let buddy = """
            buddy:
              url: https://own-host/api/
              token: env:BUDDY_TOKEN
              workspaces: {a: {token: env:ADMIN_TOKEN}, b: {url: "https://api.eu.buddy.works/"}, c: {}}
            """
        let loaded = try #require(try Loaded(Variant("", 1, buddy).yaml).configuration).buddy
        #expect(
            ["a", "b", "c", "d"].map { loaded.directory.base(of: $0) } == [
                "https://own-host/api", "https://api.eu.buddy.works", "https://own-host/api", "https://own-host/api",
            ])
        #expect(
            ["a", "b", "c", "d"].map { loaded.tokenReference(of: $0) } == [
                .environment("ADMIN_TOKEN"), .environment("BUDDY_TOKEN"), .environment("BUDDY_TOKEN"),
                .environment("BUDDY_TOKEN"),
            ])
    }

    @Test("A workspace can have the only token: then no other one is known")
    func onlyWorkspace() throws {
        let yaml = Variant("", 1, "buddy: {workspaces: {acme: {token: env:BUDDY_TOKEN}}}").yaml
        let buddy = try #require(try Loaded(yaml).configuration).buddy
        #expect(buddy.directory.base(of: "acme") == "https://api.buddy.works")
        #expect(buddy.directory.base(of: "other") == nil)
        #expect(buddy.tokenReference(of: "other") == nil)
    }

    @Test(
        "A key that DESIGN §5.1 has and this version has not is refused, never ignored",
        arguments: [
            (6, "limits: {json_depth: 64}", "6:10: error: unknown key 'json_depth' in 'limits'"),
            (
                3, "  github: {provider: github, secrets: env:GITHUB_SECRET, site: chat.example.com}",
                "3:58: error: unknown key 'site' in the source 'github'"
            ),
        ])
    func notYet(_ line: Int, _ text: String, _ message: String) throws {
        try Variant(text, line, text, message).check()
    }
}
