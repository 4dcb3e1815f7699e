/// The addresses in answers. They are Buddy's own, as on the pages, wherever the sandbox listens.
enum Links {
    static let api = "https://api.buddy.works"
    static let app = "https://app.buddy.works"

    static func workspace(_ domain: String) -> String {
        "\(api)/workspaces/\(WireText.segment(domain))"
    }

    static func project(_ key: ProjectKey) -> String {
        "\(workspace(key.domain))/projects/\(WireText.segment(key.project))"
    }

    static func pipeline(_ key: PipelineKey) -> String {
        "\(project(key.project))/pipelines/\(key.id)"
    }

    static func execution(_ execution: SandboxExecution) -> String {
        "\(pipeline(execution.key))/executions/\(execution.id)"
    }

    static func projectPage(_ key: ProjectKey) -> String {
        "\(app)/\(WireText.segment(key.domain))/\(WireText.segment(key.project))"
    }

    static func pipelinePage(_ key: PipelineKey) -> String {
        "\(projectPage(key.project))/pipelines/pipeline/\(key.id)"
    }

    static func executionPage(_ execution: SandboxExecution) -> String {
        "\(pipelinePage(execution.key))/execution/\(execution.hexID)"
    }
}
