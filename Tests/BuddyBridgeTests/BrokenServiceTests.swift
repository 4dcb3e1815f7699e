import Testing

@testable import BuddyBridge

@Suite("Broken sections about the service itself")
struct BrokenServiceTests {
    @Test(
        "'buddy'",
        arguments: [
            Variant(
                "No value", 1, "buddy:", "1:7: error: 'buddy' is a map, not a missing value",
                "11:19: error: there is no token for the workspace 'acme'",
                "15:19: error: there is no token for the workspace 'acme'"),
            Variant(
                "Not there", 1, "log: {}", "1:1: error: the file needs 'buddy'",
                "11:19: error: there is no token for the workspace 'acme'",
                "15:19: error: there is no token for the workspace 'acme'"),
            Variant(
                "An unknown key", 1, "buddy: {tokn: env:BUDDY_TOKEN, token: env:BUDDY_TOKEN}",
                "1:9: error: unknown key 'tokn' in 'buddy'; did you mean 'token'?"),
            Variant(
                "No token at all", 1, "buddy: {timeout: 30s}",
                "1:8: error: 'buddy' needs 'token', or 'workspaces' with a token each",
                "11:19: error: there is no token for the workspace 'acme'",
                "15:19: error: there is no token for the workspace 'acme'"),
            Variant(
                "A token that is not set", 1, "buddy: {token: env:NOWHERE}",
                "1:16: error: 'token': the variable NOWHERE is not set"),
            Variant(
                "A token that is empty", 1, "buddy: {token: env:EMPTY}", "1:16: error: 'token': env:EMPTY is empty"),
            Variant(
                "A token file that is not there", 1, "buddy: {token: file:nowhere}",
                "1:16: error: 'token': the file nowhere cannot be read"),
            Variant(
                "A host in the clear", 1, "buddy: {url: \"http://buddy.example/api\", token: env:BUDDY_TOKEN}",
                "1:14: error: 'url' must be https: the token would cross the network in the clear"),
            Variant(
                "A host that only begins like this machine", 1,
                "buddy: {url: \"http://localhost.example\", token: env:BUDDY_TOKEN}",
                "1:14: error: 'url' must be https: the token would cross the network in the clear"),
            Variant(
                "Another scheme", 1, "buddy: {url: \"ftp://buddy.example\", token: env:BUDDY_TOKEN}",
                "1:14: error: 'url' is the base of an API like https://api.buddy.works, and nothing more"),
            Variant(
                "No scheme", 1, "buddy: {url: api.buddy.works, token: env:BUDDY_TOKEN}",
                "1:14: error: 'url' is the base of an API like https://api.buddy.works, and nothing more"),
            Variant(
                "A query", 1, "buddy: {url: \"https://b.example?x=1\", token: env:BUDDY_TOKEN}",
                "1:14: error: 'url' is the base of an API like https://api.buddy.works, and nothing more"),
            Variant(
                "A fragment", 1, "buddy: {url: \"https://b.example#x\", token: env:BUDDY_TOKEN}",
                "1:14: error: 'url' is the base of an API like https://api.buddy.works, and nothing more"),
            Variant(
                "An authority that is not there", 1, "buddy: {ca: nowhere.pem, token: env:BUDDY_TOKEN}",
                "1:13: error: 'ca': the file nowhere.pem cannot be read"),
            Variant(
                "A workspace without a token to inherit", 1,
                "buddy: {workspaces: {acme: {token: env:BUDDY_TOKEN}, b: {}}}",
                "1:57: error: the workspace 'b' needs 'token': there is none to inherit"),
            Variant(
                "A workspace's host in the clear", 1,
                "buddy: {token: env:BUDDY_TOKEN, workspaces: {acme: {url: \"http://b.example\"}}}",
                "1:58: error: 'url' must be https: the token would cross the network in the clear"),
            Variant(
                "A workspace's unknown key", 1, "buddy: {token: env:BUDDY_TOKEN, workspaces: {acme: {timeout: 3s}}}",
                "1:53: error: unknown key 'timeout' in the workspace 'acme'"),
        ])
    func buddy(_ variant: Variant) throws { try variant.check() }

    @Test("A password in the URL is refused, and not repeated")
    func password() throws {
        let variant = Variant("", 1, "buddy: {url: \"https://me:canary-url@b.example\", token: env:BUDDY_TOKEN}")
        let messages = try Loaded(variant.yaml).messages
        #expect(messages.first?.hasPrefix("bridge.yaml:1:14: error: 'url' is the base of an API") == true)
        #expect(messages.allSatisfy { !$0.contains("canary") })
    }

    @Test(
        "Ports, addresses and the journal",
        arguments: [
            Variant(
                "A port above all", 6, "listen: {port: 65536}",
                "6:16: error: 'port' is a number from 0 to 65535, not '65536'"),
            Variant(
                "A port below all", 6, "listen: {port: -1}", "6:16: error: 'port' is a number from 0 to 65535, not '-1'"
            ),
            Variant(
                "A port in words", 6, "listen: {port: http}",
                "6:16: error: 'port' is a number from 0 to 65535, not 'http'"),
            Variant("No port", 6, "listen: {port: }", "6:16: error: 'port' has no value"),
            Variant(
                "An unknown key", 6, "listen: {hots: x}",
                "6:10: error: unknown key 'hots' in 'listen'; did you mean 'host'?"),
            Variant(
                "A proxy by name", 6, "listen: {trusted_proxies: [127.0.0.1, proxy.local]}",
                "6:39: error: a trusted proxy is an address or a range like 10.0.0.0/8, not 'proxy.local'"),
            Variant(
                "A range of too many bits", 6, "listen: {trusted_proxies: 10.0.0.0/33}",
                "6:27: error: a trusted proxy is an address or a range like 10.0.0.0/8, not '10.0.0.0/33'"),
            Variant(
                "An admin port of another kind", 6, "admin: {token: env:ADMIN_TOKEN, port: 8o81}",
                "6:39: error: 'port' is a number from 0 to 65535, not '8o81'"),
            Variant(
                "A flag that is neither", 6, "admin: {token: env:ADMIN_TOKEN, open_metrics: yes}",
                "6:47: error: 'open_metrics' is true or false, not 'yes'"),
            Variant(
                "An admin token that is empty", 6, "admin: {token: env:EMPTY}",
                "6:16: error: 'token': env:EMPTY is empty"),
            Variant(
                "A journal of another kind", 6, "journal: mysql://me:canary@host/db",
                "6:10: error: 'journal' is sqlite:PATH, or env:NAME or file:/path with the address of a PostgreSQL "
                    + "database, not 'mysql:…'"),
            Variant(
                "A database that is no reference", 6, "journal: postgres://me:canary@host/db",
                "6:10: error: 'journal' is sqlite:PATH, or env:NAME or file:/path with the address of a PostgreSQL "
                    + "database, not 'postgres:…'"),
            Variant(
                "A database whose address is not there", 6, "journal: env:NOT_SET",
                "6:10: error: 'journal': the variable NOT_SET is not set"),
            Variant(
                "A database whose address is none", 6, "journal: env:GITHUB_SECRET",
                "6:10: error: 'journal': env:GITHUB_SECRET holds no address like postgres://user:password@host/database"
            ),
            Variant(
                "A journal without a path", 6, "journal: \"sqlite:\"",
                "6:10: error: 'journal' is sqlite:PATH, or env:NAME or file:/path with the address of a PostgreSQL "
                    + "database, not 'sqlite:…'"),
            Variant(
                "A journal that is a map", 6, "journal: {sqlite: x}", "6:10: error: 'journal' is a text, not a map"),
            Variant(
                "A log's format", 6, "log: {format: jsn}",
                "6:15: error: 'format' is one of json, text, not 'jsn'; did you mean 'json'?"),
            Variant(
                "A log's level", 6, "log: {level: warn}",
                "6:14: error: 'level' is one of trace, debug, info, notice, warning, error, critical, not 'warn'"),
        ])
    func ports(_ variant: Variant) throws { try variant.check() }

    @Test("Times", arguments: ["0s", "-5s", "30", "5 m", "1w", "s", "1h30m", "infs", "nans", "99999999d", "''"])
    func durations(_ text: String) throws {
        let shown = text == "''" ? "" : text
        try Variant(
            text, 6, "retention: {age: \(text)}",
            "6:18: error: 'age' is a time like 500ms, 30s, 5m, 12h or 7d, not '\(shown)'"
        ).check()
    }

    @Test(
        "Sizes",
        arguments: [
            "0", "-1", "1.5MiB", "25MB", "10k", "MiB", "99999999999GiB", "9223372036854775808", "1073741825", "2GiB",
        ])
    func sizes(_ text: String) throws {
        try Variant(
            text, 6, "limits: {body: \(text)}",
            "6:16: error: 'body' is a size of at most 1GiB, like 4096, 32KiB or 25MiB, not '\(text)'"
        ).check()
    }

    @Test(
        "'dispatch'",
        arguments: [
            Variant(
                "A lease that a call could outlive", 6, "dispatch: {lease: 35s}",
                "6:19: error: 'lease' must be longer than 'buddy.timeout' and 5 s: a call could outlive it"),
            Variant(
                "A timeout that leaves the lease no room", 1, "buddy: {token: env:BUDDY_TOKEN, timeout: 55s}",
                "error: 'buddy.timeout' leaves no room in 'dispatch.lease', which is 60s"),
            Variant(
                "No concurrency", 6, "dispatch: {concurrency: 0}",
                "6:25: error: 'concurrency' is a number from 1 to 1000, not '0'"),
            Variant(
                "No pages", 6, "dispatch: {list_pages: 0}",
                "6:24: error: 'list_pages' is a number from 1 to 100, not '0'"),
            Variant(
                "An unknown key of 'retry'", 6, "dispatch: {retry: {frist: 1s}}",
                "6:20: error: unknown key 'frist' in 'retry'; did you mean 'first'?"),
            Variant(
                "A null status", 6, "dispatch: {waiting_statuses: [~]}", "6:31: error: a waiting status has no value"),
            Variant(
                "No connections", 6, "limits: {connections: 0}",
                "6:23: error: 'connections' is a number from 1 to 100000, not '0'"),
        ])
    func dispatch(_ variant: Variant) throws { try variant.check() }

    @Test("A lease that is just long enough", arguments: [("30s", "35001ms"), ("54s", "60s"), ("500ms", "6s")])
    func leases(_ timeout: String, _ lease: String) throws {
        var variant = Variant("", 6, "dispatch: {lease: \(lease)}")
        variant.lines[1] = "buddy: {token: env:BUDDY_TOKEN, timeout: \(timeout)}"
        try variant.check()
    }

    @Test(
        "This machine may be asked in the clear",
        arguments: [
            "http://127.0.0.1:8090", "http://localhost", "http://[::1]:8090/api", "https://own-host/api",
        ])
    func url(_ text: String) throws {
        let variant = Variant("", 1, "buddy: {url: \"\(text)\", token: env:BUDDY_TOKEN}")
        try variant.check()
        #expect(try Loaded(variant.yaml).configuration?.buddy.url == text)
    }
}
