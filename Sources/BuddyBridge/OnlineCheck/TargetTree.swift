import Bridge

/// What routes run, workspace by workspace: each workspace, project, pipeline and execution is asked for once.
struct TargetTree {
    /// Something that Buddy may have. Below it lies what is in it.
    struct Node {
        /// The routes that name it, in the order of the file.
        var routes: [String] = []
        var children: [String: Node] = [:]

        /// In the order of their names.
        var inOrder: [(name: String, node: Node)] {
            children.sorted { $0.key < $1.key }.map { (name: $0.key, node: $0.value) }
        }

        fileprivate mutating func insert(_ path: ArraySlice<String>, _ route: String) {
            if !routes.contains(route) { routes.append(route) }
            guard let name = path.first else { return }
            children[name, default: Node()].insert(path.dropFirst(), route)
        }
    }

    /// Everything: its children are the workspaces.
    private(set) var root = Node()
    /// What cannot be asked for, in the order of the file.
    private(set) var notes: [OnlineFinding] = []

    /// How many events are thought of for one target, at most.
    private static let limit = 1000

    init(_ routes: [Route]) {
        for route in routes {
            for template in route.run { add(template.possible(atMost: Self.limit), route.name) }
        }
    }

    private mutating func add(_ possible: PossibleTargets, _ route: String) {
        for target in possible.targets {
            let parts = [target.domain, target.project, target.pipeline, target.execution.map(String.init)]
            let known = parts.prefix { $0 != nil }.compactMap(\.self)
            root.insert(known[...], route)
        }
        if !possible.open.isEmpty {
            let names = possible.open.map { "'\($0)'" }.joined(separator: " and ")
            note("not asked: \(names) \(possible.open.count == 1 ? "is" : "are") made of the event", route)
        }
        if possible.isCut { note("not asked: what more than \(Self.limit) combinations of its maps give", route) }
    }

    private mutating func note(_ message: String, _ route: String) {
        let finding = OnlineFinding(severity: .note, message: "route '\(route)': \(message)")
        if !notes.contains(finding) { notes.append(finding) }
    }
}
