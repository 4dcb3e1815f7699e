import Bridge

/// An explanation for people.
enum ExplanationText {
    static func of(_ explanation: Explanation) -> String {
        var lines = [headline(explanation)]
        if explanation.routes.isEmpty { lines.append("  no route is for the source '\(explanation.event.source)'") }
        for route in explanation.routes { lines += text(of: route) }
        return lines.joined(separator: "\n")
    }

    private static func headline(_ explanation: Explanation) -> String {
        let event = explanation.event
        let what = event.command.map { "\($0) \(event.text ?? "")" } ?? event.event
        let who = event.user.map { " by \($0.name ?? $0.id)" } ?? ""
        return "\(event.source): \(what)\(who): \(explanation.outcome.rawValue)"
    }

    private static func text(of route: RouteTrace) -> [String] {
        let verdict =
            if !route.tried { "not reached" } else if !route.matched { "does not match" } else if route.allowed == false
            {
                "matches, but is denied" + (route.denial.map { ": \(LogText($0))" } ?? "")
            } else {
                "matches"
            }
        let conditions = route.conditions.enumerated().map { index, condition in
            let group = condition.group.map { " (in '\($0)')" } ?? ""
            let mark = route.tried && index == route.firstFailed ? "  <- decided" : ""
            return "    \(condition.holds ? "yes" : "no ") \(condition.field) \(condition.operator) "
                + "\(condition.expected), is \(condition.actual?.description ?? "missing")\(group)\(mark)"
        }
        let targets = route.targets.map { "    runs \($0)" }
        return ["  \(route.route): \(verdict)"] + conditions + targets
            + route.errors.map { "    refused: \($0.message)" }
    }
}
