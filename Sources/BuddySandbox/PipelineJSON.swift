/// Writes pipelines as the API shows them.
struct PipelineJSON {
    let switches: SandboxSwitches

    /// The pipeline within an execution.
    func brief(_ pipeline: SandboxPipeline) -> SandboxJSON {
        .object(head(pipeline) + last(pipeline))
    }

    /// The whole pipeline.
    func whole(_ pipeline: SandboxPipeline) -> SandboxJSON {
        let key = pipeline.key
        let whole = SandboxJSON.object(
            head(pipeline) + [.init("identifier", .string(pipeline.identifier)), .init("events", [])] + last(pipeline)
                + [
                    .init("create_date", .string(WireTime.text(pipeline.createdAt, switches.dateFractions))),
                    .init("priority", "NORMAL"),
                    .init("paused", .bool(switches.pipelinePaused)),
                    .init("disabled", .bool(switches.pipelineDisabled)),
                    .init("disabled_reason", switches.pipelineDisabled ? "Disabled by a switch." : .null),
                    .init("project", project(key.project)),
                    .init("creator", MissionExample.person(key.project.domain)),
                ])
        return switches.emptyFields == .omitted ? whole.withoutNulls : whole
    }

    private func head(_ pipeline: SandboxPipeline) -> [SandboxJSON.Member] {
        [
            .init("url", .string(Links.pipeline(pipeline.key))),
            .init("html_url", .string(Links.pipelinePage(pipeline.key))),
            .init("id", .number(pipeline.key.id)),
            .init("name", .string(pipeline.name)),
            .init("on", "CLICK"),
            .init("refs", .array(pipeline.refs.map(SandboxJSON.string))),
        ]
    }

    private func last(_ pipeline: SandboxPipeline) -> [SandboxJSON.Member] {
        let last = pipeline.lastStarted.flatMap { pipeline.executions[$0] }
        return [
            .init("last_execution_status", .string(last?.shown(switches).status ?? "INITIAL")),
            .init("last_execution_revision", .text(last?.revision)),
        ]
    }

    /// The project, as lists and pipelines show it.
    func project(_ key: ProjectKey) -> SandboxJSON {
        [
            "url": .string(Links.project(key)),
            "html_url": .string(Links.projectPage(key)),
            "name": .string(key.project),
            "display_name": .string(key.project),
            "status": "ACTIVE",
        ]
    }
}
