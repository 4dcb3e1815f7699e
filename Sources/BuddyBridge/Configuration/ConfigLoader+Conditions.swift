import Bridge
import Yams

/// `when`: conditions on an event.
extension ConfigLoader {
    static let operatorKeys = ["equals", "glob", "in", "prefix", "suffix", "regex", "lt", "gt", "exists", "not"]

    /// A map of conditions, all of which must hold.
    func condition(_ node: ConfigNode, mayBeEmpty: Bool = true) -> Condition? {
        guard let map = node.mapping("'when'") else { return nil }
        if map.entries.isEmpty, !mayBeEmpty { node.error("a map without conditions would always hold") }
        return .all(
            map.entries.compactMap { entry in
                switch entry.key {
                case "all": list(entry.value, Condition.all)
                case "any": list(entry.value, Condition.any)
                case "none": list(entry.value, Condition.none)
                default: fieldCondition(entry)
                }
            })
    }

    private func list(_ node: ConfigNode, _ make: ([Condition]) -> Condition) -> Condition? {
        guard node.isSequence, !node.elements().isEmpty else {
            node.error("'all', 'any' and 'none' hold lists of condition maps")
            return nil
        }
        return make(node.elements().compactMap { condition($0, mayBeEmpty: false) })
    }

    private func fieldCondition(_ entry: ConfigMapping.Entry) -> Condition? {
        let field: FieldPath
        do {
            field = try FieldPath(entry.key)
        } catch {
            entry.keyNode.error(error.message, didYouMean: error.suggestion)
            return nil
        }
        guard let operators = operators(entry.value, text: { $0.text("the value of a condition") }) else { return nil }
        do {
            return .field(field, try Matcher(operators))
        } catch {
            entry.value.error(error.message)
            return nil
        }
    }

    /// What is asked of a value: a text, or a map of operators. `text` reads the texts within.
    ///
    /// What comes back makes a ``Matcher``, as far as it is known before there is an event.
    func operators<Text: Operand>(_ node: ConfigNode, text: (ConfigNode) -> Text?) -> [Operator<Text>]? {
        guard node.isMapping else { return text(node).map { [.equals($0)] } }
        guard let map = node.mapping("a condition", keys: Self.operatorKeys) else { return nil }
        if map.entries.isEmpty {
            node.error("a condition without an operator would always hold")
            return nil
        }
        let found = map.entries.compactMap { entry -> Operator<Text>? in
            let one: Operator<Text>? =
                switch entry.key {
                case "equals": text(entry.value).map { .equals($0) }
                case "glob": text(entry.value).map { .glob($0) }
                case "prefix": text(entry.value).map { .prefix($0) }
                case "suffix": text(entry.value).map { .suffix($0) }
                case "regex": text(entry.value).map { .regex($0) }
                case "lt": text(entry.value).map { .lessThan($0) }
                case "gt": text(entry.value).map { .greaterThan($0) }
                case "in": .oneOf(choices(entry.value, text))
                case "exists": entry.value.flag("'exists'").map { .exists($0) }
                case "not": operators(entry.value, text: text).map { .not($0) }
                default: nil
                }
            return one.flatMap { isSound($0, entry.value) ? $0 : nil }
        }
        return found.count == map.entries.count ? found : nil
    }

    /// Reports an operand that no value can be held against.
    private func isSound(_ one: Operator<some Operand>, _ node: ConfigNode) -> Bool {
        // What 'not' holds has been looked at, each at its own place.
        if case .not = one { return true }
        let known = try? one.map { text in
            guard let literal = text.literal else { throw NotKnownYet() }
            return literal
        }
        guard let known else { return true }
        do {
            _ = try Matcher([known])
            return true
        } catch {
            node.error(error.message)
            return false
        }
    }

    /// A list, or the keys of a map of the file.
    private func choices<Text>(_ node: ConfigNode, _ text: (ConfigNode) -> Text?) -> [Text] {
        if node.isSequence { return node.elements().compactMap(text) }
        guard let name = node.text("'in'") else { return [] }
        guard let map = maps[name] else {
            node.error(
                "'in' is a list, or the name of a map: there is no map '\(name)'",
                didYouMean: Suggestion.nearest(to: name, among: maps.keys.sorted()))
            return []
        }
        return map.keys.sorted().compactMap { key in
            text(ConfigNode(node: .init(key, .implicit, .doubleQuoted), diagnostics: diagnostics))
        }
    }
}

/// A text that a value is held against.
protocol Operand: Sendable {
    /// Nil where an event decides it.
    var literal: String? { get }
}

extension String: Operand {
    var literal: String? { self }
}

extension Template: Operand {}

private struct NotKnownYet: Error {}
