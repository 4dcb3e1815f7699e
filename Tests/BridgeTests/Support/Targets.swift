@testable import Bridge

extension TargetTemplate {
    /// A target of templates; `execution` is one as well.
    static func of(
        _ domain: String = "acme", _ project: String = "web", _ pipeline: String = "release",
        _ execution: String = "earliest", maps: [String: [String: String]] = [:]
    ) throws -> TargetTemplate {
        TargetTemplate(
            domain: try Template(domain, maps: maps), project: try Template(project, maps: maps),
            pipeline: try Template(pipeline, maps: maps), execution: .template(try Template(execution, maps: maps)))
    }
}

extension Route {
    /// A route of the sources `github` and `slack`.
    static func of(
        _ name: String, when: Condition = .all([]), allow: Permission = .anyone, run: [TargetTemplate]? = nil,
        continues: Bool = false, isDryRun: Bool = false, usage: String? = nil
    ) throws -> Route {
        var route = Route(
            name: name, sources: ["github", "slack"], when: when, allow: allow,
            run: try run ?? [.of("acme", name)])
        route.continues = continues
        route.isDryRun = isDryRun
        route.usage = usage
        return route
    }
}

extension Condition {
    static func of(_ field: String, _ operators: Operator<String>...) throws -> Condition {
        .field(try FieldPath(field), try Matcher(operators))
    }
}
