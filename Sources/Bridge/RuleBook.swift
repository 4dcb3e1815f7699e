package import FoundationEssentials

/// The sources and rules of one configuration.
package struct RuleBook: Sendable {
    package let sources: [String: Source]
    package let planner: Planner
    /// When it was read.
    package let loadedAt: Date

    /// - Parameter sources: with different names.
    package init(sources: [Source], planner: Planner, loadedAt: Date = Date()) {
        self.sources = Dictionary(uniqueKeysWithValues: sources.map { ($0.name, $0) })
        self.planner = planner
        self.loadedAt = loadedAt
    }

    /// The SHA-256 of what it was read from.
    package var version: String { planner.version }
}
