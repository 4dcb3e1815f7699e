import FoundationEssentials
import Testing

@testable import Bridge

@Suite("Left sides")
struct FieldPathTests {
    @Test("Every name of the contract is a field")
    func names() throws {
        let places: [(String, FieldPath.Place)] = [
            ("event", .event), ("source", .source), ("provider", .provider), ("header.X-Event", .header("X-Event")),
            ("header.a.b", .header("a.b")), ("query.token", .query("token")), ("command", .command), ("text", .text),
            ("args.0", .position(0)), ("args.12", .position(12)), ("args.007", .position(7)),
            ("args.99999999999999999999", .position(.max)), ("args.+1", .argument("+1")),
            ("args.env", .argument("env")),
            ("args.-1", .argument("-1")),
            ("user.id", .userID), ("user.name", .userName), ("channel.id", .channelID), ("channel.name", .channelName),
            ("team.id", .teamID), ("payload.a.b.0.c", .payload([.name("a"), .name("b"), .name("0"), .name("c")])),
            ("payload.*.a", .payload([.any, .name("a")])), ("payload['a.b']", .payload([.name("a.b")])),
            ("payload[\"a'b\"].*", .payload([.name("a'b"), .any])),
            ("payload.labels['app.kubernetes.io/name']", .payload([.name("labels"), .name("app.kubernetes.io/name")])),
            ("payload.a['*'][''].é", .payload([.name("a"), .name("*"), .name(""), .name("é")])),
        ]
        for (text, place) in places {
            let field = try FieldPath(text)
            #expect(field.place == place, "\(text)")
            #expect(field.description == text)
        }
    }

    @Test(
        "Every field that Git hosts tell alike is one",
        arguments: [
            "repository.path", "repository.name", "branch", "tag", "commit", "author.name", "author.email", "paths",
            "pull_request.number", "pull_request.source_branch", "pull_request.target_branch", "pull_request.labels",
        ])
    func gitFields(_ name: String) throws {
        #expect(try FieldPath(name).place == .git(try #require(GitField(rawValue: name))))
        #expect(GitField.allCases.count == 12)
    }

    @Test(
        "An unknown field is an error, with the nearest one that is known",
        arguments: [
            ("branc", "branch"), ("comand", "command"), ("repository.pth", "repository.path"), ("sorce", "source"),
            ("user.nmae", "user.name"), ("pull_request.label", "pull_request.labels"), ("evnt", "event"),
            ("Branch", "branch"), ("zzzzzz", nil), ("", nil), ("header.", nil), ("query.", nil), ("args", nil),
            ("payload", nil),
            ("branch ", "branch"),
        ])
    func unknown(_ text: String, _ suggestion: String?) {
        let error = #expect(throws: FieldPath.Unknown.self) { try FieldPath(text) }
        #expect(error?.message == "unknown field '\(text)'")
        #expect(error?.suggestion == suggestion)
    }

    private static let bracket = "after '[' comes a quoted name and ']'"
    private static let name = "a name is missing"

    @Test(
        "A broken path is an error that shows it",
        arguments: [
            ("payload.", name), ("payload.a.", name), ("payload[a]", bracket), ("payload['a'", bracket),
            ("payload['a", bracket), ("payload['a\"]", bracket), ("payload.a[0]", bracket), ("payload[", bracket),
            ("payload['a']b", name), ("payload.['a']", name), ("payload..a", name), ("payload.a..b", name),
        ])
    func broken(_ text: String, _ why: String) {
        let error = #expect(throws: FieldPath.Unknown.self) { try FieldPath(text) }
        #expect(error?.message == "bad path '\(text)': \(why)")
    }
}
