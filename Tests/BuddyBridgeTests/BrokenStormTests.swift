import Bridge
import Testing

@testable import BuddyBridge

@Suite("What is said about storms")
struct BrokenStormTests {
    @Test(
        "A route's 'overrun', 'throttle' and 'concurrency_key'",
        arguments: [
            Variant(
                "An unknown word", 10, "    overrun: serail",
                "10:14: error: 'overrun' is one of parallel, skip, coalesce, serial, not 'serail'; did you mean "
                    + "'serial'?"),
            Variant(
                "A word that is like none", 10, "    overrun: never",
                "10:14: error: 'overrun' is one of parallel, skip, coalesce, serial, not 'never'"),
            Variant("No word", 10, "    overrun:", "10:13: error: 'overrun' has no value"),
            Variant(
                "A list of words", 10, "    overrun: [skip]", "10:14: error: 'overrun' is a text, not a list"),
            Variant(
                "A misspelt key", 10, "    overun: skip",
                "10:5: error: unknown key 'overun' in a route; did you mean 'overrun'?"),
            Variant(
                "A throttle without a time", 10, "    throttle: {runs: 2}", "10:15: error: 'throttle' needs 'per'"),
            Variant(
                "A throttle without a number", 10, "    throttle: {per: 1h}", "10:15: error: 'throttle' needs 'runs'"),
            Variant(
                "A throttle of nothing", 10, "    throttle: {runs: 0, per: 1h}",
                "10:22: error: 'runs' is a number from 1 to 10000, not '0'"),
            Variant(
                "A throttle of too many", 10, "    throttle: {runs: 10001, per: 1h}",
                "10:22: error: 'runs' is a number from 1 to 10000, not '10001'"),
            Variant(
                "A throttle for no time", 10, "    throttle: {runs: 2, per: 0s}",
                "10:30: error: 'per' is a time like 500ms, 30s, 5m, 12h or 7d, not '0s'"),
            Variant(
                "A throttle of another kind", 10, "    throttle: 2/h", "10:15: error: 'throttle' is a map, not a text"),
            Variant(
                "A misspelt key of a throttle", 10, "    throttle: {run: 2, per: 1h}",
                "10:15: error: 'throttle' needs 'runs'",
                "10:16: error: unknown key 'run' in 'throttle'; did you mean 'runs'?"),
            Variant(
                "A key that does nothing", 10, "    concurrency_key: \"{{ branch }}\"",
                "10:22: error: 'concurrency_key' says nothing without 'overrun' or 'throttle'"),
            Variant(
                "A key with an unknown field", 10, "    overrun: skip\n    concurrency_key: \"{{ brnach }}\"",
                "11:22: error: 'concurrency_key': unknown field 'brnach'; did you mean 'branch'?"),
            Variant(
                "A key with an unknown filter", 10, "    overrun: skip\n    concurrency_key: \"{{ branch | lowr }}\"",
                "11:22: error: 'concurrency_key': unknown filter 'lowr'; did you mean 'lower'?"),
            Variant(
                "A key whose placeholder does not end", 10, "    overrun: skip\n    concurrency_key: \"{{ branch\"",
                "11:22: error: 'concurrency_key': '{{' without its '}}'"),
            Variant(
                "A key that is not quoted", 10, "    overrun: skip\n    concurrency_key: {{ branch }}",
                "11:22: error: a value that begins with '{{' must be quoted: \"{{ … }}\""),
            Variant(
                "A key without a value", 10, "    overrun: skip\n    concurrency_key:",
                "11:21: error: 'concurrency_key' has no value"),
        ])
    func routes(_ variant: Variant) throws { try variant.check() }

    @Test(
        "The service's 'breaker', 'retention' and 'limits'",
        arguments: [
            Variant(
                "An unknown key", 6, "dispatch: {breaker: {failure: 3}}",
                "6:22: error: unknown key 'failure' in 'breaker'; did you mean 'failures'?"),
            Variant(
                "Another", 6, "dispatch: {breaker: {pauze: 3s}}",
                "6:22: error: unknown key 'pauze' in 'breaker'; did you mean 'pause'?"),
            Variant(
                "A misspelt section", 6, "dispatch: {braker: {pause: 3s}}",
                "6:12: error: unknown key 'braker' in 'dispatch'; did you mean 'breaker'?"),
            Variant(
                "No failure", 6, "dispatch: {breaker: {failures: 0}}",
                "6:32: error: 'failures' is a number from 1 to 1000, not '0'"),
            Variant(
                "No pause", 6, "dispatch: {breaker: {pause: 0s}}",
                "6:29: error: 'pause' is a time like 500ms, 30s, 5m, 12h or 7d, not '0s'"),
            Variant("A switch", 6, "dispatch: {breaker: off}", "6:21: error: 'breaker' is a map, not a text"),
            Variant(
                "Nothing kept", 6, "retention: {deliveries: 0}",
                "6:25: error: 'deliveries' is a number from 1 to 100000000, not '0'"),
            Variant(
                "A misspelt number", 6, "retention: {delivery: 10}",
                "6:13: error: unknown key 'delivery' in 'retention'"),
            Variant(
                "A shutdown without a unit", 6, "limits: {shutdown_time: 40}",
                "6:25: error: 'shutdown_time' is a time like 500ms, 30s, 5m, 12h or 7d, not '40'"),
            Variant(
                "A misspelt shutdown", 6, "limits: {shutdwon_time: 40s}",
                "6:10: error: unknown key 'shutdwon_time' in 'limits'; did you mean 'shutdown_time'?"),
        ])
    func service(_ variant: Variant) throws { try variant.check() }

    private static func storm(_ lines: String) throws -> StormControl {
        let loaded = try Loaded(Variant("", 10, lines).yaml)
        #expect(loaded.messages == [])
        return try #require(loaded.configuration?.routes.first).storm
    }

    @Test("Every word of 'overrun' is taken", arguments: ["parallel", "skip", "coalesce", "serial"])
    func overrun(_ word: String) throws {
        let storm = try Self.storm("    overrun: \(word)")
        #expect(storm.overrun.rawValue == word)
        #expect(storm.throttle == nil)
        #expect(storm.key == nil)
    }

    @Test("A throttle and a key are taken; a route that says nothing has none")
    func values() throws {
        let storm = try Self.storm(
            "    throttle: {runs: 10000, per: 90s}\n    concurrency_key: \"{{ repository.name | lower }}-x\"")
        #expect(storm.overrun == .parallel)
        #expect(storm.throttle == .init(runs: 10_000, per: .seconds(90)))
        let key = try #require(storm.key)
        #expect(key.literal == nil)
        #expect(try Self.storm("    overrun: skip\n    concurrency_key: web").key?.literal == "web")
        let silent = try Self.storm("")
        #expect(silent.overrun == .parallel && silent.throttle == nil && silent.key == nil)
    }

    @Test("A file that says nothing of them has the defaults of the service's values, and said values are taken")
    func serviceValues() throws {
        let silent = try #require(try Loaded(Variant("", 0, "").yaml).configuration)
        #expect(silent.dispatch.breakerFailures == 5)
        #expect(silent.dispatch.breakerPause == .seconds(10))
        #expect(silent.retention.deliveries == 100_000)
        #expect(silent.shutdownTime == .seconds(40))
        let said = Variant(
            "", 6,
            "dispatch: {breaker: {failures: 1000, pause: 1ms}}\nretention: {deliveries: 100000000}\n"
                + "limits: {shutdown_time: 1.5s}\n" + Variant.base[5])
        let loaded = try Loaded(said.yaml)
        #expect(loaded.messages == [])
        let configuration = try #require(loaded.configuration)
        #expect(configuration.dispatch.breakerFailures == 1000)
        #expect(configuration.dispatch.breakerPause == .milliseconds(1))
        #expect(configuration.retention.deliveries == 100_000_000)
        #expect(configuration.shutdownTime == .milliseconds(1500))
    }
}
