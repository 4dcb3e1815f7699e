/// The header fields of a request, in order, names in any case (RFC 9110 §5.1).
package struct Headers: Sendable, Hashable, Codable {
    package private(set) var fields: [Field]

    package struct Field: Sendable, Hashable, Codable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package init(_ fields: [(name: String, value: String)] = []) {
        self.fields = fields.map { Field(name: $0.name, value: $0.value) }
    }

    package mutating func add(_ name: String, _ value: String) { fields.append(Field(name: name, value: value)) }

    /// Puts a value in the place of all that the name had.
    package mutating func set(_ name: String, _ value: String) {
        fields.removeAll { $0.name.lowercased() == name.lowercased() }
        add(name, value)
    }

    /// Every value of a name, in the order of the request.
    package func values(_ name: String) -> [String] {
        fields.filter { $0.name.lowercased() == name.lowercased() }.map(\.value)
    }

    /// The first value of a name; for headers that decide nothing.
    package func first(_ name: String) -> String? { values(name).first }

    /// The value of a header on which the proof rests: it must be there exactly once.
    ///
    /// RFC 9110 §5.3 lets a proxy join repeated fields with a comma, so a caller could otherwise offer two tags.
    package func deciding(_ name: String) throws(VerificationFailure) -> String {
        let found = values(name)
        guard let value = found.first else { throw .missingHeader(name) }
        guard found.count == 1 else { throw .repeatedHeader(name) }
        guard !value.isEmpty else { throw .emptyHeader(name) }
        return value
    }
}

extension Headers {
    /// The event's name in a header that nobody signs, `webhook` where it is missing.
    func eventName(_ name: String) -> String { first(name).flatMap { $0.isEmpty ? nil : $0 } ?? "webhook" }
}
