import Testing

@testable import BuddyBridge

@Suite("Every error at once")
struct HiddenErrorTests {
    @Test(
        "No error hides another one of the same section",
        arguments: [
            Variant(
                "A route without a name", 8, "  - usage: x\n    continue: maybe", "8:5: error: a route needs 'name'",
                "9:15: error: 'continue' is true or false, not 'maybe'"),
            Variant(
                "An unknown source, in a route that is bad all over", 11,
                "    continue: maybe\n    allow: {groups: nobody}\n    run: {domain: acme, project: \"{{ x }}\", "
                    + "pipeline: }",
                "11:15: error: 'continue' is true or false, not 'maybe'",
                "12:21: error: there is no group 'nobody'",
                "13:34: error: 'project': unknown field 'x'",
                "13:55: error: 'pipeline' has no value"),
            Variant(
                "Two filters of a selector", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {scheduled: only, branch: , tag: }}",
                "11:90: error: 'branch' has no value", "11:97: error: 'tag' has no value"),
            Variant(
                "A selector without 'scheduled'", 11,
                "    run: {domain: acme, project: web, pipeline: 41, execution: {within: soon}}",
                "11:64: error: 'execution' needs 'scheduled'",
                "11:73: error: 'within' is a time like 500ms, 30s, 5m, 12h or 7d, not 'soon'"),
            Variant(
                "A source without a secret", 3, "  github: {provider: github, secrets: [env:EMPTY], tolerance: soon}",
                "3:40: error: a secret of the source 'github': env:EMPTY is empty",
                "3:63: error: 'tolerance' is a time like 500ms, 30s, 5m, 12h or 7d, not 'soon'"),
            Variant(
                "Two secrets", 3, "  github: {provider: github, secrets: [env:EMPTY, env:NOWHERE]}",
                "3:40: error: a secret of the source 'github': env:EMPTY is empty",
                "3:51: error: a secret of the source 'github': the variable NOWHERE is not set"),
            Variant(
                "An admin token that is empty", 6, "admin: {token: env:EMPTY, port: 70000}",
                "6:16: error: 'token': env:EMPTY is empty",
                "6:33: error: 'port' is a number from 0 to 65535, not '70000'"),
            Variant(
                "An admin port without a token", 6, "admin: {port: 70000}",
                "6:15: error: 'port' is a number from 0 to 65535, not '70000'"),
            Variant(
                "Two conditions", 10, "    when: {evnt: push, branch: {in: branches, glob: }}",
                "10:12: error: unknown field 'evnt'; did you mean 'event'?",
                "10:37: error: 'in' is a list, or the name of a map: there is no map 'branches'",
                "10:53: error: the value of a condition has no value"),
        ])
    func hidden(_ variant: Variant) throws { try variant.check() }
}
