import Testing

@testable import Bridge

@Suite("What templates come to")
struct TemplateTableTests {
    private static let maps = ["pipelines": ["acme/web": "41", "acme/shop": "release"], "empty": [:]]
    private static let json = """
        {"name":"Web","n":7,"big":18446744073709551615,"half":0.5,"t":true,"list":["a","b"],"one":["a"],"nothing":null,
         "object":{},"blank":"","path":"acme/web","other":"acme/x","evil":"{{ payload.name }}","dots":"..",
         "line":"a\\nb","key.with.dots":"dotted","page":"https://app.buddy.works/acme/web"}
        """

    private func check(_ template: TargetTemplate, _ expected: String) throws {
        let event = try Event(json: Self.json, git: FixedGitFields(fields: [.branch: ["main"], .paths: ["a", "b"]]))
        let trace = Router(routes: [try .of("route", run: [template])]).decide(event).trace
        #expect(trace.map(\.text) == [expected])
        #expect(trace.map(\.targets.count) == [expected.hasPrefix("->") ? 1 : 0])
    }

    @Test(
        "Values are inserted amid any text, and pass through filters in order",
        arguments: [
            ("web", "web"), ("{{ payload.name }}", "Web"), ("{{payload.name}}", "Web"), ("{{ payload.n }}", "7"),
            ("a-{{ payload.name }}-{{ payload.n }}.z", "a-Web-7.z"), ("{{ payload.t }}", "true"),
            ("{{ payload.big }}", "18446744073709551615"), ("{{ payload.half }}", "0.5"), ("{{ event }}", "push"),
            ("{{ branch }}", "main"), ("{{ source }}-{{ provider }}", "github-github"),
            ("{{ payload['key.with.dots'] }}", "dotted"),
            ("{{ payload.name | lower }}", "web"), ("{{ payload.name | upper }}", "WEB"),
            ("{{payload.name|lower|upper}}", "WEB"), ("{{ payload.path | map: pipelines }}", "41"),
            ("{{ payload.path | map:pipelines }}", "41"),
            ("{{ payload.path | upper | lower | map: pipelines }}", "41"),
            ("{{ payload.none | default: earliest }}", "earliest"),
            ("{{ payload.nothing | default: a b : c }}", "a b : c"), ("{{ payload.name | default: x }}", "Web"),
            ("{{ payload.other | map: pipelines | default: main }}", "main"),
            ("{{ payload.none | map: pipelines | default: 3 }}", "3"),
            ("{{ payload.none | default: acme/web | map: pipelines }}", "41"),
            ("{{ payload.none | default: X | lower }}", "x"), ("{{ payload.one.* }}", "a"),
            ("{{ payload.list.1 }}", "b"), ("} { }} {", "} { }} {"), ("{ {{ event }} }", "{ push }"),
            ("{{ payload.evil }}", "{{ payload.name }}"), ("x{{ payload.blank }}", "x"),
        ])
    func renders(_ text: String, _ project: String) throws {
        try check(.of("acme", text, maps: Self.maps), "-> acme/\(project)/release earliest")
    }

    @Test(
        "Anything but exactly one scalar that is one segment is refused, naming the path or the part",
        arguments: [
            ("{{ payload.none }}", "the event has no payload.none"),
            ("{{ payload.nothing }}", "the event has no payload.nothing"),
            ("{{ payload.object }}", "the event has no payload.object"),
            ("{{ payload.list }}", "the event has no payload.list"),
            ("{{ payload.list.2 }}", "the event has no payload.list.2"),
            ("{{ payload.list.99999999999999999999 }}", "the event has no payload.list.99999999999999999999"),
            ("{{ args.99999999999999999999 }}", "the event has no args.99999999999999999999"),
            ("x{{ tag }}", "the event has no tag"), ("{{ payload.none | lower }}", "the event has no payload.none"),
            ("{{ payload.list.* }}", "payload.list.* has 2 values, but one is needed"),
            ("{{ paths }}", "paths has 2 values, but one is needed"),
            ("{{ payload.list.* | default: x }}", "payload.list.* has 2 values, but one is needed"),
            ("{{ payload.other | map: pipelines }}", "the map 'pipelines' has no entry for the value of payload.other"),
            ("{{ payload.name | map: empty }}", "the map 'empty' has no entry for the value of payload.name"),
            ("", "the project is empty"), ("{{ payload.blank }}", "the project is empty"),
            ("{{ payload.blank | default: x }}", "the project is empty"), ("{{ payload.dots }}", "the project is '..'"),
            ("{{ payload.path }}", "the project holds a slash"), ("{{ event }}/x", "the project holds a slash"),
            ("{{ payload.line }}", "the project holds a control character"),
        ])
    func refused(_ text: String, _ message: String) throws {
        try check(.of("acme", text, maps: Self.maps), "refused: \(message)")
    }

    @Test(
        "Pipelines and executions are what their texts are",
        arguments: [
            ("{{ payload.n }}", "latest", "-> acme/web/7 latest"), ("0{{ payload.n }}", "only", "-> acme/web/7 only"),
            ("v{{ payload.n }}", "{{ payload.none | default: earliest }}", "-> acme/web/v7 earliest"),
            ("release", "{{ payload.n }}", "-> acme/web/release #7"),
            ("release", "{{ payload.page }}", "-> acme/web/release https://app.buddy.works/acme/web"),
            (
                "release", "{{ payload.name }}",
                "refused: 'Web' names no execution: it is a number, an address of its page, 'earliest', 'latest' or "
                    + "'only'"
            ),
            ("{{ payload.half }}", "{{ tag }}", "refused: the event has no tag"),
        ])
    func references(_ pipeline: String, _ execution: String, _ expected: String) throws {
        try check(.of("acme", "web", pipeline, execution), expected)
    }

    private static func one(_ text: String) -> Result<Template, any Error> { Result { try Template(text) } }

    @Test(
        "Filters of selectors are rendered, and refused where no value can be held against them",
        arguments: [
            (Operator.equals(one("{{ branch }}")), "-> acme/web/release earliest, branch equals main"),
            (.prefix(one("{{ payload.dots }}/")), "-> acme/web/release earliest, branch prefix ../"),
            (.regex(one("{{ payload.name }}.*")), "-> acme/web/release earliest, branch regex Web.*"),
            (.regex(one("({{ payload.name }}")), "refused: the filter on branch is no valid pattern"),
            (.lessThan(one("{{ payload.n }}")), "-> acme/web/release earliest, branch lt 7"),
            (.greaterThan(one("2026-01-0{{ payload.n }}")), "-> acme/web/release earliest, branch gt 2026-01-07"),
            (
                .lessThan(one("{{ payload.name }}")),
                "refused: the filter on branch compares with neither a number nor a time"
            ),
            (
                .not([.greaterThan(one("{{ payload.blank }}"))]),
                "refused: the filter on branch compares with neither a number nor a time"
            ),
            (.glob(one("{{ tag }}")), "refused: the event has no tag"),
        ])
    func filters(_ filter: Operator<Result<Template, any Error>>, _ expected: String) throws {
        var template = try TargetTemplate.of("acme", "web")
        template.execution = .selector(.earliest, filters: [.branch: [try filter.map { try $0.get() }]], within: nil)
        try check(template, expected)
    }
}
