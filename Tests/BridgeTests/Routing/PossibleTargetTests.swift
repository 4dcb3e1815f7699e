import Testing

@testable import Bridge

@Suite("What a target can come to")
struct PossibleTargetTests {
    private static let maps = [
        "projects": ["acme/web": "web", "acme/shop": "shop"], "pipelines": ["acme/web": "41", "acme/old": "7"],
        "hosts": ["a": "x", "b": "y"],
    ]

    /// - Parameter parts: domain, project, pipeline, execution.
    private func possible(_ parts: String..., atMost limit: Int = 100) throws -> PossibleTargets {
        let templates = try parts.map { try Template($0, maps: Self.maps) }
        return TargetTemplate(
            domain: templates[0], project: templates[1], pipeline: templates[2], execution: .template(templates[3])
        ).possible(atMost: limit)
    }

    private func texts(_ possible: PossibleTargets) -> Set<String> {
        Set(
            possible.targets.map { target in
                "\(target.domain ?? "?")/\(target.project ?? "?")/\(target.pipeline ?? "?")"
                    + "/\(target.execution.map(String.init) ?? "?")"
            })
    }

    @Test(
        "Literals and maps are known, values of events are not",
        arguments: [
            (["acme", "web", "41", "4"], ["acme/web/41/4"], []),
            (["acme", "web", "release", "earliest"], ["acme/web/release/?"], []),
            (
                ["{{ tag }}", "web-{{ branch | lower }}", "1", "{{ args.0 | default: 4 }}"], ["?/?/1/?"],
                ["domain", "project", "execution"]
            ),
            (
                ["acme", "p-{{ repository.path | map: projects }}", "1", "4"],
                ["acme/p-web/1/4", "acme/p-shop/1/4"], []
            ),
            (
                ["acme", "{{ repository.path | map: projects | upper }}", "1", "4"], ["acme/WEB/1/4", "acme/SHOP/1/4"],
                []
            ),
            // The same repository on both sides: `shop` never meets 41.
            (
                ["acme", "{{ repository.path | map: projects }}", "{{ repository.path | map: pipelines }}", "4"],
                ["acme/web/41/4"], []
            ),
            (
                [
                    "acme", "{{ repository.path | map: projects }}",
                    "{{ repository.path | map: pipelines | default: main }}", "4",
                ],
                ["acme/web/41/4", "acme/shop/main/4"], []
            ),
            (
                ["acme", "{{ branch | map: hosts }}", "{{ repository.path | map: pipelines }}", "4"],
                ["acme/x/41/4", "acme/x/7/4", "acme/y/41/4", "acme/y/7/4"], []
            ),
            // No letter of a key is left after `upper`, so the map gives nothing.
            (["acme", "{{ branch | upper | map: hosts }}", "1", "4"], [], []),
            (["acme", "{{ branch | default: a | map: hosts }}", "1", "4"], ["acme/x/1/4", "acme/y/1/4"], []),
            (["acme", "{{ branch | map: hosts }}-{{ tag }}", "1", "4"], ["acme/?/1/4"], ["project"]),
        ] as [([String], [String], [String])])
    func known(_ parts: [String], _ expected: [String], _ open: [String]) throws {
        let possible = try possible(parts[0], parts[1], parts[2], parts[3])
        #expect(texts(possible) == Set(expected))
        #expect(possible.targets.count == expected.count, "each once")
        #expect(possible.open == open)
        #expect(!possible.isCut)
    }

    @Test("Of very many, only so many are thought of")
    func limit() throws {
        let run = ["acme", "{{ branch | map: hosts }}", "{{ repository.path | map: pipelines }}", "4"]
        // Three branches and three repositories, `none of the keys` among them.
        #expect(try !possible(run[0], run[1], run[2], run[3], atMost: 9).isCut)
        #expect(try possible(run[0], run[1], run[2], run[3], atMost: 8).isCut)
    }

    @Test("Filters of a selector are no part of the address")
    func selector() throws {
        let part = try Template("1")
        let template = TargetTemplate(
            domain: part, project: part, pipeline: part,
            execution: .selector(.only, filters: [.branch: [.equals(try Template("{{ branch }}"))]], within: nil))
        #expect(template.possible(atMost: 1).open == [])
        #expect(template.possible(atMost: 1).targets.map(\.execution) == [nil])
    }
}
