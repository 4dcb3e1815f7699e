/// Which routes an event can match at all, found without trying the others: by its source, and by the text that a route
/// asks for which the fewest others ask for too.
struct RouteIndex: Sendable {
    /// The routes of one source, by their positions.
    private struct Shelf {
        var all: [Int] = []
        /// Those that can match only where a field has a certain text.
        var byText: [FieldPath: [String: [Int]]] = [:]
        /// Those that ask for no certain text.
        var others: [Int] = []
    }

    /// A field that must have one of some texts for a route to match.
    private typealias Key = (field: FieldPath, texts: [String])

    private let shelves: [String: Shelf]

    init(_ routes: [Route]) {
        var shelves: [String: Shelf] = [:]
        for (position, route) in routes.enumerated() {
            for source in route.sources { shelves[source, default: Shelf()].all.append(position) }
        }
        let keys = routes.map(\.when.wantedTexts)
        self.shelves = shelves.mapValues { Self.file($0.all, keys) }
    }

    private static func file(_ positions: [Int], _ keys: [[Key]]) -> Shelf {
        var uses: [FieldPath: [String: Int]] = [:]
        for (field, texts) in positions.flatMap({ keys[$0] }) {
            for text in Set(texts) { uses[field, default: [:]][text, default: 0] += 1 }
        }
        func crowd(_ key: Key) -> Int { key.texts.map { uses[key.field]?[$0] ?? 0 }.max() ?? 0 }

        var shelf = Shelf(all: positions)
        for position in positions {
            if let key = keys[position].min(by: { crowd($0) < crowd($1) }) {
                for text in Set(key.texts) { shelf.byText[key.field, default: [:]][text, default: []].append(position) }
            } else {
                shelf.others.append(position)
            }
        }
        return shelf
    }

    /// The positions of all routes of a source, in order.
    func routes(of source: String) -> [Int] { shelves[source]?.all ?? [] }

    /// The positions of all routes that may match, and of few others, in order.
    func candidates(for event: Event) -> [Int] {
        guard let shelf = shelves[event.source] else { return [] }
        var found = Set(shelf.others)
        for (field, routes) in shelf.byText {
            for value in event.values(at: field) { found.formUnion(routes[value] ?? []) }
        }
        return found.sorted()
    }
}
