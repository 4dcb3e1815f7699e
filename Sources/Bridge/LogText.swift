/// Foreign text as it may stand in a log line: control characters escaped, cut after 300 characters.
package struct LogText: CustomStringConvertible, Sendable {
    package let description: String

    package init(_ text: String) {
        var safe = ""
        for scalar in text.unicodeScalars.prefix(300) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: safe += scalar.escaped(asASCII: true)
            default: safe.unicodeScalars.append(scalar)
            }
        }
        description = text.unicodeScalars.count > 300 ? safe + "…" : safe
    }
}
