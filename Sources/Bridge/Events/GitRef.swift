/// Names of branches and tags as Git writes them: `refs/heads/main`.
enum GitRef {
    /// The name without its prefix; nothing when the ref is of another kind.
    static func short(_ prefix: String, of ref: String?) -> [String] {
        guard let ref, ref.hasPrefix(prefix), ref.count > prefix.count else { return [] }
        return [String(ref.dropFirst(prefix.count))]
    }
}
