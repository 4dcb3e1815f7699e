import FoundationEssentials
import Testing

@testable import Bridge

@Suite("Targets made of events")
struct TargetTemplateTests {
    /// An event whose `payload.v` is any text at all.
    private func payload(_ value: String) -> Event {
        var event = Event(command: "/x", text: "")
        event.payload = .form(Form([("v", value)]))
        return event
    }

    @Test("Each part is rendered; a pipeline is a number or an identifier")
    func renders() throws {
        let event = try Event(json: #"{"name":"WEB","path":"acme/web","n":"41"}"#)
        let template = try TargetTemplate.of(
            "acme", "{{ payload.name | lower }}", "{{ payload.path | map: p }}", "latest",
            maps: ["p": ["acme/web": "release"]])
        #expect(
            try template.render(event)
                == Target(
                    domain: "acme", project: "web", pipeline: .identifier("release"),
                    execution: .selector(Selector(.latest))))
        #expect(try TargetTemplate.of("a", "b", "{{ payload.n }}").render(event).pipeline == .number(41))
    }

    @Test(
        "A value is one segment of a URL",
        arguments: [
            "web", "a.b", "...", ".a", "web site", "é日", "%2F", "a%2e%2e", "?x=1#y", "a:b@c", "&",
            String(repeating: "a", count: 200),
            String(repeating: "é", count: 100),
        ])
    func segment(_ value: String) throws {
        let target = try TargetTemplate.of("{{ payload.v }}").render(payload(value))
        #expect(target.domain == value)
    }

    @Test(
        "A value that would add a segment, or leave it, is refused before Buddy is asked",
        arguments: [
            ("", "is empty"), (".", "is '.'"), ("..", "is '..'"), ("a/b", "holds a slash"), ("/", "holds a slash"),
            ("../../user", "holds a slash"), ("a\\b", "holds a slash"), ("..\\..", "holds a slash"),
            ("a\u{0}b", "holds a control character"), ("a\nb", "holds a control character"),
            ("\r\n", "holds a control character"),
            ("\u{1B}[", "holds a control character"), ("\u{7F}", "holds a control character"),
            ("\u{85}", "holds a control character"),
            (String(repeating: "a", count: 201), "is longer than 200 bytes"),
            (String(repeating: "é", count: 101), "is longer than 200 bytes"),
        ])
    func refused(_ value: String, _ why: String) throws {
        let templates = [
            ("domain", try TargetTemplate.of("{{ payload.v }}")),
            ("project", try TargetTemplate.of("a", "{{ payload.v }}")),
            ("pipeline", try TargetTemplate.of("a", "b", "{{ payload.v }}")),
        ]
        for (part, template) in templates {
            #expect(throws: RunError(code: .badTemplate, message: "the \(part) \(why)")) {
                try template.render(payload(value))
            }
        }
    }

    /// A slash with a combining mark after it is another letter to Swift, but still a slash to a URL.
    @Test(
        "Not even a combining mark hides a slash",
        arguments: ["a/\u{301}b", "a\\\u{301}b", "..\u{2F}\u{200D}x", "x/\u{FE0F}"])
    func hiddenSlash(_ value: String) throws {
        #expect(throws: RunError(code: .badTemplate, message: "the domain holds a slash")) {
            try TargetTemplate.of("{{ payload.v }}").render(payload(value))
        }
    }

    @Test("Text around a value counts as well")
    func wholeSegment() throws {
        #expect(try TargetTemplate.of("{{ payload.v }}.").render(payload("a")).domain == "a.")
        #expect(throws: RunError.self) { try TargetTemplate.of("{{ payload.v }}.").render(payload(".")) }
    }

    @Test(
        "An execution is digits, its page's address, or what is picked",
        arguments: [
            ("4", ExecutionReference.number(4)), ("0012", .number(12)), ("earliest", .selector(Selector(.earliest))),
            ("latest", .selector(Selector(.latest))), ("only", .selector(Selector(.only))),
            ("https://app.buddy.works/a/b", .page("https://app.buddy.works/a/b")), ("http://h/x", .page("http://h/x")),
        ])
    func executions(_ text: String, _ reference: ExecutionReference) throws {
        #expect(ExecutionReference(text) == reference)
        #expect(try TargetTemplate.of("a", "b", "c", "{{ payload.v }}").render(payload(text)).execution == reference)
    }

    @Test(
        "Anything else names no execution",
        arguments: ["", "0", "-4", "+4", "4 ", "4.0", "Earliest", "first", "٤", "#4", "99999999999999999999"])
    func noExecution(_ text: String) throws {
        let error = #expect(throws: RunError.self) {
            try TargetTemplate.of("a", "b", "c", "{{ payload.v }}").render(payload(text))
        }
        #expect(error?.code == .badTemplate && error?.message.contains("names no execution") == true)
    }

    @Test("A selector's filters are rendered once, and are values from then on")
    func filters() throws {
        let filters: [Selector.Field: [Operator<Template>]] = [
            .branch: [.equals(try Template("{{ payload.v }}"))],
            .comment: [.prefix(try Template("for ")), .not([.oneOf([try Template("{{ payload.v }}-x")])])],
        ]
        var template = try TargetTemplate.of()
        template.execution = .selector(.latest, filters: filters, within: 3600)
        let wanted = Selector(
            .latest,
            filters: [
                .branch: .init([.equals("{{ tag }}")]),
                .comment: .init([.prefix("for "), .not([.oneOf(["{{ tag }}-x"])])]),
            ],
            within: 3600)
        #expect(try template.render(payload("{{ tag }}")).execution == .selector(wanted))
        #expect(throws: RunError(code: .badTemplate, message: "the event has no payload.v")) {
            try template.render(Event(command: "/x", text: ""))
        }
    }

    @Test("A filter that is no pattern once it is rendered is refused")
    func badFilter() throws {
        var template = try TargetTemplate.of()
        template.execution = .selector(.only, filters: [.tag: [.regex(try Template("{{ payload.v }}"))]], within: nil)
        #expect(throws: RunError(code: .badTemplate, message: "the filter on tag is no valid pattern")) {
            try template.render(payload("("))
        }
    }
}
