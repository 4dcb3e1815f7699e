import BuddySandbox
import TestSupport
import Testing

extension EndToEnd {
    /// 0 where all is right, 1 where Buddy says no or cannot be asked.
    @Suite("check --online", .timeLimit(.minutes(2)))
    struct OnlineCheckTests {
        private static let right = "{domain: acme, project: web, pipeline: 41, execution: 4}"

        @Test("Everything is there")
        func right() async throws {
            try await OnlineStage.run { stage in
                let result = try await stage.check([
                    ("one", Self.right), ("two", "{domain: acme, project: shop, pipeline: release}"),
                    ("three", "[\(Self.right), {domain: acme, project: web, pipeline: tests, execution: latest}]"),
                ])
                #expect(result.code == 0)
                #expect(result.findings == [])
                #expect(result.counts == "Buddy was asked: 0 errors, 0 warnings, 0 notes")
                let paths = await stage.buddy.requests.map { $0.path + ($0.query.map { "?" + $0 } ?? "") }
                let acme = "/workspaces/acme"
                let page = "?page=1&per_page=100"
                #expect(
                    paths == [
                        "/user/token", "\(acme)/projects\(page)", "\(acme)/projects/shop/pipelines\(page)",
                        "\(acme)/identifiers?project=shop&pipeline=release", "\(acme)/projects/shop/pipelines/5",
                        "\(acme)/projects/web/pipelines\(page)", "\(acme)/projects/web/pipelines/41",
                        "\(acme)/projects/web/pipelines/41/executions/4",
                        "\(acme)/identifiers?project=web&pipeline=tests", "\(acme)/projects/web/pipelines/7",
                    ], "each is asked for once")
            }
        }

        @Test(
            "What is not there is told, with Buddy's words and the nearest name that is",
            arguments: [
                (
                    "{domain: acmee, project: web, pipeline: 41}",
                    "the workspace 'acmee' (404: There is no such workspace.)"
                ),
                (
                    "{domain: acme, project: wbe, pipeline: 41}",
                    "the project 'wbe' in the workspace 'acme' (404: There is no such project.); did you mean 'web'?"
                ),
                (
                    "{domain: acme, project: web, pipeline: 42}",
                    "the pipeline '42' of acme/web (404: There is no such pipeline.); there are 7 (Tests), 41 (Release)"
                ),
                (
                    "{domain: acme, project: cellar, pipeline: 41}",
                    "the project 'cellar' in the workspace 'acme' (404: There is no such project.)"
                        + "; there are 'shop', 'web'"
                ),
                (
                    "{domain: acme, project: web, pipeline: relase}",
                    "the pipeline 'relase' of acme/web (404: There is no such pipeline.); did you mean 'release'?"
                ),
                (
                    "{domain: acme, project: web, pipeline: release, execution: 5}",
                    "the execution #5 of pipeline 'release' (404: There is no such execution.)"
                ),
            ])
        func missing(_ target: String, _ what: String) async throws {
            try await OnlineStage.run { stage in
                let result = try await stage.check([("x", target), ("y", Self.right), ("z", target)])
                #expect(result.code == 1)
                #expect(
                    result.findings == ["x", "z"].map { "error: route '\($0)': Buddy does not show \(what)" })
                #expect(result.counts == "Buddy was asked: 2 errors, 0 warnings, 0 notes")
            }
        }

        @Test("Each value of a map is asked for, together with what other maps give for the same key")
        func maps() async throws {
            try await OnlineStage.run { stage in
                let maps = """
                    maps:
                      projects: {acme/web: web, acme/shop: shop, acme/none: none}
                      pipelines: {acme/web: tests, acme/shop: 5, acme/old: 1}
                    """
                let run = """
                    {domain: acme, project: "{{ repository.path | map: projects }}", \
                    pipeline: "{{ repository.path | map: pipelines }}"}
                    """
                let good = try await stage.check([("x", run)], more: maps)
                #expect(good.code == 0)
                #expect(good.findings == [], "shop has no 'tests', and what has no entry is never run")
                let bad = try await stage.check([("x", run)], more: maps.replacing("shop: shop", with: "shop: shoo"))
                #expect(bad.code == 1)
                #expect(
                    bad.findings == [
                        "error: route 'x': Buddy does not show the project 'shoo' in the workspace 'acme' "
                            + "(404: There is no such project.); did you mean 'shop'?"
                    ])
            }
        }

        @Test("What is made of the event is not asked for, and said to be so")
        func templates() async throws {
            try await OnlineStage.run { stage in
                let result = try await stage.check([
                    ("x", #"{domain: acme, project: "{{ repository.name }}", pipeline: 41}"#),
                    ("y", #"{domain: acme, project: web, pipeline: 41, execution: "{{ branch | default: 9 }}"}"#),
                    ("z", #"{domain: "{{ branch }}", project: "{{ tag }}", pipeline: 41, execution: 9}"#),
                ])
                #expect(result.code == 0)
                #expect(
                    result.findings == [
                        "note: route 'x': not asked: 'project' is made of the event",
                        "note: route 'y': not asked: 'execution' is made of the event",
                        "note: route 'z': not asked: 'domain' and 'project' are made of the event",
                    ])
                #expect(result.counts == "Buddy was asked: 0 errors, 0 warnings, 3 notes")
                #expect(await !stage.buddy.requests.contains { $0.path.hasSuffix("/executions/9") })
            }
        }

        @Test("A pipeline that is disabled or paused is a warning")
        func asleep() async throws {
            try await OnlineStage.run { stage in
                await stage.buddy.changeSwitches { switches in
                    switches.pipelineDisabled = true
                    switches.pipelinePaused = true
                }
                let result = try await stage.check([("x", Self.right)])
                #expect(result.code == 0)
                #expect(
                    result.findings == [
                        "warning: route 'x': the pipeline '41' of acme/web is disabled: Disabled by a switch.",
                        "warning: route 'x': the pipeline '41' of acme/web is paused",
                    ])
            }
        }

        @Test("Wrong use and a broken file are 2, and nothing is asked")
        func wrongUse() async throws {
            try await OnlineStage.run { stage in
                let broken = try await stage.check([("x", "{domain: acme, project: web}")])
                #expect(broken.code == 2)
                #expect(broken.counts == "")
                #expect(await stage.buddy.requests.isEmpty)
                let both = try await ServeProcess.run(["check", "--online", "--without-secrets"], environment: [:])
                #expect(both.code == 2)
                #expect(both.complaints.contains("--online"))
            }
        }
    }
}
