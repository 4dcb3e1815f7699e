import Testing

@testable import BuddyBridge

@Suite("Broken conditions and targets")
struct BrokenTargetTests {
    @Test(
        "Conditions",
        arguments: [
            Variant("No value", 10, "    when:", "10:10: error: 'when' is a map, not a missing value"),
            Variant("A text", 10, "    when: push", "10:11: error: 'when' is a map, not a text"),
            Variant("A null value", 10, "    when: {event: }", "10:19: error: the value of a condition has no value"),
            Variant(
                "A list for a value", 10, "    when: {event: [push]}",
                "10:19: error: the value of a condition is a text, not a list"),
            Variant(
                "An unknown field", 10, "    when: {brnach: main}",
                "10:12: error: unknown field 'brnach'; did you mean 'branch'?"),
            Variant(
                "A field that is like none", 10, "    when: {weather: fine}", "10:12: error: unknown field 'weather'"),
            Variant(
                "A payload without a path", 10, "    when: {payload.: x}",
                "10:12: error: bad path 'payload.': a name is missing"),
            Variant(
                "A name that does not end", 10, "    when: {\"payload.a['b\": x}",
                "10:12: error: bad path 'payload.a['b': after '[' comes a quoted name and ']'"),
            Variant(
                "An unknown operator", 10, "    when: {branch: {regexp: x}}",
                "10:21: error: unknown key 'regexp' in a condition; did you mean 'regex'?"),
            Variant(
                "No operator", 10, "    when: {branch: {}}",
                "10:20: error: a condition without an operator would always hold"),
            Variant(
                "No operator in 'not'", 10, "    when: {branch: {not: {}}}",
                "10:26: error: a condition without an operator would always hold"),
            Variant(
                "A null operand", 10, "    when: {branch: {glob: }}",
                "10:27: error: the value of a condition has no value"),
            Variant(
                "A null in a list", 10, "    when: {branch: {in: [main, null]}}",
                "10:32: error: the value of a condition has no value"),
            Variant(
                "An unknown map", 10, "    when: {branch: {in: pipeline}}",
                "10:25: error: 'in' is a list, or the name of a map: there is no map 'pipeline'; did you mean "
                    + "'pipelines'?"
            ),
            Variant(
                "A flag", 10, "    when: {branch: {exists: yes}}",
                "10:29: error: 'exists' is true or false, not 'yes'"),
            Variant(
                "A bad regular expression", 10, "    when: {branch: {regex: \"release-(\"}}",
                "10:28: error: bad regular expression: missing ): release-("),
            Variant(
                "A regular expression that RE2 does not take", 10, "    when: {branch: {not: {regex: '(?=x)'}}}",
                "10:34: error: bad regular expression: invalid perl operator: (?="),
            Variant(
                "A map for 'any'", 10, "    when: {any: {event: push}}",
                "10:17: error: 'all', 'any' and 'none' hold lists of condition maps"),
            Variant(
                "Nothing in 'any'", 10, "    when: {any: []}",
                "10:17: error: 'all', 'any' and 'none' hold lists of condition maps"),
            Variant(
                "A null for 'none'", 10, "    when: {none: }",
                "10:18: error: 'all', 'any' and 'none' hold lists of condition maps"),
            Variant("A text in 'all'", 10, "    when: {all: [push]}", "10:18: error: 'when' is a map, not a text"),
            Variant(
                "An unknown field in 'any'", 10, "    when: {any: [{event: push}, {tga: v1}]}",
                "10:34: error: unknown field 'tga'; did you mean 'tag'?"),
        ])
    func conditions(_ variant: Variant) throws { try variant.check() }

    @Test(
        "Targets",
        arguments: [
            Variant(
                "An unknown key", 11, "    run: {domain: acme, project: web, pipeline: 41, exection: 4}",
                "11:53: error: unknown key 'exection' in 'run'; did you mean 'execution'?"),
            Variant("No domain", 11, "    run: {project: web, pipeline: 41}", "11:10: error: 'run' needs 'domain'"),
            Variant("No project", 11, "    run: {domain: acme, pipeline: 41}", "11:10: error: 'run' needs 'project'"),
            Variant("No pipeline", 11, "    run: {domain: acme, project: web}", "11:10: error: 'run' needs 'pipeline'"),
            Variant("The address of a page tells the rest", 11, "    run: {execution: \"{{ payload.page }}\"}"),
            Variant(
                "So does one that is written", 11,
                "    run: {domain: acme, execution: \"https://app.buddy.works/acme/web/pipelines/pipeline/2/execution/5f\"}"
            ),
            Variant(
                "Not half of it", 11, "    run: {project: web, execution: \"{{ payload.page }}\"}",
                "11:10: error: 'run' needs 'domain'", "11:10: error: 'run' needs 'pipeline'"),
            Variant(
                "Not where it may be something else", 11,
                "    run: {domain: acme, execution: \"{{ payload.page | default: earliest }}\"}",
                "11:10: error: 'run' needs 'project'", "11:10: error: 'run' needs 'pipeline'"),
            Variant(
                "A null pipeline", 11, "    run: {domain: acme, project: web, pipeline: }",
                "11:49: error: 'pipeline' has no value"),
            Variant(
                "In a list", 11, "    run: [{domain: acme, project: web, pipeline: 1}, {domain: acme, project: web}]",
                "11:54: error: 'run' needs 'pipeline'"),
            Variant(
                "An unknown field", 11, "    run: {domain: acme, project: \"{{ repo.name }}\", pipeline: 41}",
                "11:34: error: 'project': unknown field 'repo.name'"),
            Variant(
                "An unknown filter", 11, "    run: {domain: acme, project: \"{{ branch | lowr }}\", pipeline: 41}",
                "11:34: error: 'project': unknown filter 'lowr'; did you mean 'lower'?"),
            Variant(
                "A filter without its value", 11,
                "    run: {domain: acme, project: \"{{ branch | default }}\", pipeline: 41}",
                "11:34: error: 'project': the filter 'default' needs ': VALUE'"),
            Variant(
                "A filter with a value too many", 11,
                "    run: {domain: acme, project: \"{{ branch | upper: x }}\", pipeline: 41}",
                "11:34: error: 'project': the filter 'upper' takes no value"),
            Variant(
                "An unknown map", 11,
                "    run: {domain: acme, project: web, pipeline: \"{{ branch | map: pipeline }}\"}",
                "11:49: error: 'pipeline': there is no map 'pipeline'; did you mean 'pipelines'?"),
            Variant(
                "Braces that do not close", 11, "    run: {domain: acme, project: \"{{ branch }\", pipeline: 41}",
                "11:34: error: 'project': '{{' without its '}}'"),
            Variant(
                "Nothing between the braces", 11, "    run: {domain: acme, project: \"{{ }}\", pipeline: 41}",
                "11:34: error: 'project': unknown field ''"),
        ])
    func targets(_ variant: Variant) throws { try variant.check() }

    @Test(
        "Executions",
        arguments: [
            Variant(
                "A word", 11, "    run: {domain: acme, project: web, pipeline: 41, execution: earlist}",
                "11:64: error: 'execution' is a number, the address of its page, earliest, latest or only, not "
                    + "'earlist'; "
                    + "did you mean 'earliest'?"),
            Variant(
                "Zero", 11, "    run: {domain: acme, project: web, pipeline: 41, execution: 0}",
                "11:64: error: 'execution' is a number, the address of its page, earliest, latest or only, not '0'"),
            Variant(
                "A null", 11, "    run: {domain: acme, project: web, pipeline: 41, execution: }",
                "11:64: error: 'execution' has no value"),
            Variant(
                "A selector that picks nothing", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {within: 1h}}",
                "11:64: error: 'execution' needs 'scheduled'"),
            Variant(
                "An unknown pick", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: first}}",
                "11:76: error: 'scheduled' is one of earliest, latest, only, not 'first'"),
            Variant(
                "An unknown key", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: only, brach: x}}",
                "11:82: error: unknown key 'brach' in 'execution'; did you mean 'branch'?"),
            Variant(
                "A time", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: only, within: 12}}",
                "11:90: error: 'within' is a time like 500ms, 30s, 5m, 12h or 7d, not '12'"),
            Variant(
                "A bad regular expression", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: only, comment: "
                    + "{regex: \"[\"}}}",
                "11:99: error: bad regular expression: missing ]: ["),
            Variant(
                "A bad regular expression within 'not'", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: only, tag: {not: "
                    + "{regex: \"[\"}}}}",
                "11:101: error: bad regular expression: missing ]: ["),
            Variant(
                "A bad template", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: only, revision: \"{{ "
                    + "comit }}\"}}",
                "11:92: error: 'revision': unknown field 'comit'; did you mean 'commit'?"),
            Variant(
                "A null filter", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: only, tag: }}",
                "11:87: error: 'tag' has no value"),
        ])
    func executions(_ variant: Variant) throws { try variant.check() }

    @Test("A workspace without a token of its own, where there is none for all")
    func workspace() throws {
        var variant = Variant(
            "", 11, "    run: {domain: other, project: web, pipeline: 41}",
            "11:19: error: there is no token for the workspace 'other'")
        variant.lines[1] = "buddy: {workspaces: {acme: {token: env:BUDDY_TOKEN}}}"
        try variant.check()
    }
}
