import Foundation
import Testing

@testable import Bridge
@testable import BuddyBridge

/// At which time a route's windows are asked.
@Suite("The time of an event")
struct EventTimeTests {
    private func rules() throws -> RuleBook {
        let yaml = Variant("", 10, "    windows: {days: mon, hours: 09:00-17:00, time_zone: Europe/Warsaw}").yaml
        return try #require(try Loaded(yaml).configuration).ruleBook()
    }

    private func time(_ text: String) throws -> Date { try #require(Timestamp.date(text)) }

    @Test(
        "A sample's is the one that it says",
        arguments: [("2026-11-23T10:00:00Z", true), ("2026-11-23T16:00:00Z", false)])
    func sample(_ text: String, _ allowed: Bool) throws {
        let explained = try rules().explain(Sample(at: time(text)), source: "github")
        #expect(explained.routes.map(\.allowed) == [allowed])
        #expect(explained.outcome == (allowed ? .matched : .denied))
    }

    private func delivery(_ text: String) throws -> Delivery {
        Delivery(
            id: "d", source: "github", event: "push", senderID: nil, user: nil, receivedAt: try time(text),
            method: "POST", query: "",
            headers: Headers([("X-GitHub-Event", "push"), ("Content-Type", "application/json")]),
            body: Array("{}".utf8), decision: .ignored, rules: nil, trace: [], runs: [])
    }

    private static let (open, closed) = ("2026-11-23T10:00:00Z", "2026-11-24T10:00:00Z")

    @Test("A recorded delivery is explained by the time of its receipt")
    func recorded() throws {
        #expect(try rules().explain(delivery(Self.open)).routes.map(\.allowed) == [true])
        #expect(try rules().explain(delivery(Self.closed)).routes.map(\.allowed) == [false])
    }

    @Test("One that is tried again is decided by the time of that moment")
    func again() throws {
        #expect(try rules().decide(delivery(Self.open), at: time(Self.closed)).outcome == .denied)
        #expect(try rules().decide(delivery(Self.closed), at: time(Self.open)).outcome == .matched)
    }
}
