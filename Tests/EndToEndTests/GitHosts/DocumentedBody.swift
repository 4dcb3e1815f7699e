/// A body in the shape that its host documents, of a kind that nobody has recorded for that host.
struct DocumentedBody: Sendable {
    var host: String
    var event: String
    var kind: HostSample.Kind
    var json: String

    private static let commit = "67b56589a45103f891bdee7c0546e5d40bc02001"
    private static let zeros = String(repeating: "0", count: 40)

    static let all = tags + deletions

    private static let tags: [DocumentedBody] = [
        .init(
            host: "gogs", event: "create", kind: .tag,
            json: """
                {"ref":"v1.0.0","ref_type":"tag","sha":"\(commit)","default_branch":"master",
                 "repository":{"name":"repo","full_name":"user/repo"},"sender":{"login":"unknwon"}}
                """),
        .init(
            host: "bitbucket", event: "repo:push", kind: .tag,
            json: """
                {"repository":{"name":"repo_name","full_name":"team_name/repo_name"},"push":{"changes":[{"old":null,
                 "new":{"type":"tag","name":"v1.0.0","target":{"type":"commit","hash":"\(commit)"}},"created":true}]}}
                """),
        .init(
            host: "bitbucket-server", event: "repo:refs_changed", kind: .tag,
            json: """
                {"eventKey":"repo:refs_changed","repository":{"slug":"my-repo","project":{"key":"PRJ"}},"changes":[
                 {"ref":{"id":"refs/tags/v1.0.0","displayId":"v1.0.0","type":"TAG"},"refId":"refs/tags/v1.0.0",
                  "fromHash":"\(zeros)","toHash":"\(commit)","type":"ADD"}]}
                """),
        .init(
            host: "azure-devops", event: "git.push", kind: .tag,
            json: """
                {"eventType":"git.push","resource":{"refUpdates":[{"name":"refs/tags/v1.0.0","oldObjectId":"\(zeros)",
                 "newObjectId":"\(commit)"}],"repository":{"name":"Fabrikam","project":{"name":"Fabrikam"}}}}
                """),
    ]

    private static let deletions: [DocumentedBody] = [
        .init(
            host: "gitlab", event: "push", kind: .deletion,
            json: """
                {"object_kind":"push","event_name":"push","ref":"refs/heads/main","before":"\(commit)",
                 "after":"\(zeros)","checkout_sha":null,"commits":[],"total_commits_count":0,
                 "project":{"name":"Woodpecker","path_with_namespace":"test/woodpecker"}}
                """),
        .init(
            host: "forgejo", event: "delete", kind: .deletion,
            json: """
                {"ref":"main","ref_type":"branch","pusher_type":"user",
                 "repository":{"name":"example","full_name":"example/example"},"sender":{"login":"example"}}
                """),
        .init(
            host: "bitbucket", event: "repo:push", kind: .deletion,
            json: """
                {"repository":{"name":"repo_name","full_name":"team_name/repo_name"},"push":{"changes":[{"new":null,
                 "old":{"type":"branch","name":"main","target":{"hash":"\(commit)"}},"closed":true}]}}
                """),
        .init(
            host: "azure-devops", event: "git.push", kind: .deletion,
            json: """
                {"eventType":"git.push","resource":{"refUpdates":[{"name":"refs/heads/main","oldObjectId":"\(commit)",
                 "newObjectId":"\(zeros)"}],"repository":{"name":"Fabrikam","project":{"name":"Fabrikam"}}}}
                """),
    ]
}
