package import FoundationEssentials
import Signatures

/// Why a question about the rules has no answer, for the operator who asked.
package struct NotExplained: Error, CustomStringConvertible {
    package var message: String

    package init(_ message: String) { self.message = message }

    package var description: String { message }
}

/// What the rules make of an event, and why.
package struct Explanation: Sendable, Encodable {
    package struct EventView: Sendable, Encodable {
        package var source: String
        package var provider: String
        package var event: String
        package var senderID: String?
        package var user: Party?
        package var channel: Party?
        package var command: String?
        package var text: String?
        /// What all Git hosts tell alike, as far as this event does.
        package var git: [String: OneOrMore]?

        private enum CodingKeys: String, CodingKey {
            case source, provider, event, user, channel, command, text, git
            case senderID = "sender_id"
        }
    }

    package var event: EventView
    package var outcome: Decision.Outcome
    package var routes: [RouteTrace]
}

extension RuleBook {
    /// Explains a sample: it is signed with throwaway credentials as its sender would, verified, and understood, so that
    /// nothing but the credentials differs from the real thing.
    package func explain(_ sample: Sample, source name: String) throws(NotExplained) -> Explanation {
        let (verified, source) = try proved(sample, name)
        return try explain(verified, source)
    }

    private func proved(_ sample: Sample, _ name: String) throws(NotExplained) -> (VerifiedRequest, Source) {
        guard let source = sources[name] else { throw NotExplained("there is no source '\(name)'") }
        do {
            return (try source.proved(sample, at: sample.at ?? Date()), source)
        } catch {
            throw NotExplained("the sample cannot be read: \(error)")
        }
    }

    /// Explains a recorded delivery by today's rules, at the time of its receipt.
    package func explain(_ delivery: Delivery) throws(NotExplained) -> Explanation {
        try explain(Verifier.restore(delivery), try source(of: delivery))
    }

    /// What the rules make of a sample, proved as ``explain(_:source:)`` does.
    package func decide(_ sample: Sample, source name: String) throws(NotExplained) -> RecordedDecision {
        let (verified, source) = try proved(sample, name)
        return planner.decide(try event(of: verified, source), tracingAll: true)
    }

    /// What these rules make of a recorded delivery.
    ///
    /// - Parameter time: when it is tried again, and counts as come. Nil for when it came.
    package func decide(_ delivery: Delivery, at time: Date? = nil) throws(NotExplained) -> RecordedDecision {
        var event = try event(of: Verifier.restore(delivery), try source(of: delivery))
        if let time { event.receivedAt = time }
        return planner.decide(event)
    }

    private func source(of delivery: Delivery) throws(NotExplained) -> Source {
        guard let source = sources[delivery.source] else {
            throw NotExplained("its source '\(delivery.source)' is not configured any more")
        }
        return source
    }

    private func explain(_ verified: VerifiedRequest, _ source: Source) throws(NotExplained) -> Explanation {
        let event = try event(of: verified, source)
        let decision = planner.router.decide(event, tracingAll: true)
        return Explanation(event: .init(event), outcome: decision.outcome, routes: decision.trace)
    }

    private func event(of verified: VerifiedRequest, _ source: Source) throws(NotExplained) -> Event {
        do {
            switch try source.provider.understand(verified, source: source.name) {
            case .event(let event): return event
            case .handshake: throw NotExplained("that is a handshake: it is answered, and no route is asked")
            }
        } catch let error as NotExplained {
            throw error
        } catch NotUnderstood.malformed(let why) {
            throw NotExplained(why)
        } catch {
            throw NotExplained("the source does not take that content type")
        }
    }
}

extension Explanation.EventView {
    init(_ event: Event) {
        source = event.source
        provider = event.provider
        self.event = event.name
        senderID = event.senderID
        user = event.user
        channel = event.channel
        command = event.command?.command
        text = event.command?.text
        git = event.git.map { fields in
            GitField.allCases.reduce(into: [:]) { view, field in
                let values = fields.values(of: field)
                if !values.isEmpty { view[field.rawValue] = OneOrMore(values) }
            }
        }
    }
}
