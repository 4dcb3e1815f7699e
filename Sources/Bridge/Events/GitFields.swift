/// The fields that are the same for every Git host, so that one route serves all of them.
package enum GitField: String, Sendable, CaseIterable {
    /// `acme/web`.
    case repositoryPath = "repository.path"
    case repositoryName = "repository.name"
    /// A short name; missing when the branch was deleted.
    case branch
    /// A short name; missing when the tag was deleted.
    case tag
    /// The commit that the event is about; missing on a deletion.
    case commit
    case authorName = "author.name"
    case authorEmail = "author.email"
    /// Every path added, modified or removed; missing where the sender lists none.
    case paths
    case pullRequestNumber = "pull_request.number"
    case pullRequestSourceBranch = "pull_request.source_branch"
    case pullRequestTargetBranch = "pull_request.target_branch"
    case pullRequestLabels = "pull_request.labels"
}

/// How a Git host tells the fields that all of them have.
package protocol GitFields: Sendable {
    /// The values of a field: none when the event does not tell it, several for lists.
    func values(of field: GitField) -> [String]
}
