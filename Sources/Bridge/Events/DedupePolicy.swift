/// What tells two deliveries apart (DESIGN §6.5).
package enum DedupePolicy: String, Sendable, CaseIterable {
    /// The sender's id; the signed bytes when it sent none.
    case id
    /// The hash of the signed bytes, without the time.
    case body
    /// Either.
    case both
    /// Nothing: the same request twice is two deliveries.
    case none
}
