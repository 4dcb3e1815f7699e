import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

@Suite("Google Chat's events")
struct GoogleChatTests {
    private let provider: GoogleChat
    private let credentials: Credentials
    private let key: SigningKey

    init() throws {
        provider = try GoogleChat.of("1234567890")
        (credentials, key) = Credentials.throwaway(provider.traits.provenBy)
    }

    private func event(_ json: String) throws -> Event {
        try provider.event(provider.sign(Sample(payload: Array(json.utf8)), with: key, at: noon), by: credentials)
    }

    private func message(_ fields: String) -> String {
        #"""
        {"type":"MESSAGE","eventTime":"2027-01-15T08:00:00Z","user":{"name":"users/7","displayName":"Mike","type":"HUMAN"},
         "space":{"name":"spaces/AAA","displayName":"release"},"message":{"name":"spaces/AAA/messages/m1",\#(fields)}}
        """#
    }

    @Test("A slash command that Google knows is named by its annotation")
    func slashCommand() throws {
        let event = try event(
            message(
                #"""
                "text":"/deploy web env=prod","argumentText":" web env=prod","slashCommand":{"commandId":"1"},
                "annotations":[{"type":"USER_MENTION"},{"type":"SLASH_COMMAND","slashCommand":{"commandName":"/deploy"}}]
                """#))
        #expect(event.name == "command" && event.senderID == "spaces/AAA/messages/m1")
        #expect(event.command == ChatCommand(command: "/deploy", text: "web env=prod"))
        #expect(event.user == Party(id: "users/7", name: "Mike"))
        #expect(event.channel == Party(id: "spaces/AAA", name: "release") && event.team == nil)
    }

    @Test("Without an annotation, the name is what was typed")
    func unannotated() throws {
        let event = try event(
            message(#""text":"/deploy web","argumentText":"web","slashCommand":{"commandId":"1"}"#))
        #expect(event.name == "command" && event.command == ChatCommand(command: "/deploy", text: "web"))
    }

    @Test("A slash that Google does not know is a command all the same")
    func unknownSlash() throws {
        let event = try event(message(#""text":"@Bridge /deploy web","argumentText":" /deploy web""#))
        #expect(event.name == "command" && event.command == ChatCommand(command: "/deploy", text: "web"))
    }

    @Test("Other messages are messages, their first word the command")
    func plain() throws {
        let mention = try event(message(#""text":"@Bridge deploy web","argumentText":" deploy web""#))
        #expect(mention.name == "MESSAGE" && mention.command == ChatCommand(command: "deploy", text: "web"))
        #expect(mention.senderID == "spaces/AAA/messages/m1")
        #expect(try event(message(#""text":"deploy web""#)).command?.command == "deploy")
        #expect(try event(message(#""attachment":[]"#)).command == nil)
    }

    @Test(
        "Events that are no message are named by their type, without an id",
        arguments: ["ADDED_TO_SPACE", "CARD_CLICKED"])
    func others(_ type: String) throws {
        let event = try event(
            #"{"type":"\#(type)","user":{"name":"users/7"},"space":{"name":"spaces/AAA"},"message":{"name":"m","text":"/x"}}"#
        )
        #expect(event.name == type && event.senderID == nil && event.command == nil)
        #expect(event.user?.id == "users/7" && event.channel?.id == "spaces/AAA")
    }

    @Test("What has no type is malformed")
    func malformed() {
        #expect(throws: NotUnderstood.self) { try event("{}") }
        #expect(throws: NotUnderstood.self) { try event("[]") }
    }
}
