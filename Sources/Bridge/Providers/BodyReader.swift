/// Reads a proved body by its media type.
enum BodyReader {
    /// JSON, or a form whose field `payload` holds JSON.
    static func jsonOrForm(_ request: Request) throws(NotUnderstood) -> JSONDocument {
        switch request.head.mediaType {
        case let type where isJSON(type): return try json(request.body)
        case form: return try jsonInForm(try form(request.body))
        case let other: throw .mediaType(other)
        }
    }

    /// JSON, or the fields of a form.
    static func jsonOrFields(_ request: Request) throws(NotUnderstood) -> Payload {
        switch request.head.mediaType {
        case let type where isJSON(type): return .json(try json(request.body))
        case form: return .form(try form(request.body))
        case let other: throw .mediaType(other)
        }
    }

    /// The JSON in the field `payload` of a form.
    static func jsonInForm(_ form: Form) throws(NotUnderstood) -> JSONDocument {
        guard let text = form.first("payload") else { throw .malformed("the form has no field 'payload'") }
        return try json(Array(text.utf8))
    }

    /// JSON, whatever its fields.
    static func jsonOnly(_ request: Request) throws(NotUnderstood) -> JSONDocument {
        guard isJSON(request.head.mediaType) else { throw .mediaType(request.head.mediaType) }
        return try json(request.body)
    }

    /// The media type of forms.
    static let form = "application/x-www-form-urlencoded"
    /// The media type of JSON.
    static let json = "application/json"

    /// The media type of a sample's body: JSON where it is that, else a form.
    static func mediaType(of body: [UInt8]) -> String { (try? JSONDocument(body)) == nil ? form : json }

    static func isJSON(_ mediaType: String) -> Bool {
        mediaType == json || mediaType.hasSuffix("+json")
    }

    static func json(_ body: [UInt8]) throws(NotUnderstood) -> JSONDocument {
        guard !body.isEmpty else { throw .malformed("the request has no body") }
        do {
            return try JSONDocument(body)
        } catch {
            throw .malformed("the body is not JSON: \(error.reason)")
        }
    }

    static func form(_ body: [UInt8]) throws(NotUnderstood) -> Form {
        guard !body.isEmpty else { throw .malformed("the request has no body") }
        guard let form = Form(encoded: body) else { throw .malformed("the body is not a URL-encoded form") }
        return form
    }
}
