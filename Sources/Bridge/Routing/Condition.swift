/// A tree of conditions.
package indirect enum Condition: Sendable {
    case field(FieldPath, Matcher)
    case all([Condition])
    case any([Condition])
    case none([Condition])

    /// What conditions come to, and why.
    struct Verdict {
        var holds: Bool
        /// The first comparison that made it so, by its place in the trace. Nil where an empty list did.
        var decider: Int?
    }

    /// Decides, and tells every comparison that it made: all of them are made, so that a trace is whole.
    func evaluate(_ event: Event, within group: String? = nil, trace: inout [ConditionTrace]) -> Verdict {
        switch self {
        case .field(let field, let matcher):
            let values = event.values(at: field)
            let holds = matcher.holds(for: values)
            trace.append(ConditionTrace(field, matcher, values, holds: holds, group: group))
            return Verdict(holds: holds, decider: trace.count - 1)
        case .all(let conditions):
            let (failed, decider) = first(of: conditions, that: false, event, group, &trace)
            return Verdict(holds: !failed, decider: decider)
        case .any(let conditions):
            let (held, decider) = first(of: conditions, that: true, event, "any", &trace)
            return Verdict(holds: held, decider: decider)
        case .none(let conditions):
            let (held, decider) = first(of: conditions, that: true, event, "none", &trace)
            return Verdict(holds: !held, decider: decider)
        }
    }

    /// Whether one of the conditions holds, or does not, as wanted; with what decided the first such one, else, since
    /// all of them decided together, the first of all.
    private func first(
        of conditions: [Condition], that wanted: Bool, _ event: Event, _ group: String?, _ trace: inout [ConditionTrace]
    ) -> (found: Bool, decider: Int?) {
        var verdicts: [Verdict] = []
        for condition in conditions { verdicts.append(condition.evaluate(event, within: group, trace: &trace)) }
        let found = verdicts.first { $0.holds == wanted }
        return (found != nil, found.map(\.decider) ?? verdicts.lazy.compactMap(\.decider).first)
    }
}
