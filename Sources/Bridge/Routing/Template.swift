/// Text with `{{ field | filter }}` in it.
package struct Template: Sendable {
    enum Part: Sendable {
        case text(String)
        case value(FieldPath, [Filter])
    }

    enum Filter: Sendable {
        case lower, upper
        case map(name: String, entries: [String: String])
        case fallback(String)
    }

    let parts: [Part]

    /// Why a text is no template.
    package struct Invalid: Error, Equatable {
        package var message: String
        package var suggestion: String?
    }

    /// - Parameter maps: the maps that the filter `map: NAME` may name.
    package init(_ text: String, maps: [String: [String: String]] = [:]) throws(Invalid) {
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstRange(of: "{{") {
            guard let close = rest[open.upperBound...].firstRange(of: "}}") else {
                throw Invalid(message: "'{{' without its '}}'")
            }
            if open.lowerBound != rest.startIndex { parts.append(.text(String(rest[..<open.lowerBound]))) }
            parts.append(try Self.value(rest[open.upperBound..<close.lowerBound], maps))
            rest = rest[close.upperBound...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        self.parts = parts
    }

    private static func value(_ text: Substring, _ maps: [String: [String: String]]) throws(Invalid) -> Part {
        let pieces = text.split(separator: "|", omittingEmptySubsequences: false).map { String($0).trimmed }
        let field: FieldPath
        do {
            field = try FieldPath(pieces[0])
        } catch {
            throw Invalid(message: error.message, suggestion: error.suggestion)
        }
        return .value(
            field, try pieces.dropFirst().map { (piece) throws(Invalid) -> Filter in try filter(piece, maps) })
    }

    private static func filter(_ text: String, _ maps: [String: [String: String]]) throws(Invalid) -> Filter {
        let pieces = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
            .map { String($0).trimmed }
        let argument = pieces.count > 1 ? pieces[1] : nil
        switch (pieces[0], argument) {
        case ("lower", nil): return .lower
        case ("upper", nil): return .upper
        case ("default", let text?): return .fallback(text)
        case ("map", let name?):
            guard let entries = maps[name] else {
                throw Invalid(
                    message: "there is no map '\(name)'",
                    suggestion: Suggestion.nearest(to: name, among: maps.keys.sorted()))
            }
            return .map(name: name, entries: entries)
        case ("map", nil), ("default", nil): throw Invalid(message: "the filter '\(text)' needs ': VALUE'")
        case ("lower", _), ("upper", _): throw Invalid(message: "the filter '\(pieces[0])' takes no value")
        default:
            throw Invalid(
                message: "unknown filter '\(pieces[0])'",
                suggestion: Suggestion.nearest(to: pieces[0], among: ["lower", "upper", "map", "default"]))
        }
    }

    /// The text without placeholders, where the template has none.
    package var literal: String? {
        switch parts.count {
        case 0: return ""
        case 1: if case .text(let text) = parts[0] { return text } else { return nil }
        default: return nil
        }
    }

    /// Whether it is one value of an event and nothing else, not even a text in its place.
    package var isBareValue: Bool {
        guard parts.count == 1, case .value(_, let filters) = parts[0] else { return false }
        return !Self.hasFallback(filters)
    }

    /// Inserts an event's values. They are inserted as they are: a value is never a template itself.
    func render(_ event: Event) throws(RunError) -> String {
        var text = ""
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .value(let field, let filters): text += try Self.value(of: field, filters, event)
            }
        }
        return text
    }

    private static func value(of field: FieldPath, _ filters: [Filter], _ event: Event) throws(RunError) -> String {
        let values = event.values(at: field)
        guard values.count <= 1 else {
            throw RunError(code: .badTemplate, message: "\(field) has \(values.count) values, but one is needed")
        }
        return try filtered(values.first, by: filters, of: field)
    }

    /// What the filters make of a field's value, or of its absence.
    static func filtered(
        _ sent: String?, by filters: [Filter], of field: FieldPath
    ) throws(RunError) -> String {
        var value = sent
        for filter in filters {
            switch filter {
            case .lower: value = value?.lowercased()
            case .upper: value = value?.uppercased()
            case .fallback(let text): value = value ?? text
            case .map(let name, let entries):
                guard let key = value else { continue }
                value = entries[key]
                if value == nil, !hasFallback(filters) {
                    throw RunError(
                        code: .badTemplate, message: "the map '\(name)' has no entry for the value of \(field)")
                }
            }
        }
        guard let value else { throw RunError(code: .badTemplate, message: "the event has no \(field)") }
        return value
    }

    private static func hasFallback(_ filters: [Filter]) -> Bool {
        filters.contains { if case .fallback = $0 { true } else { false } }
    }
}
