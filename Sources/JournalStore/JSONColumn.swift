import FoundationEssentials

/// Values that are kept as JSON text.
enum JSONColumn {
    static func text(_ value: some Encodable) throws -> String {
        String(decoding: try JSONEncoder().encode(value), as: UTF8.self)
    }

    static func text<Value: Encodable>(_ value: Value?) throws -> String? {
        guard let value else { return nil }
        return try text(value)
    }

    static func value<Value: Decodable>(_ type: Value.Type, _ text: String) throws -> Value {
        try JSONDecoder().decode(type, from: Data(text.utf8))
    }

    static func optional<Value: Decodable>(_ text: String?) throws -> Value? {
        try text.map { try value(Value.self, $0) }
    }
}
