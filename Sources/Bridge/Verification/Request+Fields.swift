/// What stands in a request besides its headers, read before it is proved: only to find what proves it.
extension Request {
    /// The JSON text of the field `payload` of a form or, for a GET, of the query; else the body. Nil when there is no
    /// such field.
    var payloadText: [UInt8]? {
        if head.method == "GET" { return Form(encoded: head.query.utf8)?.first("payload").map { Array($0.utf8) } }
        guard head.mediaType == BodyReader.form else { return body }
        return Form(encoded: body)?.first("payload").map { Array($0.utf8) }
    }

    /// A field on which the proof rests, of the body or, for a GET, of the query: it must be there exactly once.
    func decidingField(_ name: String) throws(VerificationFailure) -> String {
        let found = values(of: name)
        guard let value = found.first else { throw .missingField(name) }
        guard found.count == 1 else { throw .repeatedField(name) }
        guard !value.isEmpty else { throw .emptyField(name) }
        return value
    }

    private func values(of name: String) -> [String] {
        func values(_ text: some Collection<UInt8>) -> [String] {
            Form(encoded: text)?.fields.filter { $0.name == name }.map(\.value) ?? []
        }
        if head.method == "GET" { return values(head.query.utf8) }
        if head.mediaType == BodyReader.form { return values(body) }
        guard BodyReader.isJSON(head.mediaType), let json = try? JSONDocument(body) else { return [] }
        return json.root.members.filter { $0.key == name }.compactMap(\.value.scalar)
    }
}
