/// The one `Authorization` header of a request (RFC 9110 §11.6.2).
struct Authorization {
    static let header = "Authorization"

    /// In lower case: schemes are compared without regard to case.
    let scheme: String
    /// What follows, blanks dropped; never empty.
    let credentials: String

    init(in head: RequestHead) throws(VerificationFailure) {
        let value = try head.headers.deciding(Self.header)
        let parts = value.split(separator: " ", maxSplits: 1).map(String.init)
        guard parts.count == 2, !parts[1].trimmed.isEmpty else { throw .malformedHeader(Self.header) }
        scheme = parts[0].lowercased()
        credentials = parts[1].trimmed
    }
}
