/// The sources and rules of one configuration.
package struct RuleBook: Sendable {
    package let sources: [String: Source]
    package let planner: Planner

    /// - Parameter sources: with different names.
    package init(sources: [Source], planner: Planner) {
        self.sources = Dictionary(uniqueKeysWithValues: sources.map { ($0.name, $0) })
        self.planner = planner
    }
}
