import Testing

@testable import Bridge

/// Of what the real bodies hold no sample: forks, tags with a message, long pushes, several changes at once.
@Suite("Git fields at the edges")
struct GitFieldEdgeTests {
    @Test(
        "The commit of a tag with a message is the commit, not the tag",
        arguments: [
            ("github", "push", #""after":"7a90","head_commit":{"id":"506a"}"#),
            ("gitea", "push", #""after":"7a90","head_commit":{"id":"506a"}"#),
            ("forgejo", "push", #""after":"7a90","head_commit":{"id":"506a"}"#),
            ("gitlab", "push", #""object_kind":"tag_push","after":"7a90","checkout_sha":"506a""#),
        ])
    func annotatedTag(_ host: String, _ event: String, _ body: String) throws {
        try GitProviders.expect(
            host, event, #"{"ref":"refs/tags/v1",\#(body)}"#, tells: [.tag: ["v1"], .commit: ["506a"]])
    }

    @Test("What is gone is gone, whatever else is told", arguments: ["gitea", "gitlab"])
    func deletion(_ host: String) throws {
        let zeros = String(repeating: "0", count: 40)
        try GitProviders.expect(
            host, "push",
            #"{"object_kind":"push","ref":"refs/tags/v1","after":"\#(zeros)","head_commit":{"id":"5"},"checkout_sha":"5"}"#,
            tells: [:])
    }

    @Test("A run for a fork's pull request tells its commit, but no branch of the repository")
    func forks() throws {
        let run = #""workflow_run":{"head_branch":"main","head_sha":"506a","head_repository":{"full_name":"FORK"}}"#
        let repository = #"{"repository":{"name":"web","full_name":"acme/web"},"#
        let web: [GitField: [String]] = [.repositoryPath: ["acme/web"], .repositoryName: ["web"], .commit: ["506a"]]
        try GitProviders.expect(
            "github", "workflow_run", repository + run.replacing("FORK", with: "mallory/web") + "}", tells: web)
        try GitProviders.expect(
            "github", "workflow_run", repository + run.replacing("FORK", with: "acme/web") + "}",
            tells: web.merging([.branch: ["main"]]) { $1 })

        let pipeline = #"{"object_kind":"pipeline","object_attributes":{"ref":"main","tag":false,"sha":"506a"},"#
        func merge(_ source: Int) -> String {
            pipeline + #""merge_request":{"source_project_id":\#(source),"target_project_id":1}}"#
        }
        try GitProviders.expect("gitlab", nil, merge(2), tells: [.commit: ["506a"]])
        try GitProviders.expect("gitlab", nil, merge(1), tells: [.commit: ["506a"], .branch: ["main"]])
    }

    @Test(
        "GitHub's other events tell their commit",
        arguments: [
            ("deployment", #"{"deployment":{"sha":"506a","ref":"main"}}"#),
            ("deployment_status", #"{"deployment":{"sha":"506a"},"deployment_status":{"state":"success"}}"#),
            ("workflow_job", #"{"workflow_job":{"head_sha":"506a","head_branch":"main"}}"#),
            ("commit_comment", #"{"comment":{"commit_id":"506a"}}"#),
        ])
    func commits(_ event: String, _ body: String) throws {
        try GitProviders.expect("github", event, body, tells: [.commit: ["506a"]])
    }

    @Test("A run that is started by hand tells its branch or tag")
    func byHand() throws {
        try GitProviders.expect(
            "github", "workflow_dispatch", #"{"ref":"refs/heads/main"}"#, tells: [.branch: ["main"]])
        try GitProviders.expect("github", "workflow_dispatch", #"{"ref":"refs/tags/v1"}"#, tells: [.tag: ["v1"]])
    }

    @Test("Checks and statuses tell who wrote the commit", arguments: ["workflow_run", "check_suite", "status"])
    func authors(_ event: String) throws {
        let author = #"{"author":{"name":"Mike","email":"mike@x"}}"#
        let body =
            event == "status" ? #"{"commit":{"commit":\#(author)}}"# : #"{"\#(event)":{"head_commit":\#(author)}}"#
        try GitProviders.expect("github", event, body, tells: [.authorName: ["Mike"], .authorEmail: ["mike@x"]])
    }

    @Test("A comment on a pull request tells its number and labels, one on an issue does not")
    func comments() throws {
        let issue = #""issue":{"number":3,"labels":[{"name":"deploy"}]"#
        let told: [GitField: [String]] = [.pullRequestNumber: ["3"], .pullRequestLabels: ["deploy"]]
        try GitProviders.expect("github", "issue_comment", "{\(issue),\"pull_request\":{\"url\":\"x\"}}}", tells: told)
        try GitProviders.expect("github", "issue_comment", "{\(issue)}}", tells: [:])
        try GitProviders.expect("gitea", "issue_comment", "{\(issue)},\"is_pull\":true}", tells: told)
        try GitProviders.expect("gitea", "issue_comment", "{\(issue)},\"is_pull\":false}", tells: [:])
    }

    @Test("Of more than 20 commits GitLab lists the newest, and says how many there are")
    func longPush() throws {
        let commits = (6...25).map {
            #"{"id":"c\#($0)","author":{"name":"A\#($0)","email":"a@x"},"added":["p\#($0)"]}"#
        }
        let body = """
            {"object_kind":"push","ref":"refs/heads/main","after":"c25","checkout_sha":"c25","total_commits_count":25,
             "commits":[\(commits.joined(separator: ","))]}
            """
        try GitProviders.expect(
            "gitlab", nil, body,
            tells: [
                .branch: ["main"], .commit: ["c25"], .authorName: ["A25"], .authorEmail: ["a@x"],
                .paths: (6...25).map { "p\($0)" },
            ])
        let event = try GitProviders.event("gitlab", nil, body)
        #expect(event.values(at: try FieldPath("payload.total_commits_count")) == ["25"])
    }

    // MARK: Several changes in one event

    /// Bitbucket tells of a `git push` once, however many branches and tags it moves.
    private func push(_ changes: String...) throws -> Event {
        try GitProviders.event(
            "bitbucket", "repo:push",
            #"{"repository":{"full_name":"acme/web"},"push":{"changes":[\#(changes.joined(separator: ","))]}}"#)
    }

    private func change(_ kind: String, _ name: String, _ commit: String) -> String {
        let author = #"{"raw":"Emma <emma@x>"}"#
        return #"{"new":{"type":"\#(kind)","name":"\#(name)","target":{"hash":"\#(commit)","author":\#(author)}}}"#
    }

    private func text(_ template: String, _ event: Event) throws -> String { try Template(template).render(event) }

    @Test("A branch and a tag on one commit are one value each")
    func oneCommit() throws {
        let event = try push(change("branch", "main", "709d"), change("tag", "v1", "709d"))
        #expect(
            try text("{{ branch }} {{ tag }} {{ commit }} {{ author.name }} {{ author.email }}", event)
                == "main v1 709d Emma emma@x")
    }

    @Test("Two branches satisfy a condition each, and are too many for a template, which says so")
    func twoBranches() throws {
        let event = try push(change("branch", "main", "709d"), change("branch", "dev", "1e65"))
        for (field, values) in [("branch", ["main", "dev"]), ("commit", ["709d", "1e65"])] {
            #expect(event.values(at: try FieldPath(field)) == values)
            let error = #expect(throws: RunError.self) { try text("{{ \(field) }}", event) }
            #expect(error?.code == .badTemplate)
            #expect(error?.message == "\(field) has 2 values, but one is needed")
        }
        #expect(try text("{{ author.name }}", event) == "Emma")
    }
}
