/// A JSON value to be written: keeps the order of its members, as a page of documentation does.
enum SandboxJSON: Sendable, Equatable {
    case null
    case bool(Bool)
    case number(Int)
    case string(String)
    case array([SandboxJSON])
    case object([Member])

    /// One name and value of an object.
    struct Member: Sendable, Equatable {
        var name: String
        var value: SandboxJSON

        init(_ name: String, _ value: SandboxJSON) {
            self.name = name
            self.value = value
        }
    }

    /// `text` as a string, a missing one as `null`.
    static func text(_ text: String?) -> SandboxJSON {
        text.map(SandboxJSON.string) ?? .null
    }

    /// Without the members that are `null`, at every depth.
    var withoutNulls: SandboxJSON {
        switch self {
        case .null, .bool, .number, .string:
            self
        case .array(let elements):
            .array(elements.map(\.withoutNulls))
        case .object(let members):
            .object(members.filter { $0.value != .null }.map { Member($0.name, $0.value.withoutNulls) })
        }
    }

    /// The UTF-8 bytes of this value.
    var bytes: [UInt8] {
        var text = ""
        write(to: &text)
        return Array(text.utf8)
    }

    private func write(to text: inout String) {
        switch self {
        case .null:
            text += "null"
        case .bool(let value):
            text += value ? "true" : "false"
        case .number(let value):
            text += String(value)
        case .string(let value):
            Self.write(value, to: &text)
        case .array(let elements):
            text += "["
            for (index, element) in elements.enumerated() {
                if index > 0 { text += "," }
                element.write(to: &text)
            }
            text += "]"
        case .object(let members):
            text += "{"
            for (index, member) in members.enumerated() {
                if index > 0 { text += "," }
                Self.write(member.name, to: &text)
                text += ":"
                member.value.write(to: &text)
            }
            text += "}"
        }
    }

    private static func write(_ value: String, to text: inout String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{00}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}

extension SandboxJSON: ExpressibleByDictionaryLiteral, ExpressibleByArrayLiteral {
    init(dictionaryLiteral elements: (String, SandboxJSON)...) {
        self = .object(elements.map { Member($0.0, $0.1) })
    }

    init(arrayLiteral elements: SandboxJSON...) {
        self = .array(elements)
    }
}

extension SandboxJSON: ExpressibleByStringLiteral, ExpressibleByStringInterpolation, ExpressibleByBooleanLiteral,
    ExpressibleByIntegerLiteral
{
    init(stringLiteral value: String) {
        self = .string(value)
    }

    init(booleanLiteral value: Bool) {
        self = .bool(value)
    }

    init(integerLiteral value: Int) {
        self = .number(value)
    }
}
