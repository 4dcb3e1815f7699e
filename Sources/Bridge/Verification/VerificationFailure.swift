/// Why a request is not proved. For the log and the metrics only: the caller sees one answer for every reason.
///
/// No case holds what was expected, nor anything derived from a secret.
package enum VerificationFailure: Error, Equatable, CustomStringConvertible {
    case missingHeader(String)
    case repeatedHeader(String)
    case emptyHeader(String)
    /// The header is there, but not in the form that this provider sends.
    case malformedHeader(String)
    /// The signed time is further from ours than the tolerance; `seconds` is theirs minus ours.
    case staleTimestamp(seconds: Int64)
    case mismatch

    /// A fixed word for metrics.
    package var reason: String {
        switch self {
        case .missingHeader: "missing_header"
        case .repeatedHeader: "repeated_header"
        case .emptyHeader: "empty_header"
        case .malformedHeader: "malformed_header"
        case .staleTimestamp: "stale_timestamp"
        case .mismatch: "mismatch"
        }
    }

    package var description: String {
        switch self {
        case .missingHeader(let name): "the header \(name) is missing"
        case .repeatedHeader(let name): "the header \(name) is there more than once"
        case .emptyHeader(let name): "the header \(name) is empty: the sender has no secret configured"
        case .malformedHeader(let name): "the header \(name) does not have the form that this provider sends"
        case .staleTimestamp(let seconds):
            "the signed time is \(abs(seconds)) s \(seconds < 0 ? "behind" : "ahead of") ours"
        case .mismatch: "the signature does not match the body under any live secret"
        }
    }
}
