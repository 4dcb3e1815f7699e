/// What a target can come to, known before any event: the parts that are written, or that a map gives.
package struct PossibleTarget: Sendable, Hashable {
    /// Nil, as every part, where it is made of an event's values.
    package var domain: String?
    package var project: String?
    package var pipeline: String?
    /// The number of an execution; nil also where it is chosen among the waiting ones.
    package var execution: Int?
}

/// All that a target template can come to, as far as it is known.
package struct PossibleTargets: Sendable {
    /// Each once.
    package fileprivate(set) var targets: [PossibleTarget] = []
    /// The keys of the parts that are made of an event's values.
    package fileprivate(set) var open: [String] = []
    /// Whether there are more than were asked for.
    package fileprivate(set) var isCut = false
}

extension TargetTemplate {
    /// What it can come to.
    ///
    /// Parts that look up the same field go together: an event whose repository gives one project gives the pipeline of
    /// that same repository.
    ///
    /// - Parameter limit: how many events, at most, are thought of.
    package func possible(atMost limit: Int) -> PossibleTargets {
        // A part that is not written comes with the address of a page, from the event.
        var parts: [(String, Template?)] = [("domain", domain), ("project", project), ("pipeline", pipeline)]
        if case .template(let template) = execution { parts.append(("execution", template)) }
        var found = PossibleTargets()
        found.open = parts.filter { $0.1?.isOpen ?? true }.map(\.0)
        var events: [[FieldPath: String]] = [[:]]
        for (field, keys) in Self.keys(of: parts.flatMap { $0.1?.parts ?? [] }) {
            // Without a value, too: a default may stand for it.
            let more = events.flatMap { event in [event] + keys.map { event.merging([field: $0]) { $1 } } }
            found.isCut = found.isCut || more.count > limit
            events = Array(more.prefix(limit))
        }
        for event in events {
            // An event without an entry in a map is refused: nothing is run for it.
            guard let target = try? target(event), !found.targets.contains(target) else { continue }
            found.targets.append(target)
        }
        return found
    }

    /// The fields that are looked up in maps, each with the keys of all of them.
    private static func keys(of parts: [Template.Part]) -> [(FieldPath, [String])] {
        var keys: [FieldPath: Set<String>] = [:]
        for case .value(let field, let filters) in parts {
            if let map = filters.firstMap { keys[field, default: []].formUnion(map.keys) }
        }
        return keys.sorted { $0.key.description < $1.key.description }.map { ($0.key, $0.value.sorted()) }
    }

    private func target(_ event: [FieldPath: String]) throws(RunError) -> PossibleTarget {
        var number: Int?
        if case .template(let template) = execution, let text = try template.text(of: event),
            case .number(let written) = ExecutionReference(text)
        {
            number = written
        }
        return PossibleTarget(
            domain: try domain?.text(of: event), project: try project?.text(of: event),
            pipeline: try pipeline?.text(of: event), execution: number)
    }
}

extension Template {
    fileprivate var isOpen: Bool {
        parts.contains { if case .value(_, let filters) = $0 { filters.firstMap == nil } else { false } }
    }

    /// The text for an event that has these values; nil where others are needed.
    fileprivate func text(of event: [FieldPath: String]) throws(RunError) -> String? {
        guard !isOpen else { return nil }
        var text = ""
        for part in parts {
            switch part {
            case .text(let literal): text += literal
            case .value(let field, let filters): text += try Self.filtered(event[field], by: filters, of: field)
            }
        }
        return text
    }
}

extension [Template.Filter] {
    fileprivate var firstMap: [String: String]? {
        for case .map(_, let entries) in self { return entries }
        return nil
    }
}
