import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

extension Credentials {
    /// One secret of this text.
    static func of(_ text: String) throws -> Credentials { Credentials(secrets: [try .of(text)]) }
}

extension Provider {
    /// Proves a request by what a source has, and reads it.
    func read(_ request: Request, by credentials: Credentials) throws -> Understanding {
        let claim = try claim(in: request.head, tolerance: .seconds(300))
        return try understand(try Verifier(credentials).verify(claim, request), source: "chat")
    }

    /// Proves a request and reads an event in it.
    func event(
        _ request: Request, by credentials: Credentials, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Event {
        let event: Event? = if case .event(let event) = try read(request, by: credentials) { event } else { nil }
        return try #require(event, sourceLocation: sourceLocation)
    }

    /// Proves a request and reads a handshake in it.
    func handshake(
        _ request: Request, by credentials: Credentials, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Reply {
        let reply: Reply? = if case .handshake(let reply) = try read(request, by: credentials) { reply } else { nil }
        return try #require(reply, sourceLocation: sourceLocation)
    }

    /// What this provider answers to a delivery.
    func reply(
        to delivery: Delivery, audience: ReplyWishes.Audience = .caller, usage: [String] = []
    ) -> Reply {
        reply(to: Summary(delivery), ReplyWishes(failureStatus: 502, audience: audience, usage: usage))
    }
}

extension Reply {
    /// The body, as JSON.
    var json: JSONValue { JSONValue(String(decoding: body, as: UTF8.self)) ?? .null }
}

extension Delivery {
    /// A delivery of which a run started an execution on this branch.
    static func started(event: String = "command", branch: String = "master", user: Party? = nil) -> Delivery {
        var execution = Execution.mission
        execution.branch = branch
        return Delivery(runs: [Run(.started, lastLook: execution)], event: event, user: user)
    }

    /// A delivery that Buddy refused in these words.
    static func refused(event: String = "command", _ words: String = "no such pipeline") -> Delivery {
        Delivery(runs: [Run(.refused, error: RunError(code: .buddyRefused, message: words))], event: event)
    }
}
