import FoundationEssentials

/// Which of a pipeline's waiting executions is meant (DESIGN §6.6).
package struct Selector: Sendable, Hashable, CustomStringConvertible {
    package enum Pick: String, Sendable, Codable, CaseIterable {
        /// The one that would start first.
        case earliest
        /// The one that would start last; of equal times the highest number.
        case latest
        /// The only one: several are refused, with a list of them.
        case only
    }

    /// What a waiting execution can be filtered by.
    package enum Field: String, Sendable, CaseIterable {
        case branch, tag, revision, comment
    }

    package var pick: Pick
    package var filters: [Field: Filter]
    /// Only executions that would start within this many seconds from now.
    package var within: Double?

    package init(_ pick: Pick, filters: [Field: Filter] = [:], within: Double? = nil) {
        self.pick = pick
        self.filters = filters
        self.within = within
    }

    var isPlain: Bool { filters.isEmpty && within == nil }

    package var description: String {
        let parts = filters.sorted { $0.key.rawValue < $1.key.rawValue }
            .map { "\($0.key.rawValue) \(Operator.text(of: $0.value.operators))" }
        let limit = within.map { ["within \(Int($0)) s"] } ?? []
        return ([pick.rawValue] + parts + limit).joined(separator: ", ")
    }

    /// The operators that one field of an execution must satisfy.
    package struct Filter: Sendable, Hashable {
        package let operators: [Operator<String>]

        /// In the order of their names: all of them must hold, so the order means nothing.
        package init(_ operators: [Operator<String>]) { self.operators = operators.sorted { $0.name < $1.name } }

        /// Compiled anew at each use: a choice asks Buddy several times, beside which this is nothing.
        func holds(for value: String?) -> Bool {
            (try? Matcher(operators))?.holds(for: value.map { [$0] } ?? []) ?? false
        }
    }
}
