import Bridge

/// `routes`: what runs when.
extension ConfigLoader {
    static let routeKeys = [
        "name", "source", "when", "usage", "allow", "deny", "windows", "run", "continue", "dry_run", "overrun",
        "concurrency_key", "throttle",
    ]
    static let throttleKeys = ["runs", "per"]

    func loadRoutes() {
        let sections = required("routes")
        for section in sections where !section.isSequence { section.error("'routes' is a list") }
        let lists = sections.filter(\.isSequence)
        guard !lists.isEmpty else { return }
        var names: [String: ConfigNode] = [:]
        for node in lists.flatMap({ $0.elements() }) {
            guard let map = node.mapping("a route", keys: Self.routeKeys) else { continue }
            let nameNode = map.required("name", in: "a route")
            let name = nameNode?.text("'name'")
            if let name, let nameNode {
                if let other = names[name] { refuseSameName(nameNode, name, other) }
                names[name] = names[name] ?? nameNode
            }
            loadRoute(name ?? "", map)
        }
        adviseOnRoutes()
        for source in configuration.sources
        where !configuration.routes.contains(where: { $0.sources.contains(source.name) }) {
            sourceNodes[source.name]?.warning("no route is for the source '\(source.name)'")
        }
    }

    private func refuseSameName(_ node: ConfigNode, _ name: String, _ other: ConfigNode) {
        let isElsewhere = other.diagnostics !== node.diagnostics
        node.error("there is another route '\(name)'" + (isElsewhere ? " in \(other.place)" : ""))
    }

    private func loadRoute(_ name: String, _ map: ConfigMapping) {
        let what = "the route '\(name)'"
        let sources = routeSources(map, what)
        let errors = diagnostics.count
        let when = map["when"].flatMap { condition($0) } ?? .all([])
        let isWhole = diagnostics.count == errors
        let allow = permission(map, sources, what)
        routeTemplates = []
        let targets = map.required("run", in: what)?.elements().compactMap(target) ?? []
        var route = Route(name: name, sources: sources, when: when, allow: allow, run: targets)
        route.deny = denial(map)
        route.windows = windows(map)
        if let value = map["continue"]?.flag("'continue'") { route.continues = value }
        if let value = map["dry_run"]?.flag("'dry_run'") { route.isDryRun = value }
        route.usage = map.text("usage")
        route.storm = stormControl(map)
        let covering = earlierRoutes.covering(route)
        refuseUnreachable(route, covering, map)
        configuration.routes.append(route)
        if isWhole { earlierRoutes.append(route) }
        writtenRoutes.append(WrittenRoute(route: route, map: map, templates: routeTemplates, covering: covering))
    }

    private func routeSources(_ map: ConfigMapping, _ what: String) -> Set<String> {
        guard let node = map.required("source", in: what) else { return [] }
        var sources: Set<String> = []
        for element in node.elements() {
            guard let name = element.text("'source'") else { continue }
            if sourceNodes[name] == nil {
                element.error(
                    "there is no source '\(name)'",
                    didYouMean: Suggestion.nearest(to: name, among: sourceNodes.keys.sorted()))
            }
            sources.insert(name)
        }
        if sources.isEmpty { node.error("\(what) names no source") }
        return sources
    }

    /// Earlier routes end the search for all of this one's sources.
    private func refuseUnreachable(_ route: Route, _ covering: [Route], _ map: ConfigMapping) {
        let ending = covering.filter { !$0.continues }
        let catching = ending.filter { Condition.all([]).implies($0.when) }
        let (named, everything) =
            Self.sources(of: catching).isSuperset(of: route.sources)
            ? (catching, "everything")
            : (
                ending.first { $0.sources.isSuperset(of: route.sources) }.map { [$0] } ?? ending,
                "everything that it would"
            )
        guard !route.sources.isEmpty, Self.sources(of: named).isSuperset(of: route.sources) else { return }
        let names = named.map { "'\($0.name)'" }.joined(separator: " and ")
        map.node.error("the route '\(route.name)' is never reached: \(names) before it matches \(everything)")
    }

    private static func sources(of routes: [Route]) -> Set<String> {
        routes.reduce(into: []) { $0.formUnion($1.sources) }
    }

    // MARK: Storms

    private func stormControl(_ map: ConfigMapping) -> StormControl {
        var storm = StormControl()
        if let overrun: StormControl.Overrun = map["overrun"]?.choice("'overrun'") { storm.overrun = overrun }
        if let throttle = map["throttle"]?.mapping("'throttle'", keys: Self.throttleKeys) {
            let runs = throttle.required("runs", in: "'throttle'")?.number("'runs'", in: 1...10_000)
            let per = throttle.required("per", in: "'throttle'")?.duration("'per'")
            if let runs, let per { storm.throttle = .init(runs: runs, per: per) }
        }
        if let node = map["concurrency_key"] {
            storm.key = template(node, "'concurrency_key'")
            if map["overrun"] == nil, map["throttle"] == nil {
                node.error("'concurrency_key' says nothing without 'overrun' or 'throttle'")
            }
        }
        return storm
    }
}
