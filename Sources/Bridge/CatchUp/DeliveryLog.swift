package import FoundationEssentials

/// A sender's own log of what it tried to deliver to one webhook, and its way to have something delivered again.
package protocol DeliveryLog: Sendable {
    /// Attempts, the newest first.
    ///
    /// - Parameter cursor: where the page begins, as the page before told; nil for the first.
    func page(from cursor: String?) async throws(DeliveryLogFailure) -> DeliveryLogPage

    /// Asks for the delivery of this attempt to be sent once more. Returns when the sender has agreed to it; the
    /// delivery itself comes later, as any other.
    func redeliver(_ attempt: SenderAttempt) async throws(DeliveryLogFailure)
}

package struct DeliveryLogPage: Sendable, Equatable {
    package var attempts: [SenderAttempt]
    /// Where the next page begins. Nil at the end of the log.
    package var next: String?

    package init(attempts: [SenderAttempt], next: String?) {
        self.attempts = attempts
        self.next = next
    }
}

/// One try of a sender to deliver something.
package struct SenderAttempt: Sendable, Equatable {
    /// The sender's number of this try.
    package var id: Int64
    /// What the delivery is called in all its tries: the journal's `senderID`.
    package var delivery: String
    package var deliveredAt: Date
    /// The HTTP status that it was answered with; 0 where no answer came.
    package var status: Int

    package init(id: Int64, delivery: String, deliveredAt: Date, status: Int) {
        self.id = id
        self.delivery = delivery
        self.deliveredAt = deliveredAt
        self.status = status
    }

    var succeeded: Bool { (200..<300).contains(status) }
}

/// Why a sender's log cannot be read, or a redelivery not be had.
package struct DeliveryLogFailure: Error, CustomStringConvertible {
    package enum Kind: Sendable, Equatable {
        /// Too many questions: the next is welcome then.
        case limited(until: Date)
        /// The sender said no, with this HTTP status; asking again changes nothing.
        case refused(Int)
        /// No answer, or none that can be used: a later one may be.
        case unavailable
    }

    package var kind: Kind
    /// For the operator; safe to log.
    package var description: String

    package init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
