/// What goes wrong when a secret is typed or pasted in two places.
package enum SecretSlip: String, Sendable, CaseIterable {
    case newline = "with a newline at its end"
    case lineEnd = "with CR and LF at its end"
    case blanks = "without the blanks around it"
    case base64 = "decoded from base64"
    case hex = "decoded from hexadecimal"
}

extension Secret {
    /// This secret as it would be with a slip. Nil where that makes no difference.
    package func with(_ slip: SecretSlip) -> Secret? {
        switch slip {
        case .newline: adding([UInt8(ascii: "\n")])
        case .lineEnd: adding([UInt8(ascii: "\r"), UInt8(ascii: "\n")])
        case .blanks: trimmed
        case .base64: decoded(as: .base64)
        case .hex: decoded(as: .hex)
        }
    }
}
