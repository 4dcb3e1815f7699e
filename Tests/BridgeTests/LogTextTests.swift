import Testing

@testable import Bridge

@Suite("Foreign text in logs")
struct LogTextTests {
    @Test(
        "Control characters are escaped",
        arguments: [
            ("plain é 日 text", "plain é 日 text"), ("a\nb", "a\\nb"), ("a\r\nb", "a\\r\\nb"),
            ("\u{1B}[31m", "\\u{1B}[31m"),
            ("a\u{0}b", "a\\0b"), ("a\u{7F}b", "a\\u{7F}b"), ("a\u{85}b", "a\\u{0085}b"), ("a\u{2028}b", "a\\u{2028}b"),
            ("a\u{202E}b", "a\\u{202E}b"), ("a\u{200B}b", "a\\u{200B}b"),
        ])
    func escapes(_ text: String, _ safe: String) {
        #expect(LogText(text).description == safe)
    }

    @Test("Long text is cut")
    func cuts() {
        #expect(LogText(String(repeating: "a", count: 300)).description == String(repeating: "a", count: 300))
        let cut = LogText(String(repeating: "a", count: 301)).description
        #expect(cut.count == 301 && cut.hasSuffix("…"))
        #expect(LogText("e" + String(repeating: "\u{301}", count: 100_000)).description.unicodeScalars.count < 400)
    }
}
