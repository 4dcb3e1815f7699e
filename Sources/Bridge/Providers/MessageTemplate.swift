/// What an HMAC is computed over: text with `{body}`, `{timestamp}`, `{id}` and `{header.NAME}` in it.
struct MessageTemplate: Sendable {
    enum Part: Sendable, Equatable {
        case text(String)
        case body, timestamp, id
        case header(String)
    }

    private let parts: [Part]

    /// Refuses a template that does not sign the body exactly once, and one with adjacent placeholders: there, bytes
    /// could be moved from one value to its neighbour without changing what is signed.
    init(_ text: String) throws(ProviderSettings.Invalid) {
        func invalid(_ message: String) -> ProviderSettings.Invalid { .init(key: "signature", message: message) }
        var parts: [Part] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw invalid("'message' has a '{' without its '}'")
            }
            if open != rest.startIndex { parts.append(.text(String(rest[..<open]))) }
            let name = String(rest[rest.index(after: open)..<close])
            switch name {
            case "body": parts.append(.body)
            case "timestamp": parts.append(.timestamp)
            case "id": parts.append(.id)
            case let header where header.hasPrefix("header.") && header.count > 7:
                parts.append(.header(String(header.dropFirst(7))))
            default:
                throw invalid("'message' knows {body}, {timestamp}, {id} and {header.NAME}, but not {\(name)}")
            }
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { parts.append(.text(String(rest))) }
        guard parts.count(where: { $0 == .body }) == 1 else { throw invalid("'message' must hold {body} exactly once") }
        for (one, next) in zip(parts, parts.dropFirst()) {
            if case .text = one { continue }
            if case .text = next { continue }
            throw invalid("'message' has two placeholders side by side: put a character between them")
        }
        self.parts = parts
    }

    func uses(_ part: Part) -> Bool { parts.contains(part) }

    /// The headers whose values are signed.
    func headerNames(timestamp: String?, id: String?) -> [String] {
        parts.compactMap { part in
            switch part {
            case .timestamp: timestamp
            case .id: id
            case .header(let name): name
            case .text, .body: nil
            }
        }
    }

    /// The signed bytes before and after the body. `values` are by lower-case header name.
    func parts(timestamp: String?, id: String?, values: [String: String]) -> (prefix: [UInt8], suffix: [UInt8]) {
        var prefix = ""
        var suffix = ""
        var afterBody = false
        for part in parts {
            let text: String? =
                switch part {
                case .text(let text): text
                case .body: nil
                case .timestamp: values[(timestamp ?? "").lowercased()] ?? ""
                case .id: values[(id ?? "").lowercased()] ?? ""
                case .header(let name): values[name.lowercased()] ?? ""
                }
            guard let text else {
                afterBody = true
                continue
            }
            if afterBody { suffix += text } else { prefix += text }
        }
        return (Array(prefix.utf8), Array(suffix.utf8))
    }
}
