import Bridge
import BridgeServer
import Foundation
import Signatures
import Testing

@testable import BuddyBridge

/// What of a configuration a running process takes, and what waits for a restart.
@Suite("What a reload takes")
struct RestartTests {
    private static let buddy = "buddy: {token: env:BUDDY_TOKEN"

    private func load(_ lines: [Int: String] = [:], more: String = "") throws -> Configuration {
        var variant = Variant("", 1, Self.buddy + "}")
        variant.lines.merge(lines) { $1 }
        let loaded = try Loaded(variant.yaml + more)
        return try #require(loaded.configuration, "\(loaded.messages)")
    }

    /// The base, and that with another first line or another section.
    private func waiting(_ first: String? = nil, _ more: String = "") throws -> [String] {
        var new = try load(first.map { [1: $0] } ?? [:], more: more)
        var old = try load()
        // Each has a folder of its own.
        old.journal = .sqlite(path: "/here")
        if !more.contains("journal") { new.journal = old.journal }
        return new.beside(old).waiting
    }

    @Test("Nothing waits where nothing differs")
    func same() throws { #expect(try waiting() == []) }

    @Test(
        "What only a start can change waits, by its key",
        arguments: [
            ("listen: {host: 0.0.0.0}", ["listen.host"]), ("listen: {port: 1}", ["listen.port"]),
            ("listen: {trusted_proxies: [10.0.0.0/8]}", ["listen.trusted_proxies"]),
            ("admin: {token: env:ADMIN_TOKEN}", ["admin"]), ("journal: sqlite:other", ["journal"]),
            ("limits: {header: 1KiB, body_time: 1s}", ["limits.header", "limits.body_time"]),
            ("limits: {connections: 2, in_flight: 1GiB}", ["limits.connections", "limits.in_flight"]),
            ("limits: {shutdown_time: 1s}", ["limits.shutdown_time"]), ("log: {level: debug}", ["log"]),
            ("dispatch: {concurrency: 2}", ["dispatch"]), ("retention: {age: 1d}", []), ("limits: {body: 1KiB}", []),
        ])
    func waits(_ more: String, _ keys: [String]) throws { #expect(try waiting(nil, more + "\n") == keys) }

    @Test("What waits is as it was; the rest is as it is in the file")
    func taken() throws {
        let old = try load()
        let new = try load(
            [9: "    source: slack\n    allow: anyone"],
            more: "listen: {port: 1}\ndispatch: {lease: 70s}\nretention: {age: 1d}\n")
        let inForce = new.beside(old).inForce
        #expect(inForce.listen.port == 8080)
        #expect(inForce.dispatch == old.dispatch)
        #expect(inForce.retention.age == .seconds(86_400))
        #expect(inForce.routes[0].sources == ["slack"])
        #expect(inForce.version == new.version)
        #expect(inForce.version != old.version)
    }

    @Test("A Buddy's address waits, and the token that is for it; new workspaces do not")
    func buddies() throws {
        let old = try load([
            1: "buddy: {token: env:BUDDY_TOKEN, workspaces: {acme: {url: 'https://a', token: env:HMAC_SECRET}}}"
        ])
        let new = try load([
            1: """
            buddy: {url: 'https://b', token: env:ADMIN_TOKEN, workspaces: {acme: {url: 'https://c'}, \
            beta: {url: 'https://d', token: env:SLACK_SECRET}}}
            """
        ])
        var (inForce, waiting) = new.beside(old)
        waiting.removeAll { $0 == "journal" }
        #expect(waiting == ["buddy.url", "buddy.workspaces.acme.url"])
        #expect(inForce.buddy.url == "https://api.buddy.works")
        #expect(inForce.buddy.token == .environment("BUDDY_TOKEN"))
        #expect(inForce.buddy.workspaces["acme"]?.url == "https://a")
        #expect(inForce.buddy.workspaces["acme"]?.token == .environment("HMAC_SECRET"))
        #expect(inForce.buddy.directory.base(of: "beta") == "https://d")
        #expect(inForce.buddy.tokenReference(of: "beta", at: "https://d") == .environment("SLACK_SECRET"))
    }

    @Test("Another token for the same address is taken, and a workspace that is gone has none")
    func tokens() throws {
        let old = try load([
            1: "buddy: {token: env:BUDDY_TOKEN, workspaces: {acme: {url: 'https://a', token: env:HMAC_SECRET}}}"
        ])
        let new = try load([1: "buddy: {token: env:ADMIN_TOKEN}"])
        let buddy = new.beside(old).inForce.buddy
        #expect(buddy.tokenReference(of: "acme", at: "https://api.buddy.works") == .environment("ADMIN_TOKEN"))
        #expect(buddy.tokenReference(of: "acme", at: "https://a") == nil)
    }

    @Test("A token is for its own Buddy only: runs keep the one of theirs when a workspace gets another")
    func ownBuddy() throws {
        let buddy = try load([
            1: "buddy: {token: env:BUDDY_TOKEN, workspaces: {acme: {url: 'https://a', token: env:HMAC_SECRET}}}"
        ]).buddy
        #expect(buddy.tokenReference(of: "acme", at: "https://a") == .environment("HMAC_SECRET"))
        #expect(buddy.tokenReference(of: "acme", at: "https://api.buddy.works") == .environment("BUDDY_TOKEN"))
        #expect(buddy.tokenReference(of: "web", at: "https://api.buddy.works") == .environment("BUDDY_TOKEN"))
        #expect(buddy.tokenReference(of: "web", at: "https://a") == nil)
    }
}
