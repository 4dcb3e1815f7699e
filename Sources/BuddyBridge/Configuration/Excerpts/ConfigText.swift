/// The lines of a file, and which of them may be shown beside a message.
///
/// What was written in place of a reference may be the secret itself. A line is therefore judged by the keys to which it
/// belongs, as they are found by indentation and brackets: the file may be no YAML at all. In doubt it is not shown.
struct ConfigText {
    /// Without comments at their ends: a secret that was replaced is often left in one. Nil where nothing may be shown.
    private var lines: [[Unicode.Scalar]?] = []

    /// Sections in which no value is a secret. In all others a value is shown if its own key is known to have none.
    private static let openSections: Set = [
        "include", "listen", "groups", "maps", "routes", "tests", "limits", "dispatch", "retention", "log",
    ]

    /// What the lines below one, or the rest of an open bracket, belong to.
    private struct Level {
        /// A line belongs to the last one before it that weighs less: its indent twice, and 1 for a dash.
        var weight = -1
        /// Whether one of the keys may have a secret as its value.
        var isSecret = false
        /// The key at the top.
        var section: String?
        /// The key of which this may be the value.
        var owner: String?
    }

    init(_ text: String) {
        var scanner = LineScanner()
        var levels = [Level()]
        var bracket: Level?
        for text in Self.split(text) {
            if bracket != nil, Self.isSection(text), scanner.quote == nil {
                bracket = nil
                scanner.depth = 0
            }
            let line = scanner.scan(text)
            guard !line.tokens.isEmpty, line.isWhole else {
                lines.append(nil)
                continue
            }
            let weight = line.indent * 2 + (line.tokens.first == .dash ? 1 : 0)
            if bracket == nil { levels.removeAll { $0.weight >= weight } }
            var level = bracket ?? levels.last ?? Level()
            if level.weight < 0 { level.section = line.keys.first ?? "" }
            lines.append(Self.isShown(line, level, isNested: bracket != nil) ? Array(text.prefix(line.length)) : nil)

            var inner = level
            inner.isSecret = level.isSecret || line.hasSecretKey
            inner.owner = line.keys.last
            if bracket == nil {
                if line.tokens.first == .dash {
                    level.weight = weight
                    levels.append(level)
                }
                if let owner = inner.owner {
                    inner.weight = max(line.inner * 2, weight)
                    inner.owner = owner
                    levels.append(inner)
                }
            }
            inner.weight = weight
            inner.owner = nil
            bracket = scanner.depth > 0 ? inner : nil
        }
    }

    /// A line, if there is one and it may be shown. Lines count from 1.
    subscript(number: Int) -> [Unicode.Scalar]? { lines.indices.contains(number - 1) ? lines[number - 1] : nil }

    private static func isShown(_ line: LineScanner.Line, _ level: Level, isNested: Bool) -> Bool {
        let isOpen = openSections.contains(level.section ?? "") && !level.isSecret && !line.hasSecretKey
        if isOpen {
            // A bare text belongs to nothing that can be seen, and none is all that a section holds.
            let isAll = level.weight < 0 && line.tokens.count == 2 && line.keys.count == 1
            return isNested || line.tokens.contains(.dash) || !line.keys.isEmpty && !isAll
        }
        var owners: [String?] = []
        var owner = level.owner
        for token in line.tokens {
            let isWithinSecret = level.isSecret || owners.contains { $0.map(SecretKey.isOne) ?? false }
            switch token {
            case .key(let key):
                guard !isWithinSecret else { return false }
                owner = key
            case .value(let value):
                if SecretKey.isReference(value) { continue }
                guard !isWithinSecret, let owner else { return false }
                let isEncoding = owner == "key" && SecretKey.encodings.contains(value)
                guard isEncoding || SecretKey.isHarmless(owner) else { return false }
            case .open: owners.append(owner)
            case .comma: owner = owners.last ?? nil
            case .close:
                _ = owners.popLast()
                owner = nil
            case .dash: continue
            }
        }
        return true
    }

    /// Whether a section of the file begins here: then brackets that are open were forgotten.
    private static func isSection(_ text: [Unicode.Scalar]) -> Bool {
        guard let colon = text.firstIndex(of: ":") else { return false }
        return ConfigFiles.sections.contains { $0.unicodeScalars.elementsEqual(text[..<colon]) }
    }

    /// At the line breaks that YAML knows.
    private static func split(_ text: String) -> [[Unicode.Scalar]] {
        var lines: [[Unicode.Scalar]] = [[]]
        var last: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n" where last == "\r": break
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": lines.append([])
            case "\u{FEFF}" where last == nil: break
            default: lines[lines.count - 1].append(scalar)
            }
            last = scalar
        }
        return lines
    }
}

extension LineScanner.Line {
    fileprivate var keys: [String] { tokens.compactMap { if case .key(let key) = $0 { key } else { nil } } }

    fileprivate var hasSecretKey: Bool {
        zip(tokens, tokens.dropFirst() + [.dash]).contains { token, next in
            guard case .key(let key) = token else { return false }
            if key == "key", case .value(let value) = next, SecretKey.encodings.contains(value) { return false }
            return SecretKey.isOne(key)
        }
    }
}
