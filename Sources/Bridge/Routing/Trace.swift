/// What a route made of an event: kept with the delivery, and printed by `explain`.
package struct RouteTrace: Sendable, Codable, Equatable {
    package var route: String
    /// Whether it was reached and every condition held.
    package var matched: Bool
    /// Whether the caller may; null where the route did not match.
    package var allowed: Bool?
    /// False for a route that comes after the one which ended the search.
    package var tried: Bool
    /// The first of ``targets``.
    package var target: Target?
    /// What would run, or ran, by this route.
    package var targets: [Target]
    /// Why a target could not be made of the event.
    package var errors: [RunError]
    package var conditions: [ConditionTrace]
    /// Which of ``conditions`` decided that they do not hold: the first that did. Null where they hold.
    package var firstFailed: Int?
    /// Who may, or when, in one sentence; null unless it was denied.
    package var denial: String?

    private enum CodingKeys: String, CodingKey {
        case route, matched, allowed, denial, tried, target, targets, errors, conditions
        case firstFailed = "first_failed"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(route, forKey: .route)
        try container.encode(matched, forKey: .matched)
        try container.encode(allowed, forKey: .allowed)
        try container.encode(denial, forKey: .denial)
        try container.encode(tried, forKey: .tried)
        try container.encode(target, forKey: .target)
        try container.encode(targets, forKey: .targets)
        try container.encode(errors, forKey: .errors)
        try container.encode(conditions, forKey: .conditions)
        try container.encode(firstFailed, forKey: .firstFailed)
    }
}

/// One comparison.
package struct ConditionTrace: Sendable, Codable, Equatable {
    package var field: String
    package var `operator`: String
    package var expected: OneOrMore
    /// Null where the event has no such field.
    package var actual: OneOrMore?
    package var holds: Bool
    /// `any` or `none`, for a condition within such a list.
    package var group: String?

    init(_ field: FieldPath, _ matcher: Matcher, _ values: [String], holds: Bool, group: String?) {
        let single = matcher.operators.count == 1 ? matcher.operators.first : nil
        self.field = field.description
        self.operator = single?.name ?? "all of"
        expected = OneOrMore(single?.expected ?? [Operator.text(of: matcher.operators)])
        actual = values.isEmpty ? nil : OneOrMore(values)
        self.holds = holds
        self.group = group
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(field, forKey: .field)
        try container.encode(self.operator, forKey: .operator)
        try container.encode(expected, forKey: .expected)
        try container.encode(actual, forKey: .actual)
        try container.encode(holds, forKey: .holds)
        try container.encodeIfPresent(group, forKey: .group)
    }
}

/// Texts of a trace: a bare text where there is one, at most 20 of them, each cut after 200 characters.
package struct OneOrMore: Sendable, Codable, Equatable, CustomStringConvertible {
    package let texts: [String]

    /// For people: `'a', 'b'`.
    package var description: String { texts.map { "'\(LogText($0))'" }.joined(separator: ", ") }

    init(_ texts: [String]) {
        self.texts = texts.prefix(20).map { $0.count > 200 ? $0.prefix(200) + "…" : $0 }
    }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        texts = try (try? container.decode(String.self)).map { [$0] } ?? container.decode([String].self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if texts.count == 1 { try container.encode(texts[0]) } else { try container.encode(texts) }
    }
}
