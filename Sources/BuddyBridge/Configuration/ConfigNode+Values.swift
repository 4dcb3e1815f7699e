import Bridge
import Foundation
import Signatures

/// Values of one kind each, with their own messages.
extension ConfigNode {
    /// `500ms`, `30s`, `5m`, `12h`, `7d`; more than nothing.
    func duration(_ what: String) -> Duration? {
        guard let text = text(what) else { return nil }
        if let duration = Self.duration(of: text) { return duration }
        error("\(what) is a time like 500ms, 30s, 5m, 12h or 7d, not '\(text)'")
        return nil
    }

    /// RFC 3339: `2026-11-27T18:30:00+01:00`.
    func time(_ what: String) -> Date? {
        guard let text = text(what) else { return nil }
        let time = Timestamp.date(text)
        if time == nil { error("\(what) is a time like 2026-11-27T18:30:00+01:00, not '\(text)'") }
        return time
    }

    static func duration(of text: String) -> Duration? {
        let units: [(String, Double)] = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)]
        for (unit, seconds) in units where text.hasSuffix(unit) {
            guard let number = Double(text.dropLast(unit.count)), number > 0, number * seconds < 1e9 else { continue }
            return .milliseconds(Int64((number * seconds * 1000).rounded()))
        }
        return nil
    }

    /// A number of bytes, at most 1 GiB: `4096`, `32KiB`, `25MiB`.
    func size(_ what: String) -> Int? {
        guard let text = text(what) else { return nil }
        let units: [(String, Int)] = [("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("", 1)]
        for (unit, factor) in units where text.hasSuffix(unit) {
            guard let number = Int(text.dropLast(unit.count)), number > 0 else { continue }
            let (bytes, overflow) = number.multipliedReportingOverflow(by: factor)
            if !overflow, bytes <= 1 << 30 { return bytes }
        }
        error("\(what) is a size of at most 1GiB, like 4096, 32KiB or 25MiB, not '\(text)'")
        return nil
    }

    func number(_ what: String, in range: ClosedRange<Int>) -> Int? {
        guard let text = text(what) else { return nil }
        if let number = Int(text), range.contains(number) { return number }
        error("\(what) is a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
        return nil
    }

    func flag(_ what: String) -> Bool? {
        guard let text = text(what) else { return nil }
        switch text {
        case "true": return true
        case "false": return false
        default:
            error("\(what) is true or false, not '\(text)'")
            return nil
        }
    }

    /// One of a fixed set of words.
    func choice<Value: RawRepresentable & CaseIterable>(_ what: String, as: Value.Type = Value.self) -> Value?
    where Value.RawValue == String {
        guard let text = text(what) else { return nil }
        if let value = Value(rawValue: text) { return value }
        let words = Value.allCases.map(\.rawValue)
        // What is much longer than any of them may be a secret in the wrong place: `key` of a signature is no key.
        let isWord = text.count <= 8 + (words.map(\.count).max() ?? 0)
        error(
            "\(what) is one of \(words.joined(separator: ", "))" + (isWord ? ", not '\(text)'" : ""),
            didYouMean: Suggestion.nearest(to: text, among: words))
        return nil
    }

    func secretReference(_ what: String) -> SecretReference? {
        guard let text = text(what) else { return nil }
        if let reference = SecretReference(text), Self.isPlain(reference) { return reference }
        // What was written may be the secret itself: it is not repeated.
        error("\(what) is a reference to a secret, env:NAME or file:/path, never the secret itself")
        return nil
    }

    /// Whether a variable's name is one that shells, systemd or Kubernetes can set: else a secret may stand behind it.
    private static func isPlain(_ reference: SecretReference) -> Bool {
        guard case .environment(let name) = reference else { return true }
        return name.unicodeScalars.allSatisfy { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", ".", "-": true
            default: false
            }
        }
    }
}
