import FoundationEssentials
package import Logging
import Metrics
import Signatures

/// A request's way from the wire to its answer: verify, understand, route, journal, wait, reply (DESIGN §3).
///
/// One value is one configuration: a request goes the whole way with the one that it began with.
package struct Intake: Sendable {
    package let rules: RuleBook
    private let desk: DeliveryDesk
    private let rejections: RejectionDesk
    private let failures: FailureBudget
    private let logger: Logger

    package init(
        rules: RuleBook, desk: DeliveryDesk, rejections: RejectionDesk, failures: FailureBudget = FailureBudget(),
        logger: Logger
    ) {
        self.rules = rules
        self.desk = desk
        self.rejections = rejections
        self.failures = failures
        self.logger = logger
    }

    /// Decides, before a body is read, whether it is worth reading.
    package func admit(_ head: RequestHead, source name: String) -> Admission {
        guard let source = rules.sources[name] else { return .refused(.problem(404, "There is no such source")) }
        guard source.provider.traits.methods.contains(head.method) else {
            return .refused(.problem(405, "This source does not take that method"))
        }
        do throws(VerificationFailure) {
            guard source.allows(head.client) else { throw VerificationFailure.wrongAddress }
            let claim = try source.provider.claim(in: head, tolerance: source.tolerance)
            return .read(Ticket(head: head, source: source, proof: .claim(claim), bodyLimit: source.bodyLimit))
        } catch {
            let limit = source.provider.traits.unsignedHandshakeLimit
            guard case .missingHeader = error, limit > 0 else {
                return .refused(unproved(error, Request(head: head, body: []), nil, source))
            }
            return .read(Ticket(head: head, source: source, proof: .missing(error), bodyLimit: limit))
        }
    }

    /// Takes a request whose body has been read, and answers it. What is acknowledged is in the journal by then.
    package func receive(_ body: [UInt8], _ ticket: Ticket) async -> Reply {
        let source = ticket.source
        let request = Request(head: ticket.head, body: body)
        do {
            let verified = try verify(request, ticket)
            noteUse(of: verified.credential, source)
            switch try source.provider.understand(verified, source: source.name) {
            case .handshake(let reply): return reply
            case .event(let event):
                let delivery = rules.planner.delivery(
                    of: event, verified, fingerprint: ticket.claim?.fingerprint(of: request), source)
                let (summary, receipt) = try await desk.take(delivery, answerWithin: source.replyWithin)
                report(summary, receipt, verified, source)
                return source.provider.reply(to: summary, rules.planner.wishes(of: source))
            }
        } catch let failure as VerificationFailure {
            return source.provider.unsignedHandshake(request, unless: ticket.claim)
                ?? unproved(failure, request, ticket.claim, source)
        } catch NotUnderstood.mediaType {
            return .problem(415, "This source does not take that content type")
        } catch NotUnderstood.malformed(let why) {
            return .problem(400, "The request cannot be read", detail: why)
        } catch {
            logger.error(
                "The journal cannot take a delivery", metadata: ["source": "\(source.name)", "error": "\(error)"])
            return .unavailable
        }
    }

    /// Tries again what failed of a recorded delivery. Nil when the journal does not have it.
    ///
    /// - Throws: ``NotExplained`` when its source or its rules are gone; ``JournalUnavailable``.
    package func redeliver(_ delivery: Delivery) async throws -> (Summary, Receipt)? {
        try await desk.redeliver(delivery.id, as: try rules.decide(delivery, at: Date()))
    }

    private func verify(_ request: Request, _ ticket: Ticket) throws(VerificationFailure) -> VerifiedRequest {
        switch ticket.proof {
        case .claim(let claim): try Verifier(ticket.source.credentials).verify(claim, request)
        case .missing(let failure): throw failure
        }
    }

    /// One answer for every reason; the reason goes to the log and the journal.
    private func unproved(
        _ failure: VerificationFailure, _ request: Request, _ claim: Claim?, _ source: Source
    ) -> Reply {
        Counter(
            label: "bridge_signature_failures_total",
            dimensions: [("source", source.name), ("reason", failure.reason)]
        ).increment()
        guard failures.take(source: source.name, client: request.head.client) else {
            return .problem(429, "Too many requests that are not proved", retryAfter: 60)
        }
        rejections.take(Unproved(request: request, claim: claim, failure: failure, source: source))
        return .problem(401, "The sender is not proved")
    }

    /// So that an operator sees when an old secret can go.
    private func noteUse(of credential: CredentialName?, _ source: Source) {
        guard let credential else { return }
        Gauge(
            label: "bridge_secret_last_verified_timestamp_seconds",
            dimensions: [
                ("source", source.name), ("position", "\(credential.position)"), ("secret", credential.name),
            ]
        ).record(Date().timeIntervalSince1970)
    }

    /// One wide line per delivery.
    private func report(_ summary: Summary, _ receipt: Receipt, _ verified: VerifiedRequest, _ source: Source) {
        let took = Date().timeIntervalSince(verified.request.head.receivedAt)
        logger.info(
            "Delivery",
            metadata: [
                "delivery": "\(summary.delivery)", "source": "\(source.name)", "event": "\(LogText(summary.event))",
                "sender_id": "\(LogText(summary.senderID ?? ""))", "outcome": "\(summary.outcome.rawValue)",
                "duplicate": "\(summary.isDuplicate)", "runs": "\(summary.runs.count)",
                "secret": "\(verified.credential.map { "\($0)" } ?? "")",
                "bytes": "\(verified.request.body.count)", "duration_ms": "\(Int(took * 1000))",
            ])
        Counter(
            label: "bridge_deliveries_received_total",
            dimensions: [("source", source.name), ("outcome", summary.outcome.rawValue)]
        ).increment()
    }
}

extension Provider {
    /// The answer to an unsigned handshake, where there is no tag at all.
    fileprivate func unsignedHandshake(_ request: Request, unless claim: Claim?) -> Reply? {
        claim == nil ? unsignedHandshake(request) : nil
    }
}
