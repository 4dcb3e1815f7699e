/// Writes the branches, tags and commits of a project.
struct CommitJSON {
    let project: ProjectKey

    func branch(_ name: String) -> SandboxJSON {
        [
            "url": "\(repository)/branches/\(WireText.segment(name))",
            "html_url": "\(repositoryPage)/branch/\(WireText.segment(name))",
            "name": .string(name),
            "default": .bool(name == "master"),
        ]
    }

    func tag(_ name: String) -> SandboxJSON {
        [
            "url": "\(repository)/tags/\(WireText.segment(name))",
            "html_url": "\(repositoryPage)/tag/\(WireText.segment(name))",
            "name": .string(name),
        ]
    }

    /// A commit; all but its revision is the published example's.
    func commit(_ revision: String?) -> SandboxJSON {
        guard let revision else { return .null }
        let person = MissionExample.person(project.domain)
        return [
            "url": "\(repository)/commits/\(WireText.segment(revision))",
            "html_url": "\(repositoryPage)/commit/\(WireText.segment(revision))",
            "revision": .string(revision),
            "author_date": "2016-01-19T12:36:33Z",
            "commit_date": "2016-01-19T12:36:33Z",
            "message": "init repo\n",
            "committer": person,
            "author": person,
        ]
    }

    private var repository: String {
        "\(Links.project(project))/repository"
    }

    private var repositoryPage: String {
        "\(Links.projectPage(project))/repository"
    }
}
