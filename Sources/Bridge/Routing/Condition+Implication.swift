/// Whether a route before another one leaves it anything.
extension Condition {
    /// Whether every event that satisfies this one satisfies the other one too. False where that cannot be seen.
    package func implies(_ other: Condition) -> Bool {
        let own = parts
        return other.parts.allSatisfy { wanted in own.contains { $0.covers(wanted) } }
    }

    /// What must hold, all of it.
    var parts: [Condition] {
        if case .all(let conditions) = self { conditions.flatMap(\.parts) } else { [self] }
    }

    /// Of some of the fields, the texts of which one must be there: nothing with other texts there is implied.
    package var wantedTexts: [(field: FieldPath, texts: [String])] {
        parts.flatMap { part -> [(field: FieldPath, texts: [String])] in
            guard case .field(let field, let matcher) = part else { return [] }
            return matcher.operators.compactMap { one in
                switch one {
                case .equals(let text): (field, [text])
                case .oneOf(let texts): (field, texts)
                default: nil
                }
            }
        }
    }

    private func covers(_ other: Condition) -> Bool {
        guard case .field(let field, let matcher) = self, case .field(let otherField, let wanted) = other else {
            return isSame(as: other)
        }
        guard field.place == otherField.place else { return false }
        return matcher.isSame(as: wanted) || matcher.implies(wanted)
    }

    private func isSame(as other: Condition) -> Bool {
        switch (self, other) {
        case (.field(let field, let matcher), .field(let otherField, let otherMatcher)):
            field.place == otherField.place && matcher.isSame(as: otherMatcher)
        case (.all(let own), .all(let others)), (.any(let own), .any(let others)), (.none(let own), .none(let others)):
            own.count == others.count && zip(own, others).allSatisfy { $0.isSame(as: $1) }
        default: false
        }
    }
}

extension Matcher {
    fileprivate func isSame(as other: Matcher) -> Bool { Set(operators) == Set(other.operators) }

    /// Whether one of the values must be one of few, each of which satisfies the other alone. Values beside it then
    /// change nothing, as the other one asks for nothing that must not be.
    fileprivate func implies(_ other: Matcher) -> Bool {
        guard other.operators.allSatisfy(\.isPositive) else { return false }
        return operators.contains { one in
            switch one {
            case .equals(let text): other.holds(for: [text])
            case .oneOf(let texts): texts.allSatisfy { other.holds(for: [$0]) }
            default: false
            }
        }
    }
}

extension Operator {
    /// Whether more values cannot make it false.
    fileprivate var isPositive: Bool {
        switch self {
        case .not, .exists(false): false
        default: true
        }
    }
}
