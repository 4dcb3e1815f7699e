import TestSupport
import Testing

@testable import BuddyBridge

@Suite("What is taken, but with a warning")
struct WarningTests {
    @Test(
        "Warnings leave the configuration usable",
        arguments: [
            Variant(
                "Two sources with one secret", 4,
                "  slack: {provider: slack, secrets: [env:SLACK_SECRET, env:GITHUB_SECRET]}",
                "4:3: warning: the sources 'github' and 'slack' share a secret: a capture replays across"),
            Variant(
                "A source that no route is for", 12, "  - name: more\n    when: {event: x}",
                "4:3: warning: no route is for the source 'slack'"),
            Variant(
                "An admin section without a token", 6, "admin: {port: 9000}",
                "6:8: warning: 'admin' has no 'token': there will be no admin port"),
        ])
    func warnings(_ variant: Variant) throws {
        var variant = variant
        if variant.lines[12] != nil { variant.lines[13] = "    source: github" }
        try variant.check()
    }

    @Test("Secrets are compared by their values, wherever they come from")
    func sharedByValue() throws {
        let folder = try ConfigFolder()
        try folder.write((Canary.github + "\n").utf8, to: "copied")
        let yaml = Variant("", 4, "  slack: {provider: slack, secrets: [file:copied]}").yaml
        try folder.write(yaml.utf8)
        let loaded = folder.load()
        #expect(loaded.configuration != nil)
        #expect(
            loaded.messages == [
                "bridge.yaml:4:3: warning: the sources 'github' and 'slack' share a secret: a capture replays across"
            ])
        #expect(loaded.messages.allSatisfy { !$0.contains("canary") })
    }

    @Test("One secret twice in a source is nobody's business")
    func repeated() throws {
        let source = "  github: {provider: github, secrets: [env:GITHUB_SECRET, env:GITHUB_SECRET]}"
        try Variant("", 3, source).check()
    }

    @Test("Without secrets nothing is compared")
    func throwaway() throws {
        let yaml = Variant("", 4, "  slack: {provider: slack, secrets: [env:GITHUB_SECRET]}").yaml
        #expect(try Loaded(yaml, needs: .none).messages == [])
    }

    static let unsignedEvent = "the event's header 'X-Event' is not in 'message', so it is not signed"
    static let unsignedID = "the id's header 'X-Id' is not in 'message', so it is not signed"

    @Test(
        "A header of an 'hmac' source that is not signed",
        arguments: [
            ("{body}", [unsignedEvent, unsignedID]),
            ("{id}.{body}", [unsignedEvent]),
            ("{header.X-Event}.{body}", [unsignedID]),
            ("{header.x-event}.{header.x-id}.{body}", []),
            ("{header.X-Events}.{body}", [unsignedEvent, unsignedID]),
            ("X-Event.X-Id.{body}", [unsignedEvent, unsignedID]),
        ])
    func unsigned(_ message: String, _ expected: [String]) throws {
        let yaml = """
            buddy: {token: env:BUDDY_TOKEN}
            sources:
              builds:
                provider: hmac
                secrets: env:HMAC_SECRET
                dedupe: body
                signature: {header: X-Sig, message: "\(message)"}
                event: {header: X-Event}
                id: {header: X-Id}
            routes:
              - {name: all, source: builds, run: {domain: acme, project: web, pipeline: 1}}

            """
        let loaded = try Loaded(yaml)
        #expect(loaded.configuration != nil)
        let places = [unsignedPlace(Self.unsignedEvent, 8, 12), unsignedPlace(Self.unsignedID, 9, 9)]
        #expect(loaded.messages == places.filter { place in expected.contains { place.hasSuffix($0) } })
    }

    private func unsignedPlace(_ message: String, _ line: Int, _ column: Int) -> String {
        "bridge.yaml:\(line):\(column): warning: \(message)"
    }

    @Test("An event found in the body is signed with it")
    func payloadEvent() throws {
        let yaml = """
            buddy: {token: env:BUDDY_TOKEN}
            sources:
              builds:
                {provider: hmac, secrets: env:HMAC_SECRET, dedupe: none, signature: {header: X-Sig},
                event: {payload: type}}
            routes:
              - {name: all, source: builds, run: {domain: acme, project: web, pipeline: 1}}

            """
        let loaded = try Loaded(yaml)
        #expect(loaded.configuration != nil)
        #expect(loaded.messages == [])
    }
}
