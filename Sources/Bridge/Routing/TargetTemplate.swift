/// What a route runs: a target with templates in it.
package struct TargetTemplate: Sendable {
    package enum Execution: Sendable {
        case template(Template)
        case selector(Selector.Pick, filters: [Selector.Field: [Operator<Template>]], within: Double?)
    }

    /// Nil where the address of the execution's page tells it; so for the next two.
    package var domain: Template?
    package var project: Template?
    package var pipeline: Template?
    package var execution: Execution

    package init(domain: Template?, project: Template?, pipeline: Template?, execution: Execution) {
        self.domain = domain
        self.project = project
        self.pipeline = pipeline
        self.execution = execution
    }

    /// Makes the target of an event, or tells why it cannot be made. Nothing is asked of Buddy.
    func render(_ event: Event) throws(RunError) -> Target {
        let execution = try renderExecution(event)
        return Target(
            domain: try segment("domain", domain, or: \.domain, execution, event),
            project: try segment("project", project, or: \.project, execution, event),
            pipeline: PipelineReference(try segment("pipeline", pipeline, or: \.pipeline, execution, event)),
            execution: execution)
    }

    private func renderExecution(_ event: Event) throws(RunError) -> ExecutionReference {
        switch execution {
        case .template(let template):
            let text = try template.render(event)
            guard let reference = ExecutionReference(text) else {
                throw RunError(
                    code: .badTemplate,
                    message: "'\(text.prefix(80))' names no execution: it is a number, an address of its page, "
                        + "'earliest', 'latest' or 'only'")
            }
            return reference
        case .selector(let pick, let filters, let within):
            var rendered: [Selector.Field: Selector.Filter] = [:]
            for (field, operators) in filters {
                var texts: [Operator<String>] = []
                for one in operators { texts.append(try one.render(event)) }
                try check(texts, of: field)
                rendered[field] = Selector.Filter(texts)
            }
            return .selector(Selector(pick, filters: rendered, within: within))
        }
    }

    private func check(_ filter: [Operator<String>], of field: Selector.Field) throws(RunError) {
        do {
            _ = try Matcher(filter)
        } catch {
            let problem =
                switch error {
                case .pattern: "is no valid pattern"
                case .operand: "compares with neither a number nor a time"
                }
            throw RunError(code: .badTemplate, message: "the filter on \(field.rawValue) \(problem)")
        }
    }

    /// One segment of a URL's path: a value can neither add one nor leave it.
    private func segment(
        _ name: String, _ template: Template?, or part: KeyPath<ExecutionAddress, String>,
        _ execution: ExecutionReference, _ event: Event
    ) throws(RunError) -> String {
        let text: String
        if let template {
            text = try template.render(event)
        } else if case .page(let page) = execution, let address = ExecutionAddress(page) {
            text = address[keyPath: part]
        } else {
            throw RunError(
                code: .badTemplate,
                message: "the route names no \(name), so the execution must be given by the address of its page")
        }
        // By scalars, not characters: a combining mark after a slash makes both one character.
        let scalars = text.unicodeScalars
        let problem: String? =
            if text.isEmpty {
                "is empty"
            } else if text == "." || text == ".." {
                "is '\(text)'"
            } else if text.utf8.count > 200 {
                "is longer than 200 bytes"
            } else if scalars.contains("/") || scalars.contains("\\") {
                "holds a slash"
            } else if scalars.contains(where: { $0.properties.generalCategory == .control }) {
                "holds a control character"
            } else {
                nil
            }
        if let problem { throw RunError(code: .badTemplate, message: "the \(name) \(problem)") }
        return text
    }
}

extension Operator<Template> {
    fileprivate func render(_ event: Event) throws(RunError) -> Operator<String> {
        do {
            return try map { try $0.render(event) }
        } catch let error as RunError {
            throw error
        } catch {
            throw RunError(code: .badTemplate, message: "\(error)")
        }
    }
}
