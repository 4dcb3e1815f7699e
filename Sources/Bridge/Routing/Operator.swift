/// What a condition asks of a value. `Text` is a `String`, or a `Template` where the file may hold one.
package indirect enum Operator<Text: Sendable>: Sendable {
    case equals(Text)
    case glob(Text)
    case oneOf([Text])
    case prefix(Text)
    case suffix(Text)
    case regex(Text)
    /// Less than a number, or before a time.
    case lessThan(Text)
    /// More than a number, or after a time.
    case greaterThan(Text)
    case exists(Bool)
    case not([Operator])

    package func map<Other>(_ transform: (Text) throws -> Other) rethrows -> Operator<Other> {
        switch self {
        case .equals(let text): .equals(try transform(text))
        case .glob(let text): .glob(try transform(text))
        case .oneOf(let texts): .oneOf(try texts.map(transform))
        case .prefix(let text): .prefix(try transform(text))
        case .suffix(let text): .suffix(try transform(text))
        case .regex(let text): .regex(try transform(text))
        case .lessThan(let text): .lessThan(try transform(text))
        case .greaterThan(let text): .greaterThan(try transform(text))
        case .exists(let wanted): .exists(wanted)
        case .not(let operators): .not(try operators.map { try $0.map(transform) })
        }
    }
}

extension Operator: Equatable where Text: Equatable {}
extension Operator: Hashable where Text: Hashable {}

extension Operator<String> {
    /// As configuration writes it.
    package var name: String {
        switch self {
        case .equals: "equals"
        case .glob: "glob"
        case .oneOf: "in"
        case .prefix: "prefix"
        case .suffix: "suffix"
        case .regex: "regex"
        case .lessThan: "lt"
        case .greaterThan: "gt"
        case .exists: "exists"
        case .not(let operators): operators.count == 1 ? "not \(operators[0].name)" : "not all"
        }
    }

    package var expected: [String] {
        switch self {
        case .equals(let text), .glob(let text), .prefix(let text), .suffix(let text), .regex(let text),
            .lessThan(let text), .greaterThan(let text):
            [text]
        case .oneOf(let texts): texts
        case .exists(let wanted): [String(wanted)]
        case .not(let operators): operators.count == 1 ? operators[0].expected : [Self.text(of: operators)]
        }
    }

    /// Several operators as one line: `prefix v, suffix -rc`.
    static func text(of operators: [Operator<String>]) -> String {
        operators.map { "\($0.name) \($0.expected.joined(separator: " | "))" }.joined(separator: ", ")
    }
}
