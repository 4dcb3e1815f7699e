import Bridge
import BuddyAPI

/// What Buddy has where it does not have what was asked for.
struct Known {
    private var nearest: String?
    private var all: [String] = []

    /// How many are named at most.
    private static let shown = 10

    /// Nothing is known.
    init() {}

    init(named name: String, _ names: [String]) {
        nearest = Suggestion.nearest(to: name, among: names)
        all = names.map { "'\($0)'" }
    }

    /// Pipelines, as they can be referred to. No number is like another.
    init(_ pipeline: PipelineReference, _ pipelines: [PipelineState]) {
        switch pipeline {
        case .identifier(let text): self.init(named: text, pipelines.compactMap(\.identifier))
        case .number:
            self.init()
            all = pipelines.compactMap { pipeline in
                pipeline.number.map { number in pipeline.name.map { "\(number) (\($0))" } ?? "\(number)" }
            }
        }
    }

    /// What to add to a complaint; empty where nothing is known.
    var hint: String {
        if let nearest { return "; did you mean '\(LogText(nearest))'?" }
        guard !all.isEmpty else { return "" }
        let more = all.count > Self.shown ? ", …" : ""
        return
            "; there \(all.count == 1 ? "is" : "are") \(LogText(all.prefix(Self.shown).joined(separator: ", ") + more))"
    }
}
