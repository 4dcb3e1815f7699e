import FoundationEssentials
import Signatures

/// Makes of an event what the journal is to hold: its delivery, the keys that tell it apart, and its runs.
package struct Planner: Sendable {
    package var router: Router
    package var buddy: BuddyDirectory
    /// Decides and records, but runs nothing.
    package var isDryRun: Bool
    /// Of the rules: the SHA-256 of what they were read from, 64 hexadecimal digits.
    package var version: String

    package init(router: Router, buddy: BuddyDirectory, isDryRun: Bool = false, version: String) {
        self.router = router
        self.buddy = buddy
        self.isDryRun = isDryRun
        self.version = version
    }

    /// - Parameter fingerprint: of what was signed, without the time.
    func delivery(
        of event: Event, _ verified: VerifiedRequest, fingerprint: String?, _ source: Source
    ) -> NewDelivery {
        var request = verified.request
        request.head.headers = request.head.headers.masked(besides: source.provider.traits.provingHeaders)
        return NewDelivery(
            id: DeliveryID.new(at: request.head.receivedAt), source: source.name, event: event.name,
            senderID: event.senderID, user: event.user, credential: verified.credential?.name,
            request: request, acceptedAt: request.head.receivedAt,
            keys: keys(of: event, fingerprint, source),
            keysExpire: request.head.receivedAt.advanced(by: source.dedupeWindow),
            decision: decide(event))
    }

    /// What today's rules make of an event; see ``Router/decide(_:tracingAll:)``.
    package func decide(_ event: Event, tracingAll isWhole: Bool = false) -> RecordedDecision {
        var decision = router.decide(event, tracingAll: isWhole)
        if isDryRun { decision.makeDryRun() }
        let runs = decision.runs.map { run in
            switch run.target {
            case .failure(let error):
                // The target could not be made; what it would be called is all that there is to show.
                RecordedDecision.NewRun(route: run.route, buddy: "", target: .unmade, refusal: error)
            case .success(let target):
                RecordedDecision.NewRun(
                    route: run.route, buddy: buddy.base(of: target.domain) ?? "", target: target,
                    refusal: buddy.base(of: target.domain) == nil ? .noToken(target.domain) : nil, turn: run.turn)
            }
        }
        return RecordedDecision(outcome: decision.outcome, rules: version, trace: decision.trace, runs: runs)
    }

    func wishes(of source: Source) -> ReplyWishes {
        ReplyWishes(
            failureStatus: source.failureStatus, audience: source.audience, usage: router.usage(of: source.name))
    }

    private func keys(of event: Event, _ fingerprint: String?, _ source: Source) -> [DedupeKey] {
        // One that is too long for an index stands there by its digest.
        let id = event.senderID.map {
            DedupeKey(kind: .id, value: $0.utf8.count > 200 ? "sha256:\(Fingerprint.sha256($0.utf8))" : $0)
        }
        let signed = fingerprint.map { DedupeKey(kind: .body, value: $0) }
        let keys =
            switch source.dedupe {
            case .id: [id ?? signed]
            case .body: [signed]
            case .both: [id, signed]
            case .none: [DedupeKey?]()
            }
        return keys.compactMap(\.self)
    }
}

/// Which Buddy knows a domain.
package struct BuddyDirectory: Sendable {
    private let standard: String?
    private let workspaces: [String: String]

    /// - Parameters:
    ///   - standard: the base of the API for every domain that is not in `workspaces`; nil where there is no token
    ///     for such domains.
    ///   - workspaces: the bases for single domains.
    package init(standard: String?, workspaces: [String: String] = [:]) {
        self.standard = standard
        self.workspaces = workspaces
    }

    package func base(of domain: String) -> String? { workspaces[domain] ?? standard }
}

extension RunError {
    static func noToken(_ domain: String) -> RunError {
        RunError(code: .noToken, message: "no Buddy token is configured for the workspace '\(domain)'")
    }
}

extension Target {
    /// Stands where an event gave no target.
    static let unmade = Target(
        domain: "", project: "", pipeline: .identifier(""), execution: .selector(Selector(.earliest)))
}

extension Headers {
    /// Without the values that are secrets, or prove something to who has them.
    ///
    /// - Parameter names: headers that are masked whatever they are called.
    package func masked(besides names: [String] = []) -> Headers {
        let names = names.map { $0.lowercased() }
        return Headers(
            fields.map { field in
                let name = field.name.lowercased()
                let isSecret =
                    names.contains(name)
                    || ["authorization", "cookie", "token", "secret", "signature", "password", "api-key"].contains {
                        name.contains($0)
                    }
                return (field.name, isSecret ? "***" : field.value)
            })
    }
}
