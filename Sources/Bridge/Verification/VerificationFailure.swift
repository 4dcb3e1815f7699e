/// Why a request is not proved. For the log and the metrics only: the caller sees one answer for every reason.
///
/// No case holds what was expected, nor anything derived from a secret.
package enum VerificationFailure: Error, Equatable, CustomStringConvertible {
    case missingHeader(String)
    case repeatedHeader(String)
    case emptyHeader(String)
    /// The header is there, but not in the form that this provider sends.
    case malformedHeader(String)
    /// A field of the body or the query that should hold the proof, or what is signed.
    case missingField(String)
    case repeatedField(String)
    case emptyField(String)
    /// The signed time is further from ours than the tolerance; `seconds` is theirs minus ours.
    case staleTimestamp(seconds: Int64)
    /// A claim of a signed token does not say what it must.
    case wrongClaim(String)
    /// Signed with a key that the sender is not known to have.
    case unknownKey
    /// The source has `allow_from`, and the request comes from elsewhere.
    case wrongAddress
    case mismatch

    /// A fixed word for metrics.
    package var reason: String {
        switch self {
        case .missingHeader: "missing_header"
        case .repeatedHeader: "repeated_header"
        case .emptyHeader: "empty_header"
        case .malformedHeader: "malformed_header"
        case .missingField: "missing_field"
        case .repeatedField: "repeated_field"
        case .emptyField: "empty_field"
        case .staleTimestamp: "stale_timestamp"
        case .wrongClaim: "wrong_claim"
        case .unknownKey: "unknown_key"
        case .wrongAddress: "wrong_address"
        case .mismatch: "mismatch"
        }
    }

    package var description: String {
        switch self {
        case .missingHeader(let name): "the header \(name) is missing"
        case .repeatedHeader(let name): "the header \(name) is there more than once"
        case .emptyHeader(let name): "the header \(name) is empty: the sender has no secret configured"
        case .malformedHeader(let name): "the header \(name) does not have the form that this provider sends"
        case .missingField(let name): "the field '\(name)' is missing"
        case .repeatedField(let name): "the field '\(name)' is there more than once"
        case .emptyField(let name): "the field '\(name)' is empty: the sender has no token configured"
        case .staleTimestamp(let seconds):
            "the signed time is \(abs(seconds)) s \(seconds < 0 ? "behind" : "ahead of") ours"
        case .wrongClaim(let name): "the token's '\(name)' is not what it must be"
        case .unknownKey: "the token is signed with a key that is not among the sender's published ones"
        case .wrongAddress: "the request does not come from an address in 'allow_from'"
        case .mismatch: "the signature does not match the body under any live secret"
        }
    }
}
