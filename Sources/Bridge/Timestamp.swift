package import FoundationEssentials

/// Times as they are written: RFC 3339 in UTC with milliseconds.
package enum Timestamp {
    private static let style = Date.ISO8601FormatStyle(includingFractionalSeconds: true)

    package static func text(_ date: Date) -> String { date.formatted(style) }

    /// Reads a time with any number of fraction digits, or none, as Buddy sends them.
    package static func date(_ text: String) -> Date? {
        if let date = try? Date.ISO8601FormatStyle().parse(text) { return date }
        guard let dot = text.lastIndex(of: "."), let end = text[dot...].firstIndex(where: { "Z+-".contains($0) }) else {
            return nil
        }
        guard let fraction = Double("0" + text[dot..<end]),
            let whole = try? Date.ISO8601FormatStyle().parse(String(text[..<dot] + text[end...]))
        else { return nil }
        return whole.addingTimeInterval(fraction)
    }
}

extension Duration {
    /// As seconds and their fraction.
    package var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) / 1e18
    }
}

extension Date {
    package func advanced(by duration: Duration) -> Date { addingTimeInterval(duration.seconds) }
}
