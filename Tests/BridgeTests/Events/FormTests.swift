import TestSupport
import Testing

@testable import Bridge

@Suite("URL-encoded forms")
struct FormTests {
    private func fields(_ text: String) -> [Form.Field]? { Form(encoded: text.utf8)?.fields }

    private func field(_ name: String, _ value: String) -> Form.Field { Form.Field(name: name, value: value) }

    @Test("Names and values are decoded, in order")
    func decodes() {
        #expect(fields("a=1&b=2&a=3") == [field("a", "1"), field("b", "2"), field("a", "3")])
        #expect(fields("a+b=c%20d&%C3%A9=%F0%9F%98%80") == [field("a b", "c d"), field("é", "😀")])
        #expect(fields("a=%2B%3d%26&b=x=y") == [field("a", "+=&"), field("b", "x=y")])
        #expect(fields("a&b=&=c") == [field("a", ""), field("b", ""), field("", "c")])
        #expect(fields("") == [] && fields("&&") == [])
        #expect(fields("&a=1&") == [field("a", "1")])
        #expect(fields("a=%00") == [field("a", "\u{0}")])
    }

    @Test(
        "A broken escape, or bytes that are not UTF-8, are no form",
        arguments: [
            "a=%", "a=%4", "a=%zz", "%=1", "a=%+f", "a=%-1", "a=%f+", "a=%ff", "a=%C3", "a=%ED%A0%80", "a=% 1", "a=%0x",
        ])
    func refuses(_ text: String) {
        #expect(Form(encoded: text.utf8) == nil)
    }

    @Test("Raw bytes that are not UTF-8 are no form either")
    func rawBytes() {
        #expect(Form(encoded: [0x61, 0x3D, 0xFF]) == nil)
        #expect(Form(encoded: "a=é".utf8)?.first("a") == "é")
    }

    @Test("Of equal names the first is found, and names keep their case")
    func first() {
        let form = Form([("a", "1"), ("a", "2"), ("A", "3")])
        #expect(form.first("a") == "1" && form.first("A") == "3" && form.first("b") == nil)
    }

    @Test("What is encoded is decoded again")
    func roundTrip() {
        let texts = ["", "a", " ", "+", "%", "&", "=", "a=b&c", "é", "😀", "\n\r\t", "~!@#$^*()_-.", "/x?y#z", "\u{0}"]
        let pairs = texts.flatMap { name in texts.map { (name, $0) } }
        let form = Form(pairs)
        #expect(Form(encoded: form.encoded) == form)
        #expect(form.encoded.allSatisfy { $0 > 32 && $0 < 127 })
        #expect(String(decoding: Form([("a b", "ü\n")]).encoded, as: UTF8.self) == "a+b=%C3%BC%0A")
    }

    @Test("Random fields come back", arguments: seeds)
    func random(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let form = Form(
            (0..<Int.random(in: 0...5, using: &random)).map { _ in (text(&random), text(&random)) }.filter {
                $0.0 + $0.1 != ""
            })
        #expect(Form(encoded: form.encoded) == form)
    }

    private func text(_ random: inout SeededGenerator) -> String {
        let scalars = (0..<Int.random(in: 0...6, using: &random)).compactMap { _ in
            Unicode.Scalar(UInt32.random(in: 0...0x2FFF, using: &random))
        }
        return String(String.UnicodeScalarView(scalars))
    }
}
