import FoundationEssentials

/// Reads and writes the JSON of the control endpoints: unknown keys are refused, errors name what is wrong.
enum ControlJSON {
    /// Decodes `body`, or refuses it with 400.
    static func decoded<Value: Decodable>(_ body: [UInt8], as type: Value.Type) throws(Refusal) -> Value {
        do {
            return try JSONDecoder().decode(type, from: Data(body))
        } catch let error as DecodingError {
            throw Refusal(400, message(error))
        } catch {
            throw Refusal(400, "This is not JSON.")
        }
    }

    /// An answer with `value` as its body.
    static func answer(_ value: some Encodable) -> SandboxAnswer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            return .error(Refusal(500, "This can not be written as JSON."))
        }
        return SandboxAnswer(status: 200, body: Array(data))
    }

    private static func message(_ error: DecodingError) -> String {
        switch error {
        case .dataCorrupted(let context), .keyNotFound(_, let context), .typeMismatch(_, let context),
            .valueNotFound(_, let context):
            let path = context.codingPath.map(\.stringValue).joined(separator: ".")
            return path.isEmpty ? context.debugDescription : "\(path): \(context.debugDescription)"
        @unknown default:
            return "This JSON does not fit."
        }
    }
}

extension Decoder {
    /// Throws where the object has a key that `Keys` does not know.
    func refuseUnknownKeys<Keys: CodingKey & CaseIterable>(but keys: Keys.Type, kind: String) throws {
        let known = Set(keys.allCases.map(\.stringValue))
        let unknown = try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).filter { !known.contains($0) }
        guard let first = unknown.min() else { return }
        throw DecodingError.dataCorrupted(.init(codingPath: codingPath, debugDescription: "unknown \(kind) '\(first)'"))
    }
}

/// A key of any name.
private struct AnyKey: CodingKey {
    let stringValue: String
    let intValue: Int?

    init(stringValue: String) {
        self.stringValue = stringValue
        intValue = nil
    }

    init(intValue: Int) {
        stringValue = String(intValue)
        self.intValue = intValue
    }
}
