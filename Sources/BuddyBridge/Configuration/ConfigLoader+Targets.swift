import Bridge

/// `run`: targets, with templates.
extension ConfigLoader {
    static let targetKeys = ["domain", "project", "pipeline", "execution"]
    static let selectorKeys = ["scheduled", "within"] + Selector.Field.allCases.map(\.rawValue)

    func target(_ node: ConfigNode) -> TargetTemplate? {
        guard let map = node.mapping("'run'", keys: Self.targetKeys) else { return nil }
        let execution = map["execution"].map(execution) ?? .selector(.earliest, filters: [:], within: nil)
        // Both or neither: a single one that is missing was forgotten.
        let isFromAddress = map["project"] == nil && map["pipeline"] == nil && execution?.isAddress ?? false
        var isWhole = true
        func part(_ name: String) -> Template? {
            if isFromAddress, map[name] == nil { return nil }
            let template = map.required(name, in: "'run'").flatMap { self.template($0, "'\(name)'") }
            isWhole = isWhole && template != nil
            return template
        }
        let (domain, project, pipeline) = (part("domain"), part("project"), part("pipeline"))
        guard isWhole, let execution else { return nil }
        if let name = domain?.literal, configuration.buddy.directory.base(of: name) == nil {
            map["domain"]?.error("there is no token for the workspace '\(name)'")
        }
        return TargetTemplate(domain: domain, project: project, pipeline: pipeline, execution: execution)
    }

    func template(_ node: ConfigNode, _ what: String) -> Template? {
        guard let text = node.text(what) else { return nil }
        do {
            let template = try Template(text, maps: maps)
            routeTemplates.append((node, template))
            return template
        } catch {
            node.error("\(what): \(error.message)", didYouMean: error.suggestion)
            return nil
        }
    }

    private func execution(_ node: ConfigNode) -> TargetTemplate.Execution? {
        guard !node.isMapping else { return selector(node) }
        guard let template = template(node, "'execution'") else { return nil }
        if let text = template.literal, ExecutionReference(text) == nil {
            refuse(execution: text, node)
            return nil
        }
        return .template(template)
    }

    func refuse(execution text: String, _ node: ConfigNode) {
        node.error(
            "'execution' is a number, the address of its page, earliest, latest or only, not '\(text)'",
            didYouMean: Suggestion.nearest(to: text, among: Selector.Pick.allCases.map(\.rawValue)))
    }

    private func selector(_ node: ConfigNode) -> TargetTemplate.Execution? {
        guard let map = node.mapping("'execution'", keys: Self.selectorKeys) else { return nil }
        let pick: Selector.Pick? = map.required("scheduled", in: "'execution'")?.choice("'scheduled'")
        var filters: [Selector.Field: [Operator<Template>]] = [:]
        var isWhole = true
        for field in Selector.Field.allCases {
            guard let value = map[field.rawValue] else { continue }
            filters[field] = operators(value) { self.template($0, "'\(field.rawValue)'") }
            isWhole = isWhole && filters[field] != nil
        }
        let within = map["within"].map { $0.duration("'within'") }
        guard let pick, isWhole else { return nil }
        return .selector(pick, filters: filters, within: (within ?? nil)?.seconds)
    }
}

extension TargetTemplate.Execution {
    /// Whether it is given by the address of its page, which tells the rest of the target: one that is written, or
    /// whatever an event has at one field.
    fileprivate var isAddress: Bool {
        guard case .template(let template) = self else { return false }
        return template.isBareValue || template.literal.map { $0.contains("://") } ?? false
    }
}
