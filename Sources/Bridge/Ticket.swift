import FoundationEssentials

/// What is known of a request whose body is worth reading.
package struct Ticket: Sendable {
    enum Proof: Sendable {
        case claim(Claim)
        /// There is no tag: only an unsigned handshake may still be answered.
        case missing(VerificationFailure)
    }

    let head: RequestHead
    let source: Source
    let proof: Proof
    /// The largest body to be read, in bytes.
    package let bodyLimit: Int

    var claim: Claim? { if case .claim(let claim) = proof { claim } else { nil } }
}

/// Whether a request's body is to be read.
package enum Admission: Sendable {
    case read(Ticket)
    case refused(Reply)
}

extension Reply {
    /// Nothing is half-done: the sender may come again.
    package static let unavailable = problem(503, "The journal cannot take deliveries now", retryAfter: 5)
}
