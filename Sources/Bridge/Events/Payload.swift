import CSimdJSON

/// What a sender sent, as fields: a JSON text, parsed once and read in place, or the fields of a form.
package enum Payload: Sendable {
    case json(JSONDocument)
    case form(Form)
    /// One without some of its fields: those that hold a secret are not for rules, nor for anybody's eyes.
    indirect case hiding(Set<String>, Payload)
    case none

    /// One step of a path: a key or a position, or every one of them.
    package enum Step: Sendable, Hashable {
        case name(String)
        case any
    }

    /// The texts of the scalars at a path, several when it goes through ``Step/any``.
    ///
    /// JSON `null`, arrays and objects are no scalars, so they give nothing: a missing path.
    package func scalars(at path: some Collection<Step>) -> [String] {
        switch self {
        case .json(let document):
            document.root.elements(at: path).compactMap(\.scalar)
        case .form(let form):
            switch path.first {
            case .name(let name) where path.count == 1: form.first(name).map { [$0] } ?? []
            case .any where path.count == 1: form.fields.map(\.value)
            default: []
            }
        case .hiding(let names, let payload): payload.scalars(at: path, hiding: names)
        case .none: []
        }
    }

    private func scalars(at path: some Collection<Step>, hiding names: Set<String>) -> [String] {
        switch (self, path.first) {
        case (_, .name(let name)) where names.contains(name): []
        case (.json(let document), .any):
            document.root.members.filter { !names.contains($0.key) }.flatMap { member in
                member.value.elements(at: path.dropFirst()).compactMap(\.scalar)
            }
        case (.form(let form), .any) where path.count == 1:
            form.fields.filter { !names.contains($0.name) }.map(\.value)
        default: scalars(at: path)
        }
    }

    /// The one scalar at a path of keys, if there is one.
    func scalar(_ keys: String...) -> String? { scalars(at: keys.map(Step.name)).first }

    /// Every scalar at a path of keys.
    func all(_ keys: String...) -> [String] { scalars(at: keys.map(Step.name)) }

    /// Every scalar at a path in which `*` is each element of an array.
    func each(_ keys: String...) -> [String] { scalars(at: keys.map { $0 == "*" ? .any : .name($0) }) }

    /// Whether there is anything but null at a path of keys, be it an array or an object.
    func has(_ keys: String...) -> Bool { has(keys) }

    private func has(_ keys: [String]) -> Bool {
        switch self {
        case .json(let document): document.root.elements(at: keys.map(Step.name)).contains { !$0.isNull }
        case .form(let form): keys.count == 1 && form.first(keys[0]) != nil
        case .hiding(_, let payload): payload.has(keys)
        case .none: false
        }
    }
}

/// A JSON text, parsed by simdjson. Elements borrow from it and keep it alive.
package final class JSONDocument: Sendable {
    // simdjson's document is written once, by the parser, and only read afterwards.
    private nonisolated(unsafe) let document: OpaquePointer

    /// Why a text is not JSON, in words that do not repeat it.
    package struct Malformed: Error {
        package let reason: String
    }

    /// Parses RFC 8259 JSON, strictly UTF-8.
    ///
    /// - Parameter maximumDepth: how many arrays and objects may lie within each other.
    package init(_ text: some Collection<UInt8>, maximumDepth: Int = 64) throws(Malformed) {
        var reason: UnsafePointer<CChar>?
        let text = Array(text)
        guard let document = cjson_parse(text, text.count, maximumDepth + 1, &reason) else {
            throw Malformed(reason: reason.map { String(cString: $0) } ?? "not JSON")
        }
        self.document = document
    }

    deinit { cjson_free(document) }

    /// The text of the value of one of the root's keys, as JSON, whitespace left out.
    package func text(of key: String) -> [UInt8]? {
        root.child(key).flatMap(text)
    }

    private func text(of value: JSONElement) -> [UInt8]? {
        var length = 0
        guard let text = cjson_text(value.element, &length) else { return nil }
        defer { cjson_text_free(text) }
        return text.withMemoryRebound(to: UInt8.self, capacity: length) {
            Array(UnsafeBufferPointer(start: $0, count: length))
        }
    }

    /// The whole as JSON, whitespace left out, text escaped only where it must be.
    var text: [UInt8] { text(of: root) ?? [] }

    package var root: JSONElement { JSONElement(document: self, element: cjson_root(document)) }
}

/// One value of a JSON text.
package struct JSONElement {
    fileprivate let document: JSONDocument
    fileprivate let element: cjson_element

    /// The text of a scalar: a string's characters, `true`, `false`, or a number in its shortest form
    /// (`1.50` reads as `1.5`). Nil for null, arrays and objects.
    package var scalar: String? {
        switch cjson_type_of(element) {
        case CJSON_STRING:
            var length = 0
            guard let start = cjson_string(element, &length) else { return nil }
            return start.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
                String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
            }
        case CJSON_BOOL: return cjson_bool(element) ? "true" : "false"
        case CJSON_INT: return String(cjson_int(element))
        case CJSON_UINT: return String(cjson_uint(element))
        case CJSON_DOUBLE: return String(cjson_double(element))
        default: return nil
        }
    }

    var isObject: Bool { cjson_type_of(element) == CJSON_OBJECT }

    var isNull: Bool { cjson_type_of(element) == CJSON_NULL }

    /// The value of a key of an object, or the element at a position of an array.
    func child(_ name: String) -> JSONElement? {
        var found = cjson_element()
        var name = name
        let there = name.withUTF8 { key in
            key.withMemoryRebound(to: CChar.self) { cjson_member(element, $0.baseAddress, $0.count, &found) }
        }
        if there { return JSONElement(document: document, element: found) }
        guard name.utf8.allSatisfy({ (48...57).contains($0) }), let index = Int(name),
            cjson_item(element, index, &found)
        else { return nil }
        return JSONElement(document: document, element: found)
    }

    /// The elements of an array, or the values of an object.
    var children: [JSONElement] {
        var found: [cjson_element] = []
        withUnsafeMutablePointer(to: &found) { list in
            cjson_each(element, list) { context, _, _, value in
                context?.assumingMemoryBound(to: [cjson_element].self).pointee.append(value)
                return true
            }
        }
        return found.map { JSONElement(document: document, element: $0) }
    }

    /// The keys of an object with their values, in order.
    var members: [(key: String, value: JSONElement)] {
        var found: [(String, cjson_element)] = []
        withUnsafeMutablePointer(to: &found) { list in
            cjson_each(element, list) { context, key, length, value in
                guard let key else { return false }
                let name = key.withMemoryRebound(to: UInt8.self, capacity: length) { bytes in
                    String(decoding: UnsafeBufferPointer(start: bytes, count: length), as: UTF8.self)
                }
                context?.assumingMemoryBound(to: [(String, cjson_element)].self).pointee.append((name, value))
                return true
            }
        }
        return found.map { ($0.0, JSONElement(document: document, element: $0.1)) }
    }

    func elements(at path: some Collection<Payload.Step>) -> [JSONElement] {
        guard let step = path.first else { return [self] }
        let next =
            switch step {
            case .name(let name): child(name).map { [$0] } ?? []
            case .any: children
            }
        return next.flatMap { $0.elements(at: path.dropFirst()) }
    }
}
