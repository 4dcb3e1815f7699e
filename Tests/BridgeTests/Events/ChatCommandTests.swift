import Testing

@testable import Bridge

@Suite("Slash commands")
struct ChatCommandTests {
    @Test(
        "Words are split as a shell splits them",
        arguments: [
            ("", []), ("   ", []), ("web", ["web"]), ("  web   latest  ", ["web", "latest"]),
            ("a\tb\nc", ["a", "b", "c"]),
            ("\"a b\" c", ["a b", "c"]), ("'a b' c", ["a b", "c"]), ("a\"b c\"d", ["ab cd"]), ("\"\"", [""]),
            ("'' x", ["", "x"]),
            ("\"it's\"", ["it's"]), ("'say \"hi\"'", ["say \"hi\""]), ("“a b” c", ["a b", "c"]), ("”a b“", ["a b"]),
            ("“a b\" c", ["a b", "c"]), ("\"open", ["open"]), ("'open quote", ["open quote"]), ("a\\ b", ["a b"]),
            ("\\\"a", ["\"a"]), ("\"a\\\"b\"", ["a\"b"]), ("'a\\b'", ["a\\b"]), ("\\\\", ["\\"]), ("a\\", ["a\\"]),
            ("é 日本", ["é", "日本"]), ("a\u{A0}b", ["a", "b"]),
        ])
    func words(_ text: String, _ words: [String]) {
        #expect(ChatCommand.words(of: text) == words)
    }

    @Test("Words count from 0, without those that have a name")
    func positional() {
        let command = ChatCommand(command: "/deploy", text: "env=prod web wait=no latest")
        #expect(command.positional == ["web", "latest"])
        #expect(command.named == ["env": "prod", "wait": "no"])
        #expect(command.command == "/deploy" && command.text == "env=prod web wait=no latest")
    }

    @Test(
        "A name and its value are a word with '=' after a plain name",
        arguments: [
            ("env=prod", ["env": "prod"]), ("env=", ["env": ""]), ("env=a=b", ["env": "a=b"]),
            ("a-b_1=x", ["a-b_1": "x"]),
            ("msg=\"two words\"", ["msg": "two words"]), ("\"msg=two words\"", ["msg": "two words"]),
            ("größe=1", ["größe": "1"]),
            ("env=a env=b", ["env": "b"]), ("url=https://x/?a=b", ["url": "https://x/?a=b"]),
        ])
    func named(_ text: String, _ named: [String: String]) {
        let command = ChatCommand(command: "/x", text: text)
        #expect(command.named == named)
        #expect(command.positional.isEmpty)
    }

    @Test(
        "Options begin with two dashes, or with the one that telephones make of them",
        arguments: [
            ("--force", ["force": "true"]), ("—force", ["force": "true"]), ("--env=prod", ["env": "prod"]),
            ("—env=prod", ["env": "prod"]), ("--dry-run --wait=no", ["dry-run": "true", "wait": "no"]),
            ("--env=", ["env": ""]), ("--msg=\"two words\"", ["msg": "two words"]),
            ("url=<https://x/y|x/y>", ["url": "https://x/y"]),
        ])
    func options(_ text: String, _ named: [String: String]) {
        let command = ChatCommand(command: "/x", text: text)
        #expect(command.named == named)
        #expect(command.positional.isEmpty)
    }

    @Test("After a bare '--' nothing is an option", arguments: ["--", "—"])
    func endOfOptions(_ end: String) {
        let command = ChatCommand(command: "/x", text: "a=1 web \(end) b=2 --force \(end)")
        #expect(command.named == ["a": "1"])
        #expect(command.positional == ["web", "b=2", "--force", end])
    }

    @Test(
        "An address is taken out of the brackets that chats put around it",
        arguments: [
            ("<https://x/y>", "https://x/y"), ("<https://x/y|x/y>", "https://x/y"), ("<http://x>", "http://x"),
            ("<@U1>", "<@U1>"), ("<https://x/y", "<https://x/y"), ("<ftp://x>", "<ftp://x>"),
        ])
    func brackets(_ text: String, _ word: String) {
        #expect(ChatCommand(command: "/x", text: text).positional == [word])
    }

    @Test(
        "A URL with '=' and other words that only hold one stay words",
        arguments: [
            "https://app.buddy.works/a/b?c=d", "=x", "=", "a.b=c", "a/b=c", "a:b=c", "a?=b", "web", "-f", "---force",
            "--=x",
        ])
    func plainWords(_ word: String) {
        let command = ChatCommand(command: "/x", text: word)
        #expect(command.positional == [word])
        #expect(command.named.isEmpty)
    }
}
