import Testing

@testable import Bridge

@Suite("The template of a signed message")
struct MessageTemplateTests {
    private static let adjacent = "'message' has two placeholders side by side: put a character between them"
    private static let once = "'message' must hold {body} exactly once"
    private static let open = "'message' has a '{' without its '}'"

    @Test(
        "Texts that could sign less, or something else, than they say are refused",
        arguments: [
            ("", once), ("v0", once), ("{timestamp}", once), ("{body}.{body}", once), ("{body}{body}", once),
            ("{body", open), ("{timestamp}.{body", open), ("{body}{timestamp}", adjacent),
            ("{timestamp}{body}", adjacent), ("{id}{timestamp}.{body}", adjacent), ("{body}{header.Date}", adjacent),
        ])
    func refused(_ text: String, _ message: String) {
        #expect(throws: ProviderSettings.Invalid(key: "signature", message: message)) { try MessageTemplate(text) }
    }

    @Test(
        "A placeholder that is not known is refused",
        arguments: [
            ("{}", "{}"), ("{Body}", "{Body}"), ("{ body }", "{ body }"), ("{{body}}", "{{body}"),
            ("{body}.{nonce}", "{nonce}"), ("{header}.{body}", "{header}"), ("{header.}.{body}", "{header.}"),
        ])
    func unknown(_ text: String, _ placeholder: String) {
        let message = "'message' knows {body}, {timestamp}, {id} and {header.NAME}, but not \(placeholder)"
        #expect(throws: ProviderSettings.Invalid(key: "signature", message: message)) { try MessageTemplate(text) }
    }

    @Test("What lies before and after the body is put together from text and values")
    func parts() throws {
        let template = try MessageTemplate("v0:{timestamp}:{id}/{body}|{header.X-Tenant}}é")
        let parts = template.parts(
            timestamp: "X-Time", id: "X-Id", values: ["x-time": "123", "x-id": "{body}", "x-tenant": "acme"])
        #expect(String(decoding: parts.prefix, as: UTF8.self) == "v0:123:{body}/")
        #expect(String(decoding: parts.suffix, as: UTF8.self) == "|acme}é")
    }

    @Test("The body alone has nothing around it")
    func bodyOnly() throws {
        let parts = try MessageTemplate("{body}").parts(timestamp: nil, id: nil, values: [:])
        #expect(parts.prefix.isEmpty && parts.suffix.isEmpty)
    }

    @Test("The headers that are signed are told by name")
    func headerNames() throws {
        let template = try MessageTemplate("{header.A}.{id}.{timestamp}.{body}.{header.B}")
        #expect(template.headerNames(timestamp: "X-Time", id: "X-Id") == ["A", "X-Id", "X-Time", "B"])
        #expect(try MessageTemplate("{body}").headerNames(timestamp: "X-Time", id: "X-Id") == [])
    }

    @Test("What is used is told")
    func uses() throws {
        let template = try MessageTemplate("{timestamp}.{body}")
        #expect(template.uses(.timestamp) && template.uses(.body))
        #expect(!template.uses(.id) && !template.uses(.header("X")))
    }
}
