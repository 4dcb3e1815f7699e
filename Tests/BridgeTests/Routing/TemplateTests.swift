import FoundationEssentials
import Testing

@testable import Bridge

@Suite("Templates")
struct TemplateTests {
    private static let maps = ["pipelines": ["acme/web": "41", "acme/shop": "release"], "empty": [:]]

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
