import Signatures
import Testing

@testable import Bridge

@Suite("What chats' texts say")
struct ChatTextTests {
    @Test(
        "HTML becomes what was typed",
        arguments: [
            ("deploy&nbsp;web", "deploy\u{A0}web"), ("<p>a</p><p>b</p>", " a  b "), ("a<br/>b", "a b"),
            ("<b>de</b>ploy", "deploy"), ("&lt;b&gt; &amp;lt; &quot;&#39;&apos;", "<b> &lt; \"''"),
            ("&#x41;&#66;&#xD800;&#x110000;", "AB&#xD800;&#x110000;"), ("a & b &unknown; &", "a & b &unknown; &"),
            ("a < b", "a < b"), ("", ""), ("<", "<"), ("&;", "&;"), ("&amp", "&amp"),
        ])
    func html(_ html: String, _ text: String) { #expect(HTMLText.plain(html) == text) }

    @Test(
        "The first word is the command",
        arguments: [("deploy web", "deploy", "web"), ("\n deploy\u{A0}web  x \n", "deploy", "web  x"), ("a", "a", "")])
    func saying(_ message: String, _ command: String, _ text: String) {
        #expect(ChatCommand(saying: message) == ChatCommand(command: command, text: text))
    }

    @Test("Nothing said is no command", arguments: ["", " ", "\n\u{A0}"])
    func silence(_ message: String) {
        #expect(ChatCommand(saying: message) == nil)
        #expect(ChatCommand(trigger: nil, message: message) == nil)
        #expect(ChatCommand(trigger: "", message: message) == nil)
    }

    @Test(
        "A leading mention is dropped, and no other",
        arguments: [
            ("<@U1> a", "a"), ("  <@U1>a", "a"), ("a <@U1>", "a <@U1>"), ("<@U1", "<@U1"), ("", ""),
            ("<@U1><@U2>", "<@U2>"),
        ])
    func mention(_ text: String, _ rest: String) {
        #expect(String(text.droppingMention(from: "<@", to: ">")) == rest)
    }

    @Test("Options are arguments by name, subcommands by position")
    func options() {
        let command = ChatCommand(
            command: "/release", positional: ["web"], options: [("env", "prod"), ("when", "two words"), ("env", "dev")])
        #expect(command.positional == ["web"] && command.named == ["env": "dev", "when": "two words"])
        #expect(command.text == "web env=prod when=two words env=dev")
    }

    @Test("Nobody is known without an id")
    func party() {
        #expect(Party(nil, "mike") == nil && Party("", "mike") == nil)
        #expect(Party("1", nil) == Party(id: "1", name: nil))
    }

    @Test("A sample's token takes the place of the recorded one")
    func token() throws {
        let secret = try Secret.of("n\"e&w")
        func put(_ body: String) -> String {
            String(decoding: TokenInBody.put(secret, in: Array(body.utf8)), as: UTF8.self)
        }
        #expect(
            put(#"{"a":[1, {"token":"x"}],"token":"old","é\n":null}"#)
                == #"{"token":"n\"e&w","a":[1,{"token":"x"}],"é\n":null}"#)
        #expect(put("{}") == #"{"token":"n\"e&w"}"#)
        #expect(put("token=old&a=1") == "token=n%22e%26w&a=1")
        #expect(put("[1]") == "[1]" && put("%zz") == "%zz")
    }
}
