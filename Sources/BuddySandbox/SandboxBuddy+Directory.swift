// What there is: identifiers, projects, pipelines, the user and the token.
extension SandboxBuddy {
    /// `GET /workspaces/{domain}/identifiers?project=&pipeline=`: names to numbers.
    func identifiers(domain: String, _ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        try require("WORKSPACE")
        guard projects.contains(where: { $0.domain == domain }) else {
            throw Refusal(404, "There is no such workspace.")
        }
        let parameters = request.parameters
        var members: [SandboxJSON.Member] = [
            .init("url", .string("\(Links.workspace(domain))/identifiers")),
            .init("html_url", .string("\(Links.app)/\(WireText.segment(domain))")),
            .init("domain", .string(domain)),
        ]
        guard let project = parameters["project"] else {
            guard parameters["pipeline"] == nil else {
                throw Refusal(switches.badRequestCode, "A pipeline needs its project.")
            }
            return .json(.object(members))
        }
        let key = ProjectKey(domain: domain, project: project)
        guard projects.contains(key) else { throw Refusal(404, "There is no such project.") }
        members.append(.init("project_identifier", .string(project)))
        if let identifier = parameters["pipeline"] {
            let found = pipelines.values.filter { $0.key.project == key && $0.identifier == identifier }
            guard let pipeline = found.map(\.key.id).min() else { throw Refusal(404, "There is no such pipeline.") }
            members.append(.init("pipeline_id", .number(pipeline)))
        }
        return .json(.object(members))
    }

    /// `GET /workspaces/{domain}/projects`, by name.
    func list(projectsOf domain: String, _ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        try require("WORKSPACE")
        let found = projects.filter { $0.domain == domain }.sorted { $0.project < $1.project }
        guard !found.isEmpty else { throw Refusal(404, "There is no such workspace.") }
        let writer = PipelineJSON(switches: switches)
        return .json([
            "url": "\(Links.workspace(domain))/projects",
            "html_url": "\(Links.app)/\(WireText.segment(domain))",
            "projects": .array(PageCut(request.parameters).part(of: found).map(writer.project)),
        ])
    }

    /// `GET …/pipelines`
    func list(pipelinesOf key: ProjectKey, _ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        try requireLook()
        guard projects.contains(key) else { throw Refusal(404, "There is no such project.") }
        let parameters = request.parameters
        var found = pipelines.values.filter { $0.key.project == key }.sorted { $0.key.id < $1.key.id }
        if parameters["sort_by"] == "name" { found.sort { $0.name < $1.name } }
        if parameters["sort_direction"] == "DESC" { found.reverse() }
        let writer = PipelineJSON(switches: switches)
        return .json([
            "url": "\(Links.project(key))/pipelines",
            "html_url": "\(Links.projectPage(key))/pipelines",
            "pipelines": .array(PageCut(parameters).part(of: found).map(writer.whole)),
        ])
    }

    /// `GET …/pipelines/{id}`
    func show(pipeline key: PipelineKey) throws(Refusal) -> SandboxAnswer {
        try requireLook()
        return .json(PipelineJSON(switches: switches).whole(try existing(key)))
    }

    /// `GET /user`
    func user() throws(Refusal) -> SandboxAnswer {
        try require("USER_INFO")
        return .json([
            "url": "\(Links.api)/user",
            "html_url": "\(Links.app)/my-id",
            "id": 1,
            "name": "Mike Benson",
            "avatar_url": .string(MissionExample.avatar),
            "workspaces_url": "\(Links.api)/workspaces",
        ])
    }

    /// `GET /user/token`: the token's own scopes; never the token.
    func ownToken() throws(Refusal) -> SandboxAnswer {
        try require("TOKEN_INFO")
        let id = "00000000-0000-4000-8000-000000000001"
        return .json([
            "url": "\(Links.api)/user/tokens/\(id)",
            "html_url": "\(Links.app)/api-tokens/details/\(id)",
            "id": .string(id),
            "name": "Sandbox token",
            "expires_at": .null,
            "scopes": .array(switches.tokenScopes.map(SandboxJSON.string)),
            "ip_restrictions": [],
            "workspace_restrictions": [],
        ])
    }
}
