import Bridge

/// The routes before one, found by what they ask for: of thousands only the few that can matter are looked at.
struct EarlierRoutes {
    private struct Want: Hashable {
        var field: String
        var text: String
    }

    private var routes: [Route] = []
    private var byWant: [Want: [Int]] = [:]
    /// Those that want no certain text anywhere.
    private var others: [Int] = []

    mutating func append(_ route: Route) {
        // Where it finds the fewest others.
        let wants = route.when.wantedTexts.map { wanted in
            wanted.texts.map { Want(field: wanted.field.description, text: $0) }
        }
        let fewest = wants.min { count($0) < count($1) }
        if let fewest {
            for want in Set(fewest) { byWant[want, default: []].append(routes.count) }
        } else {
            others.append(routes.count)
        }
        routes.append(route)
    }

    private func count(_ wants: [Want]) -> Int { wants.reduce(0) { $0 + (byWant[$1]?.count ?? 0) } }

    /// Those that match whenever a later one would, of the sources that both have; in their order.
    func covering(_ later: Route) -> [Route] {
        let found = later.when.wantedTexts.flatMap { wanted in
            wanted.texts.first.flatMap { byWant[Want(field: wanted.field.description, text: $0)] } ?? []
        }
        return Set(others + found).sorted().map { routes[$0] }.filter {
            !$0.sources.isDisjoint(with: later.sources) && later.when.implies($0.when)
        }
    }
}
