import Bridge
import Yams

/// A place in the configuration file, read strictly: what is not understood is an error, never ignored.
///
/// Scalars are text as written: `on`, `010` and `1.0` stay that.
struct ConfigNode {
    let node: Node
    /// Of the file in which it stands.
    let diagnostics: Diagnostics

    var mark: Mark? { node.mark }

    /// Its place, with nothing said yet.
    var diagnostic: Diagnostics.Diagnostic { diagnostics.diagnostic(.error, "", mark?.line ?? 0, mark?.column ?? 0) }

    func error(_ message: String, didYouMean suggestion: String? = nil) {
        diagnostics.error(message, at: mark, didYouMean: suggestion)
    }

    func warning(_ message: String) { diagnostics.warning(message, at: mark) }

    /// Where it stands, for a message about another place: `bridge.yaml:12`.
    var place: String { mark.map { "\(diagnostics.file):\($0.line)" } ?? diagnostics.file }

    /// A path as the file in which this stands means it: relative to the folder of that file.
    func beside(_ path: String) -> String { ConfigFiles.beside(diagnostics.file, path) }

    /// The text of a scalar. Reports anything else, and null.
    func text(_ what: String) -> String? {
        guard !isTemplateWithoutQuotes() else { return nil }
        guard case .scalar(let scalar) = node else {
            error("\(what) is a text, not a \(kind)")
            return nil
        }
        guard !isNull else {
            error("\(what) has no value")
            return nil
        }
        return scalar.string
    }

    /// The elements of a list; a single value is a list of one.
    func elements() -> [ConfigNode] {
        guard case .sequence(let sequence) = node else { return [self] }
        return sequence.map { ConfigNode(node: $0, diagnostics: diagnostics) }
    }

    func texts(_ what: String) -> [String] { elements().compactMap { $0.text(what) } }

    var isSequence: Bool { if case .sequence = node { true } else { false } }

    var isMapping: Bool { if case .mapping = node { true } else { false } }

    var isNull: Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(scalar.string)
    }

    /// A mapping with any keys. Reports anything else.
    func mapping(_ what: String) -> ConfigMapping? {
        guard !isTemplateWithoutQuotes() else { return nil }
        guard case .mapping(let mapping) = node else {
            error("\(what) is a map, not a \(isNull ? "missing value" : kind)")
            return nil
        }
        var entries: [ConfigMapping.Entry] = []
        for (key, value) in mapping {
            let keyNode = ConfigNode(node: key, diagnostics: diagnostics)
            guard let name = keyNode.text("a key of \(what)") else { continue }
            entries.append(.init(key: name, keyNode: keyNode, value: ConfigNode(node: value, diagnostics: diagnostics)))
        }
        return ConfigMapping(node: self, entries: entries)
    }

    /// A mapping with known keys. Reports the others.
    func mapping(_ what: String, keys: [String]) -> ConfigMapping? {
        guard let mapping = mapping(what) else { return nil }
        for entry in mapping.entries where !keys.contains(entry.key) {
            entry.keyNode.unknownKey(in: what, known: keys)
        }
        return mapping
    }

    /// Reports this as a key that is none of a map's.
    func unknownKey(in what: String, known keys: [String]) {
        guard case .scalar(let scalar) = node else { return }
        let key = scalar.string
        // `{token:abc}`, without a blank, is a key to YAML: what follows may be a secret.
        let name = key.prefix { $0 != ":" && $0 != "=" }
        error(
            "unknown key '\(name)\(name.count < key.count ? "…" : "")' in \(what)",
            didYouMean: Suggestion.nearest(to: String(name), among: keys))
    }

    /// `key: {{ x }}` is a map within a map to YAML.
    private func isTemplateWithoutQuotes() -> Bool {
        guard case .mapping(let mapping) = node, let first = mapping.first, case .mapping = first.key else {
            return false
        }
        error("a value that begins with '{{' must be quoted: \"{{ … }}\"")
        return true
    }

    private var kind: String {
        switch node {
        case .scalar: "text"
        case .mapping: "map"
        case .sequence: "list"
        case .alias: "alias"
        }
    }
}

/// The entries of a map, in the order of the file.
struct ConfigMapping {
    struct Entry {
        let key: String
        let keyNode: ConfigNode
        let value: ConfigNode
    }

    let node: ConfigNode
    let entries: [Entry]

    subscript(key: String) -> ConfigNode? { entries.first { $0.key == key }?.value }

    /// The value of a key that must be there.
    func required(_ key: String, in what: String) -> ConfigNode? {
        if let value = self[key] { return value }
        node.error("\(what) needs '\(key)'")
        return nil
    }

    func text(_ key: String) -> String? { self[key]?.text("'\(key)'") }
}
