import FoundationEssentials
import Testing

@testable import Bridge

@Suite("What GitHub's events tell as all Git hosts do")
struct GitHubFieldTests {
    /// Everything that an event tells; what is left out must be missing.
    private func expect(
        _ event: String, _ json: String, tells expected: [GitField: [String]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let provider = GitHub()
        let sample = Sample(event: event, payload: Array(json.utf8))
        let request = provider.sign(sample, with: try .of("secret"), at: noon)
        let git = try #require(try provider.event(request, try .of("secret")).git, sourceLocation: sourceLocation)
        for field in GitField.allCases {
            #expect(git.values(of: field) == expected[field] ?? [], "\(field.rawValue)", sourceLocation: sourceLocation)
        }
    }

    @Test("A push to a branch")
    func pushBranch() throws {
        let json = """
            {"ref":"refs/heads/feature/x","after":"506a3963","deleted":false,
             "repository":{"name":"web","full_name":"acme/web"},
             "head_commit":{"id":"506a3963","author":{"name":"Mike Benson","email":"mike@example.com"}},
             "commits":[{"added":["a.txt"],"modified":["b.txt","c/d.txt"],"removed":[]},
                        {"added":["e.txt"],"modified":[],"removed":["a.txt"]}]}
            """
        try expect(
            "push", json,
            tells: [
                .repositoryPath: ["acme/web"], .repositoryName: ["web"], .branch: ["feature/x"], .commit: ["506a3963"],
                .authorName: ["Mike Benson"], .authorEmail: ["mike@example.com"],
                .paths: ["a.txt", "e.txt", "b.txt", "c/d.txt"],
            ])
    }

    @Test("A push of a tag")
    func pushTag() throws {
        try expect(
            "push", #"{"ref":"refs/tags/v1.0","after":"506a3963","deleted":false}"#,
            tells: [.tag: ["v1.0"], .commit: ["506a3963"]])
    }

    @Test("The deletion of a branch or tag tells no name and no commit", arguments: ["heads", "tags"])
    func deleted(_ kind: String) throws {
        let zeros = String(repeating: "0", count: 40)
        try expect(
            "push",
            #"{"ref":"refs/\#(kind)/main","after":"\#(zeros)","deleted":true,"head_commit":null,"commits":[]}"#,
            tells: [:])
        try expect("delete", #"{"ref":"main","ref_type":"\#(kind == "heads" ? "branch" : "tag")"}"#, tells: [:])
    }

    @Test(
        "A push to anything else is neither branch nor tag",
        arguments: ["refs/notes/commits", "main", "refs/heads/", "refs/heads", "refs/tags/", "refs/pull/1/head", ""])
    func otherRef(_ ref: String) throws {
        try expect("push", #"{"ref":"\#(ref)","after":"506a3963"}"#, tells: [.commit: ["506a3963"]])
    }

    @Test("The creation of a branch or tag names it")
    func created() throws {
        try expect("create", #"{"ref":"dev","ref_type":"branch"}"#, tells: [.branch: ["dev"]])
        try expect("create", #"{"ref":"v1","ref_type":"tag"}"#, tells: [.tag: ["v1"]])
        try expect("create", #"{"ref":null,"ref_type":"repository"}"#, tells: [:])
    }

    @Test("A pull request")
    func pullRequest() throws {
        let json = """
            {"action":"labeled","number":7,"repository":{"name":"web","full_name":"acme/web"},
             "pull_request":{"number":7,"user":{"login":"octocat"},"labels":[{"name":"deploy"},{"name":"qa"}],
               "head":{"ref":"fix","sha":"28911bbb"},"base":{"ref":"main","sha":"00000001"}}}
            """
        try expect(
            "pull_request", json,
            tells: [
                .repositoryPath: ["acme/web"], .repositoryName: ["web"], .commit: ["28911bbb"],
                .authorName: ["octocat"], .pullRequestNumber: ["7"], .pullRequestSourceBranch: ["fix"],
                .pullRequestTargetBranch: ["main"], .pullRequestLabels: ["deploy", "qa"],
            ])
    }

    @Test("A release tells its tag")
    func release() throws {
        try expect("release", #"{"action":"published","release":{"tag_name":"v2"}}"#, tells: [.tag: ["v2"]])
    }

    @Test("Checks and workflow runs tell branch and commit", arguments: ["workflow_run", "check_suite"])
    func checks(_ event: String) throws {
        try expect(
            event, #"{"\#(event)":{"head_branch":"main","head_sha":"506a"}}"#,
            tells: [.branch: ["main"], .commit: ["506a"]])
        try expect(event, #"{"\#(event)":{"head_branch":null,"head_sha":"506a"}}"#, tells: [.commit: ["506a"]])
    }

    @Test("A status and a check run tell their commit")
    func commits() throws {
        try expect("status", #"{"sha":"506a"}"#, tells: [.commit: ["506a"]])
        try expect("check_run", #"{"check_run":{"head_sha":"506a"}}"#, tells: [.commit: ["506a"]])
    }

    @Test("An event of another shape tells nothing, and does no harm")
    func otherShapes() throws {
        for json in ["[]", "1", "null", #"{"ref":1,"after":{},"repository":[],"commits":{"added":"x"}}"#] {
            try expect("issue_comment", json, tells: [:])
        }
        try expect("push", #"{"ref":["refs/heads/main"],"after":[],"commits":[{"added":"a"}]}"#, tells: [:])
    }
}
