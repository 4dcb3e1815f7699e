import Bridge
import Foundation
import TestSupport
import Yams

/// Validates by JSON Schema, draft 7, as far as `deploy/bridge.schema.json` uses it.
struct SchemaValidator {
    let root: JSONValue

    /// The keywords that it knows; those that only describe are among them.
    static let keywords: Set = [
        "$schema", "$ref", "title", "description", "default", "definitions", "type", "enum", "const", "pattern",
        "minimum", "maximum", "properties", "required", "additionalProperties", "propertyNames", "minProperties",
        "items", "minItems", "maxItems", "allOf", "anyOf", "oneOf", "if", "then", "else",
    ]

    /// That of this package, read once.
    static let ofPackage = Result { try SchemaValidator() }

    private init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent().appending(
            path: "../../deploy/bridge.schema.json")
        root = try JSONDecoder().decode(JSONValue.self, from: Data(contentsOf: file))
    }

    /// Whether a file is valid.
    func accepts(_ yaml: String) throws -> Bool {
        guard let node = try Yams.compose(yaml: yaml) else { return false }
        return isValid(Self.value(node), root)
    }

    /// A part of the schema, by the way to it.
    func part(_ path: String) -> JSONValue {
        path.split(separator: "/").reduce(root) { $0[String($1)] }
    }

    /// As editors read YAML: numbers, truth values and null where they are written without quotes.
    static func value(_ node: Node) -> JSONValue {
        switch node {
        case .mapping(let mapping):
            .object(Dictionary(mapping.map { ($0.key.string ?? "", value($0.value)) }) { $1 })
        case .sequence(let sequence): .list(sequence.map(value))
        case .alias: .null
        case .scalar(let scalar):
            switch scalar.string {
            case let text where scalar.style != .plain: .text(text)
            case "", "~", "null": .null
            case "true": true
            case "false": false
            case let text: Double(text).map { .number($0) } ?? .text(text)
            }
        }
    }

    func isValid(_ value: JSONValue, _ schema: JSONValue) -> Bool {
        guard case .object(let keywords) = schema else { return schema != false }
        return keywords.allSatisfy { isValid(value, by: $0, $1, keywords) }
    }

    private func isValid(
        _ value: JSONValue, by keyword: String, _ argument: JSONValue, _ schema: [String: JSONValue]
    ) -> Bool {
        switch keyword {
        case "$ref": isValid(value, part(String(argument.string?.dropFirst(2) ?? "")))
        case "type": argument.list.contains { Self.isOf($0.string ?? "", value) }
        case "enum": argument.list.contains(value)
        case "const": argument == value
        case "minimum": value.number.map { $0 >= argument.number ?? 0 } ?? true
        case "maximum": value.number.map { $0 <= argument.number ?? 0 } ?? true
        case "pattern": value.string.map { Self.matches($0, argument.string ?? "") } ?? true
        case "minItems": value.elements.map { $0.count >= Int(argument.number ?? 0) } ?? true
        case "maxItems": value.elements.map { $0.count <= Int(argument.number ?? 0) } ?? true
        case "items": value.elements?.allSatisfy { isValid($0, argument) } ?? true
        case "minProperties": value.members.map { $0.count >= Int(argument.number ?? 0) } ?? true
        case "required":
            value.members.map { object in argument.list.allSatisfy { object[$0.string ?? ""] != nil } } ?? true
        case "propertyNames": value.members?.keys.allSatisfy { isValid(.text($0), argument) } ?? true
        case "properties":
            value.members?.allSatisfy { key, inner in argument.members?[key].map { isValid(inner, $0) } ?? true }
                ?? true
        case "additionalProperties":
            value.members?.allSatisfy { key, inner in
                schema["properties"]?.members?[key] != nil || isValid(inner, argument)
            } ?? true
        case "allOf": argument.list.allSatisfy { isValid(value, $0) }
        case "anyOf": argument.list.contains { isValid(value, $0) }
        case "oneOf": argument.list.count { isValid(value, $0) } == 1
        case "if": isValid(value, schema[isValid(value, argument) ? "then" : "else"] ?? true)
        default: Self.keywords.contains(keyword)
        }
    }

    private static func isOf(_ type: String, _ value: JSONValue) -> Bool {
        switch (type, value) {
        case ("string", .text), ("number", .number), ("boolean", .bool), ("array", .list), ("object", .object): true
        case ("integer", .number(let number)): number == number.rounded()
        default: false
        }
    }

    private static func matches(_ text: String, _ pattern: String) -> Bool {
        (try? Pattern(regex: "(?s).*(?:\(pattern)).*"))?.matches(text) ?? false
    }
}

extension JSONValue {
    /// The elements of a list; of anything else itself.
    var list: [JSONValue] { elements ?? [self] }
    var elements: [JSONValue]? { if case .list(let list) = self { list } else { nil } }
    var members: [String: JSONValue]? { if case .object(let object) = self { object } else { nil } }
    var number: Double? { if case .number(let number) = self { number } else { nil } }
}
