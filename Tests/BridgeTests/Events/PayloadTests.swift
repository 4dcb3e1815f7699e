import Testing

@testable import Bridge

@Suite("Payloads")
struct PayloadTests {
    private func scalars(_ json: String, _ path: String) throws -> [String] {
        Payload.json(try JSONDocument(json.utf8)).scalars(at: try FieldPath.steps(path))
    }

    @Test(
        "A scalar is told by its text",
        arguments: [
            (#""main""#, "main"), (#""""#, ""), ("true", "true"), ("false", "false"), ("0", "0"), ("-7", "-7"),
            ("9223372036854775807", "9223372036854775807"), ("-9223372036854775808", "-9223372036854775808"),
            ("18446744073709551615", "18446744073709551615"), ("1.5", "1.5"), ("1.50", "1.5"), ("0.1", "0.1"),
            (#""\u0041\n\"\\\/""#, "A\n\"\\/"), (#""\ud83d\ude00""#, "😀"), (#""é日""#, "é日"), (#""\u0000""#, "\u{0}"),
        ])
    func texts(_ json: String, _ text: String) throws {
        #expect(try scalars(#"{"a":\#(json)}"#, ".a") == [text])
        #expect(try JSONDocument(json.utf8).root.scalar == text)
    }

    @Test(
        "Null, arrays and objects are no scalars: a missing path", arguments: ["null", "[]", "{}", "[1]", #"{"b":1}"#])
    func noScalar(_ json: String) throws {
        #expect(try scalars(#"{"a":\#(json)}"#, ".a") == [])
    }

    @Test("Of equal keys the first counts")
    func duplicateKeys() throws {
        #expect(try scalars(#"{"a":"one","a":"two"}"#, ".a") == ["one"])
    }

    @Test("Keys are found by their characters, escaped or not")
    func escapedKeys() throws {
        #expect(try scalars(#"{"\u0061\u00e9":1}"#, ".aé") == ["1"])
        #expect(try scalars(#"{"a":{"b":1}}"#, "['a'].b") == ["1"])
    }

    @Test("As many levels as the limit are read, and not one more", arguments: [1, 2, 64])
    func depth(_ limit: Int) throws {
        func nested(_ depth: Int) -> [UInt8] {
            Array((String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)).utf8)
        }
        _ = try JSONDocument(nested(limit), maximumDepth: limit)
        #expect(throws: JSONDocument.Malformed.self) { try JSONDocument(nested(limit + 1), maximumDepth: limit) }
        #expect(throws: JSONDocument.Malformed.self) { try JSONDocument(nested(100_000), maximumDepth: limit) }
    }

    @Test("64 levels are the default")
    func defaultDepth() throws {
        let objects = { (depth: Int) in
            String(repeating: #"{"a":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        }
        let path = Array(repeating: Payload.Step.name("a"), count: 64)
        #expect(Payload.json(try JSONDocument(objects(64).utf8)).scalars(at: path) == ["1"])
        #expect(throws: JSONDocument.Malformed.self) { try JSONDocument(objects(65).utf8) }
    }

    @Test(
        "What is not JSON is malformed",
        arguments: [
            "", " ", "{", "}", "[1,]", "{\"a\":}", "{'a':1}", "{a:1}", "nul", "NaN", "Infinity", "01", "+1", "1.", ".5",
            "1e",
            "\"\t\"", "\"a", "{} {}", "[1 2]", "// x\n1", "\u{FEFF}{}", "\"\\ud800\"", "\"\\x41\"", "1e400",
        ])
    func malformed(_ text: String) {
        #expect(throws: JSONDocument.Malformed.self) { try JSONDocument(text.utf8) }
    }

    @Test(
        "Text that is not UTF-8 is malformed",
        arguments: [[0xFF], [0xC3], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80]] as [[UInt8]])
    func invalidUTF8(_ bytes: [UInt8]) {
        #expect(throws: JSONDocument.Malformed.self) { try JSONDocument([0x22] + bytes + [0x22]) }
        #expect(throws: JSONDocument.Malformed.self) { try JSONDocument([0x7B, 0x22] + bytes + Array("\":1}".utf8)) }
    }

    @Test("Why it is malformed does not repeat it")
    func reason() {
        let error = #expect(throws: JSONDocument.Malformed.self) { try JSONDocument(#"{"token":"hunter2""#.utf8) }
        #expect(error?.reason.isEmpty == false && error?.reason.contains("hunter2") == false)
    }

    @Test(
        "A number that 64 bits cannot hold is refused rather than changed",
        arguments: ["18446744073709551616", "-9223372036854775809"])
    func bigNumbers(_ number: String) {
        let read = try? JSONDocument(number.utf8).root.scalar
        #expect(read == nil || read == number)
    }

    @Test("A form's fields are found by name, at a path of one step")
    func form() {
        let payload = Payload.form(Form([("a", "1"), ("b", "2"), ("a", "3"), ("c.d", "4")]))
        #expect(payload.scalars(at: [.name("a")]) == ["1"])
        #expect(payload.scalars(at: [.any]) == ["1", "2", "3", "4"])
        #expect(payload.scalars(at: [.name("c.d")]) == ["4"])
        #expect(payload.scalars(at: [.name("c"), .name("d")]) == [])
        #expect(payload.scalars(at: [.any, .any]) == [] && payload.scalars(at: []) == [])
    }

    @Test("No payload has no fields")
    func none() {
        #expect(Payload.none.scalars(at: [.any]) == [])
    }
}
