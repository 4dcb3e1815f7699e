// Selectors are kept and shown as the configuration file writes them:
// `{"scheduled": "earliest", "branch": {"prefix": "rel/"}, "within": 3600}`, the time in seconds.

/// Keys that are not known beforehand.
private struct Key: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }

    init(stringValue: String) { self.stringValue = stringValue }

    init?(intValue: Int) { nil }

    init(_ field: Selector.Field) { self.init(stringValue: field.rawValue) }

    static let pick = Key(stringValue: "scheduled")
    static let within = Key(stringValue: "within")
}

extension Selector: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self.init(
            try container.decode(Pick.self, forKey: .pick),
            within: try container.decodeIfPresent(Double.self, forKey: .within))
        for field in Field.allCases {
            filters[field] = try container.decodeIfPresent(Filter.self, forKey: Key(field))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(pick, forKey: .pick)
        try container.encodeIfPresent(within, forKey: .within)
        for (field, filter) in filters { try container.encode(filter, forKey: Key(field)) }
    }
}

extension Selector.Filter: Codable {
    package init(from decoder: any Decoder) throws {
        if let text = try? decoder.singleValueContainer().decode(String.self) {
            self.init([.equals(text)])
            return
        }
        let container = try decoder.container(keyedBy: Key.self)
        self.init(try container.allKeys.sorted { $0.stringValue < $1.stringValue }.map { try container.operator($0) })
    }

    package func encode(to encoder: any Encoder) throws {
        if case .equals(let text) = operators.first, operators.count == 1 {
            var container = encoder.singleValueContainer()
            return try container.encode(text)
        }
        var container = encoder.container(keyedBy: Key.self)
        for one in operators {
            switch one {
            case .equals(let text): try container.encode(text, forKey: Key(stringValue: "equals"))
            case .glob(let text): try container.encode(text, forKey: Key(stringValue: "glob"))
            case .prefix(let text): try container.encode(text, forKey: Key(stringValue: "prefix"))
            case .suffix(let text): try container.encode(text, forKey: Key(stringValue: "suffix"))
            case .regex(let text): try container.encode(text, forKey: Key(stringValue: "regex"))
            case .lessThan(let text): try container.encode(text, forKey: Key(stringValue: "lt"))
            case .greaterThan(let text): try container.encode(text, forKey: Key(stringValue: "gt"))
            case .oneOf(let texts): try container.encode(texts, forKey: Key(stringValue: "in"))
            case .exists(let wanted): try container.encode(wanted, forKey: Key(stringValue: "exists"))
            case .not(let inner): try container.encode(Self(inner), forKey: Key(stringValue: "not"))
            }
        }
    }
}

extension KeyedDecodingContainer<Key> {
    fileprivate func `operator`(_ key: Key) throws -> Operator<String> {
        switch key.stringValue {
        case "equals": .equals(try decode(String.self, forKey: key))
        case "glob": .glob(try decode(String.self, forKey: key))
        case "prefix": .prefix(try decode(String.self, forKey: key))
        case "suffix": .suffix(try decode(String.self, forKey: key))
        case "regex": .regex(try decode(String.self, forKey: key))
        case "lt": .lessThan(try decode(String.self, forKey: key))
        case "gt": .greaterThan(try decode(String.self, forKey: key))
        case "in": .oneOf(try decode([String].self, forKey: key))
        case "exists": .exists(try decode(Bool.self, forKey: key))
        case "not": .not(try decode(Selector.Filter.self, forKey: key).operators)
        default:
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "unknown operator '\(key.stringValue)'")
        }
    }
}
