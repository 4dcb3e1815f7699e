/// One branch or tag that was pushed. A push may move several.
struct RefUpdate {
    private let ref: String
    /// Nil when the branch or tag was deleted.
    private let commit: String?

    /// - Parameters:
    ///   - ref: the whole name: `refs/heads/main`.
    ///   - object: what it names now. Git writes zeros for nothing; for a tag with a message it is the tag itself.
    ///   - commit: the commit that it leads to, where the sender tells it besides.
    init(_ ref: String?, object: String?, commit: String? = nil) {
        let isGone = object?.allSatisfy { $0 == "0" } ?? false
        self.ref = ref ?? ""
        self.commit = isGone ? nil : commit ?? object
    }

    /// The short name of a branch that is still there.
    var branch: [String] { GitRef.short("refs/heads/", of: commit == nil ? nil : ref) }

    /// The short name of a tag that is still there.
    var tag: [String] { GitRef.short("refs/tags/", of: commit == nil ? nil : ref) }

    var commits: [String] { commit.map { [$0] } ?? [] }
}

extension Payload {
    /// The elements of the array at a path of keys.
    func elements(_ keys: String...) -> [JSONElement] {
        guard case .json(let document) = self else { return [] }
        return document.root.elements(at: keys.map(Payload.Step.name)).flatMap(\.children)
    }

    /// The texts at a path of keys, in which `*` is each element of an array.
    func texts(at keys: [String]) -> [String] { scalars(at: keys.map { $0 == "*" ? .any : .name($0) }) }

    /// A commit of the list that most hosts send, by its id.
    func listedCommit(_ id: String?) -> JSONElement? {
        id.flatMap { id in elements("commits").first { $0.text("id") == id } }
    }

    /// Every path that the listed commits touch.
    var touchedPaths: [String] {
        ["added", "modified", "removed"].flatMap { each("commits", "*", $0, "*") }.distinct
    }
}

extension JSONElement {
    /// The text of the scalar at a path of keys.
    func text(_ keys: String...) -> String? { elements(at: keys.map(Payload.Step.name)).first?.scalar }
}

extension [String] {
    /// These, or others where there are none.
    func orElse(_ others: @autoclosure () -> [String]) -> [String] { isEmpty ? others() : self }

    /// Each once, so that what a branch and a tag on one commit say alike is one value.
    var distinct: [String] {
        var known: Set<String> = []
        return filter { known.insert($0).inserted }
    }

    /// The last part of each path: the name by which a repository is known in URLs, where `name` is one for people.
    var lastParts: [String] { map { path in path.split(separator: "/").last.map(String.init) ?? path } }
}
