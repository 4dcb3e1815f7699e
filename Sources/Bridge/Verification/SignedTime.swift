package import FoundationEssentials

/// A signed time, as text of whole seconds (or milliseconds) since 1970.
package enum SignedTime {
    /// Checks that a signed time is within `tolerance` of `now`, on both sides.
    ///
    /// Only digits, at most 15 of them, are a time: no sign, no fraction, no blanks.
    package static func check(
        _ text: String, header: String, unitsPerSecond: Int64 = 1, now: Date, tolerance: Duration
    ) throws(VerificationFailure) {
        guard (1...15).contains(text.utf8.count), text.utf8.allSatisfy({ (48...57).contains($0) }),
            let value = Int64(text)
        else { throw .malformedHeader(header) }
        let ahead = Double(value) / Double(unitsPerSecond) - now.timeIntervalSince1970
        guard abs(ahead) <= tolerance.seconds else { throw .staleTimestamp(seconds: Int64(ahead.rounded())) }
    }
}
