import FoundationEssentials

/// Values that are kept as JSON text.
enum JSONColumn {
    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    static func optionalText<Value: Encodable>(_ value: Value?) throws -> String? { try value.map { try text($0) } }

    static func value<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    static func optionalValue<Value: Decodable>(_ text: String?) throws -> Value? {
        try text.map { try value(Value.self, $0) }
    }
}
