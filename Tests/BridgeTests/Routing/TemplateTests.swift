import FoundationEssentials
import Testing

@testable import Bridge

@Suite("Templates")
struct TemplateTests {
    private static let maps = ["pipelines": ["acme/web": "41", "acme/shop": "release"], "empty": [:]]
    private static let json = """
        {"name":"Web","n":7,"t":true,"list":["a","b"],"one":["a"],"nothing":null,"object":{},"blank":"",
         "path":"acme/web","other":"acme/x","evil":"{{ payload.name }}"}
        """

    private func render(_ text: String) throws -> String {
        try Template(text, maps: Self.maps).render(try Event(json: Self.json))
    }

    @Test(
        "Values are inserted amid any text, and pass through filters in order",
        arguments: [
            ("", ""), ("web", "web"), ("{{ payload.name }}", "Web"), ("{{payload.name}}", "Web"),
            ("a-{{ payload.name }}-{{ payload.n }}/z", "a-Web-7/z"), ("{{ payload.t }}", "true"),
            ("{{ event }}", "push"),
            ("{{ payload.name | lower }}", "web"), ("{{ payload.name | upper }}", "WEB"),
            ("{{payload.name|lower|upper}}", "WEB"),
            ("{{ payload.path | map: pipelines }}", "41"), ("{{ payload.path | map:pipelines }}", "41"),
            ("{{ payload.path | upper | lower | map: pipelines }}", "41"),
            ("{{ payload.none | default: earliest }}", "earliest"),
            ("{{ payload.nothing | default: a b : c }}", "a b : c"), ("{{ payload.name | default: x }}", "Web"),
            ("{{ payload.other | map: pipelines | default: main }}", "main"),
            ("{{ payload.none | map: pipelines | default: 3 }}", "3"),
            ("{{ payload.none | default: acme/web | map: pipelines }}", "41"),
            ("{{ payload.none | default: X | lower }}", "x"),
            ("{{ payload.one.* }}", "a"), ("{{ payload.list.1 }}", "b"), ("{{ payload.blank }}", ""),
            ("{{ payload.blank | default: x }}", ""),
            ("} { }} {", "} { }} {"), ("{ {{ event }} }", "{ push }"),
        ])
    func renders(_ text: String, _ expected: String) throws {
        #expect(try render(text) == expected)
    }

    @Test("A value is never a template itself")
    func valuesStay() throws {
        #expect(try render("{{ payload.evil }}") == "{{ payload.name }}")
    }

    @Test(
        "Anything but exactly one scalar is refused, naming the path",
        arguments: [
            ("{{ payload.none }}", "the event has no payload.none"),
            ("{{ payload.nothing }}", "the event has no payload.nothing"),
            ("{{ payload.object }}", "the event has no payload.object"),
            ("{{ payload.list }}", "the event has no payload.list"),
            ("x{{ tag }}", "the event has no tag"), ("{{ payload.none | lower }}", "the event has no payload.none"),
            ("{{ payload.list.* }}", "payload.list.* has 2 values, but one is needed"),
            ("{{ payload.list.* | default: x }}", "payload.list.* has 2 values, but one is needed"),
            ("{{ payload.other | map: pipelines }}", "the map 'pipelines' has no entry for the value of payload.other"),
            ("{{ payload.name | map: empty }}", "the map 'empty' has no entry for the value of payload.name"),
        ])
    func refused(_ text: String, _ message: String) {
        #expect(throws: RunError(code: .badTemplate, message: message)) { try render(text) }
    }

    @Test(
        "What is no template is an error, with the nearest word that is known",
        arguments: [
            ("{{ branch", "'{{' without its '}}'", nil), ("a {{ branch }", "'{{' without its '}}'", nil),
            ("{{ branc }}", "unknown field 'branc'", "branch"), ("{{ }}", "unknown field ''", nil),
            ("{{ payload.a. }}", "bad path 'payload.a.': a name is missing", nil),
            ("{{ branch | lowr }}", "unknown filter 'lowr'", "lower"),
            ("{{ branch | defualt: x }}", "unknown filter 'defualt'", "default"),
            ("{{ branch | }}", "unknown filter ''", nil), ("{{ branch || lower }}", "unknown filter ''", nil),
            ("{{ branch | map: pipeline }}", "there is no map 'pipeline'", "pipelines"),
            ("{{ branch | map: zzz }}", "there is no map 'zzz'", nil),
            ("{{ branch | map }}", "the filter 'map' needs ': VALUE'", nil),
            ("{{ branch | default }}", "the filter 'default' needs ': VALUE'", nil),
            ("{{ branch | lower: x }}", "the filter 'lower' takes no value", nil),
            ("{{ branch | upper: }}", "the filter 'upper' takes no value", nil),
        ])
    func invalid(_ text: String, _ message: String, _ suggestion: String?) {
        #expect(throws: Template.Invalid(message: message, suggestion: suggestion)) {
            try Template(text, maps: Self.maps)
        }
    }

    @Test("A template without placeholders is literal text")
    func literal() throws {
        #expect(try Template("acme").literal == "acme" && Template("").literal == "")
        #expect(try Template("{{ branch }}").literal == nil && Template("a{{ branch }}").literal == nil)
    }
}
