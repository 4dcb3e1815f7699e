/// A tree of conditions.
package indirect enum Condition: Sendable {
    case field(FieldPath, Matcher)
    case all([Condition])
    case any([Condition])
    case none([Condition])

    /// Decides, and tells every comparison that it made: all of them are made, so that a trace is whole.
    func evaluate(_ event: Event, within group: String? = nil, trace: inout [ConditionTrace]) -> Bool {
        switch self {
        case .field(let field, let matcher):
            let values = event.values(at: field)
            let holds = matcher.holds(for: values)
            trace.append(ConditionTrace(field, matcher, values, holds: holds, group: group))
            return holds
        case .all(let conditions):
            return evaluateAll(conditions, event, group, &trace).allSatisfy(\.self)
        case .any(let conditions):
            return evaluateAll(conditions, event, "any", &trace).contains(true)
        case .none(let conditions):
            return !evaluateAll(conditions, event, "none", &trace).contains(true)
        }
    }

    private func evaluateAll(
        _ conditions: [Condition], _ event: Event, _ group: String?, _ trace: inout [ConditionTrace]
    ) -> [Bool] {
        var results: [Bool] = []
        for condition in conditions { results.append(condition.evaluate(event, within: group, trace: &trace)) }
        return results
    }
}
