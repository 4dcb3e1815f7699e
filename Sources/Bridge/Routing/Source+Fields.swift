/// What is known of a source's events before there are any.
extension Source {
    /// Whether an event of it may have this field.
    package func gives(_ field: FieldPath) -> Bool { field.derived.map(provider.traits.gives.contains) ?? true }

    /// Whether an event of it may satisfy a condition.
    package func mayHold(_ condition: Condition) -> Bool {
        condition.parts.allSatisfy { part in
            guard case .field(let field, let matcher) = part else { return true }
            return switch field.place {
            case .source: matcher.holds(for: [name])
            case .provider: matcher.holds(for: [provider.traits.name])
            default: gives(field) || matcher.holds(for: [])
            }
        }
    }
}

extension Matcher {
    /// Whether it can hold for a field that is not there.
    package var holdsForNothing: Bool { holds(for: []) }
}

extension Template {
    /// The fields without which no text can be made of an event.
    package var neededFields: [FieldPath] {
        parts.compactMap { part in
            guard case .value(let field, let filters) = part else { return nil }
            return filters.contains { if case .fallback = $0 { true } else { false } } ? nil : field
        }
    }
}
