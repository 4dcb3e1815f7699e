/// docs.gitlab.com, "Webhook events" and "System hooks".
///
/// GitLab lists the newest 20 commits of a push at most, so `paths` may miss some of a longer one: then
/// `payload.total_commits_count` is more than 20.
struct GitLabFields: GitFields {
    let event: String
    let payload: Payload

    func values(of field: GitField) -> [String] {
        switch field {
        case .repositoryPath: path
        case .repositoryName: path.lastParts
        case .branch: branch
        case .tag: tag
        case .commit: commit
        case .authorName: author("name")
        case .authorEmail: author("email")
        case .paths: isPush ? payload.touchedPaths : []
        case .pullRequestNumber: mergeRequest("iid")
        case .pullRequestSourceBranch: mergeRequest("source_branch")
        case .pullRequestTargetBranch: mergeRequest("target_branch")
        case .pullRequestLabels:
            event == "merge_request"
                ? payload.each("labels", "*", "title") : payload.each("merge_request", "labels", "*", "title")
        }
    }

    private var isPush: Bool { event == "push" || event == "tag_push" }

    /// System hooks about a project have it in their root.
    private var path: [String] {
        payload.all("project", "path_with_namespace").orElse(payload.all("path_with_namespace"))
    }

    /// `after` is the tag itself where a tag has a message; `checkout_sha` is the commit in either case.
    private var push: RefUpdate {
        RefUpdate(payload.scalar("ref"), object: payload.scalar("after"), commit: payload.scalar("checkout_sha"))
    }

    private var branch: [String] {
        switch event {
        case "push", "tag_push": push.branch
        case "pipeline":
            isTag("object_attributes", "tag") == false && !isOfFork ? payload.all("object_attributes", "ref") : []
        case "build": isTag("tag") == false ? payload.all("ref") : []
        default: []
        }
    }

    private var tag: [String] {
        switch event {
        case "push", "tag_push": push.tag
        case "pipeline": isTag("object_attributes", "tag") == true ? payload.all("object_attributes", "ref") : []
        case "build": isTag("tag") == true ? payload.all("ref") : []
        case "release": payload.all("tag")
        default: []
        }
    }

    /// A pipeline for a fork's merge request names the fork's branch, which anybody may call `main`.
    private var isOfFork: Bool {
        payload.scalar("merge_request", "source_project_id") != payload.scalar("merge_request", "target_project_id")
    }

    /// What a `ref` without its prefix is; nil when the sender does not say.
    private func isTag(_ keys: String...) -> Bool? {
        payload.texts(at: keys).first.flatMap(Bool.init)
    }

    private var commit: [String] {
        switch event {
        case "push", "tag_push": push.commits
        case "merge_request": payload.all("object_attributes", "last_commit", "id")
        case "pipeline": payload.all("object_attributes", "sha")
        case "build": payload.all("sha")
        default: payload.all("merge_request", "last_commit", "id").orElse(payload.all("commit", "id"))
        }
    }

    /// Who wrote the commit that the event is about.
    private func author(_ key: String) -> [String] {
        switch event {
        case "push", "tag_push": payload.listedCommit(push.commits.first)?.text("author", key).map { [$0] } ?? []
        case "merge_request": payload.all("object_attributes", "last_commit", "author", key)
        case "build": payload.all("commit", "author_\(key)")
        default:
            payload.all("merge_request", "last_commit", "author", key).orElse(payload.all("commit", "author", key))
        }
    }

    /// A merge request itself, or the one that a comment or a pipeline belongs to.
    private func mergeRequest(_ key: String) -> [String] {
        event == "merge_request" ? payload.all("object_attributes", key) : payload.all("merge_request", key)
    }
}
