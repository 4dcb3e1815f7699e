/// learn.microsoft.com, "Service hooks events". No event lists paths.
struct AzureDevOpsFields: GitFields {
    let payload: Payload

    func values(of field: GitField) -> [String] {
        switch field {
        case .repositoryPath: path
        case .repositoryName: subject("repository", "name")
        case .branch: updates.flatMap(\.branch)
        case .tag: updates.flatMap(\.tag)
        case .commit: updates.flatMap(\.commits).distinct.orElse(subject("lastMergeSourceCommit", "commitId"))
        case .authorName: author("name").orElse(subject("createdBy", "displayName"))
        case .authorEmail: author("email")
        case .pullRequestNumber: subject("pullRequestId")
        case .pullRequestSourceBranch: subject("sourceRefName").flatMap { GitRef.short("refs/heads/", of: $0) }
        case .pullRequestTargetBranch: subject("targetRefName").flatMap { GitRef.short("refs/heads/", of: $0) }
        case .pullRequestLabels: subject("labels", "*", "name")
        case .paths: []
        }
    }

    /// Project and repository: what stands around `_git` in a repository's URL.
    private var path: [String] {
        guard let project = subject("repository", "project", "name").first,
            let name = subject("repository", "name").first
        else { return [] }
        return ["\(project)/\(name)"]
    }

    /// What is told of the resource, or of the pull request in it that was commented on.
    private func subject(_ keys: String...) -> [String] {
        let place = payload.has("resource", "pullRequest") ? ["resource", "pullRequest"] : ["resource"]
        return payload.texts(at: place + keys)
    }

    /// What was pushed, or what was built.
    private var updates: [RefUpdate] {
        let pushed = payload.elements("resource", "refUpdates").map { update in
            RefUpdate(update.text("name"), object: update.text("newObjectId"))
        }
        return pushed.isEmpty ? built.map { [$0] } ?? [] : pushed
    }

    /// Version 2 of a build's resource tells ref and commit apart, version 1 as `LG:refs/heads/main:600c52d2…`.
    private var built: RefUpdate? {
        if let commit = payload.scalar("resource", "sourceVersion") {
            return RefUpdate(payload.scalar("resource", "sourceBranch"), object: commit)
        }
        let parts = payload.scalar("resource", "sourceGetVersion")?.split(separator: ":") ?? []
        return parts.count == 3 ? RefUpdate(String(parts[1]), object: String(parts[2])) : nil
    }

    /// Who wrote the commit that a push ends with.
    private func author(_ key: String) -> [String] {
        let commits = payload.elements("resource", "commits")
        return updates.flatMap(\.commits).flatMap { id in
            commits.first { $0.text("commitId") == id }?.text("author", key).map { [$0] } ?? []
        }.distinct
    }
}
