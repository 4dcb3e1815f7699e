/// What a catch-up found and did.
package struct CatchUpReport: Sendable, Equatable {
    /// Attempts that the sender's log has of that time.
    package internal(set) var listed = 0
    /// Deliveries of which no attempt succeeded.
    package internal(set) var failed = 0
    /// Failed ones that the journal has nevertheless: only our answer was lost.
    package internal(set) var known = 0
    /// Failed ones that were not asked for, because they were more than may be at one time.
    package internal(set) var left = 0
    /// Whether the log went on after the last page that is read.
    package internal(set) var isCut = false
    /// The deliveries that were asked for.
    package internal(set) var requested: Set<String> = []
    /// The deliveries that the sender would not send again.
    package internal(set) var refused: Set<String> = []

    package init() {}

    /// The same, before another look at the log: what was asked for is not asked for again.
    mutating func startOver() {
        (listed, failed, known, left, isCut) = (0, 0, 0, 0, false)
    }
}

/// Why a catch-up did not come to its end.
package struct CatchUpFailure: Error, CustomStringConvertible {
    /// For the operator; safe to log.
    package var description: String
    /// Whether trying again would change nothing.
    package var isFinal: Bool

    init(_ description: String, isFinal: Bool) {
        self.description = description
        self.isFinal = isFinal
    }

    init(_ failure: DeliveryLogFailure) {
        self.init(failure.description, isFinal: failure.kind != .unavailable)
    }
}
