import CRE2

/// A text pattern that must match the whole of a text, in time linear to its length (RE2).
package final class Pattern: Sendable {
    // RE2 objects are immutable after construction and safe to share between threads (re2.h).
    private nonisolated(unsafe) let compiled: OpaquePointer
    /// Longer texts do not match; nil for no limit.
    private let limit: Int?

    /// Why a text is no regular expression, in RE2's words.
    package struct Invalid: Error, Equatable {
        package var reason: String
    }

    /// A regular expression in RE2 syntax, tried on at most 64 KiB.
    package convenience init(regex text: String) throws(Invalid) { try self.init(re2: text, limit: 65_536) }

    /// A glob: `*` matches within a `/` part, `**` across them, `?` one character that is not `/`.
    package convenience init(glob text: String) throws(Invalid) {
        var regex = "(?s)"
        // By scalars, not characters: a combining mark must not hide a character that RE2 reads.
        var rest = text.unicodeScalars[...]
        while let scalar = rest.popFirst() {
            switch scalar {
            case "*" where rest.first == "*":
                rest = rest.drop { $0 == "*" }
                regex += ".*"
            case "*": regex += "[^/]*"
            case "?": regex += "[^/]"
            default:
                let isPlain = !scalar.isASCII || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                regex += (isPlain ? "" : "\\") + String(scalar)
            }
        }
        try self.init(re2: regex, limit: nil)
    }

    private init(re2 text: String, limit: Int?) throws(Invalid) {
        var error = [CChar](repeating: 0, count: 256)
        var text = text
        let compiled = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { cre2_compile($0.baseAddress, $0.count, &error, error.count) }
        }
        guard let compiled else {
            throw Invalid(
                reason: String(decoding: error.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self))
        }
        self.compiled = compiled
        self.limit = limit
    }

    deinit { cre2_free(compiled) }

    package func matches(_ text: String) -> Bool {
        var text = text
        return text.withUTF8 { bytes in
            if let limit, bytes.count > limit { return false }
            return bytes.withMemoryRebound(to: CChar.self) { cre2_full_match(compiled, $0.baseAddress, $0.count) }
        }
    }
}
