/// What a body may have been before something on its way wrote it anew.
enum Rewriting {
    /// Bodies that mean the same, with how each differs.
    static func guesses(at body: [UInt8]) -> [(body: [UInt8], words: String)] {
        let newline = UInt8(ascii: "\n")
        var guesses = [
            (body + [newline], "with a newline at its end"),
            (body + [UInt8(ascii: "\r"), newline], "with a line end at its end"),
        ]
        if body.last == newline { guesses.append((Array(body.dropLast()), "without the newline at its end")) }
        guard let document = try? JSONDocument(body) else { return guesses }
        // Text may have been escaped on the way as well.
        for text in [body, document.text] {
            guesses.append((space(text, comma: ",", colon: ":"), "as JSON without blanks"))
            guesses.append((space(text, comma: ", ", colon: ": "), "as JSON with blanks after commas and colons"))
            for (indent, words) in [("  ", "two blanks"), ("    ", "four blanks"), ("\t", "tabs")] {
                guesses.append((space(text, comma: ",", colon: ": ", indent: indent), "as JSON indented by \(words)"))
            }
        }
        return guesses
    }

    /// JSON with other blanks between its tokens; the tokens stay as they are, letter for letter.
    private static func space(_ json: [UInt8], comma: String, colon: String, indent: String? = nil) -> [UInt8] {
        var out: [UInt8] = []
        var depth = 0
        var isInString = false
        var isEscaped = false
        func breakLine() { if let indent { out += Array(("\n" + String(repeating: indent, count: depth)).utf8) } }
        for (position, byte) in json.enumerated() {
            if isInString {
                out.append(byte)
                if !isEscaped, byte == UInt8(ascii: "\"") { isInString = false }
                isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
                continue
            }
            switch byte {
            case UInt8(ascii: " "), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: "\t"): continue
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                out.append(byte)
                depth += 1
                // An empty one stays on its line.
                let next = json[(position + 1)...].first { $0 > UInt8(ascii: " ") }
                if next != byte + 2 { breakLine() }
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if out.last != byte - 2 { breakLine() }
                out.append(byte)
            case UInt8(ascii: ","):
                out += Array(comma.utf8)
                breakLine()
            case UInt8(ascii: ":"): out += Array(colon.utf8)
            default:
                isInString = byte == UInt8(ascii: "\"")
                out.append(byte)
            }
        }
        return out
    }
}
