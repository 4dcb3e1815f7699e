import Bridge
import BuddyAPI

/// Whether what routes name is there: workspace, project, pipeline, execution.
extension OnlineCheck {
    mutating func askWorkspace(_ domain: String, _ node: TargetTree.Node) async {
        guard let access = buddy.access(of: domain) else {
            return add(.error, "there is no token for the workspace '\(domain)'", to: node)
        }
        let projects = await look(access, node, "the workspace '\(domain)'") {
            [api] () async throws(BuddyFailure) in try await api.projectNames(domain: domain, buddy: access.url)
        }
        guard let projects else { return }
        for (project, node) in node.inOrder {
            let place = Place(access: access, domain: domain, project: project)
            await askProject(place, node, known: Known(named: project, projects))
        }
    }

    private struct Place {
        var access: BuddyAccess
        var domain: String
        var project: String

        func pipeline(_ number: Int) -> PipelineAddress {
            PipelineAddress(buddy: access.url, domain: domain, project: project, pipeline: number)
        }
    }

    private mutating func askProject(
        _ place: Place, _ node: TargetTree.Node, known: Known
    ) async {
        let what = "the project '\(place.project)' in the workspace '\(place.domain)'"
        let pipelines = await look(place.access, node, what, known) {
            [api] () async throws(BuddyFailure) in
            try await api.pipelines(project: place.project, domain: place.domain, buddy: place.access.url)
        }
        guard let pipelines else { return }
        for (pipeline, node) in node.inOrder {
            let reference = PipelineReference(pipeline)
            await askPipeline(reference, place, node, known: Known(reference, pipelines))
        }
    }

    private mutating func askPipeline(
        _ pipeline: PipelineReference, _ place: Place, _ node: TargetTree.Node, known: Known
    ) async {
        let what = "the pipeline '\(pipeline)' of \(place.domain)/\(place.project)"
        var number: Int?
        switch pipeline {
        case .number(let written): number = written
        case .identifier(let text):
            number = await look(place.access, node, what, known) {
                [api] () async throws(BuddyFailure) in
                try await api.pipelineNumber(
                    of: text, project: place.project, domain: place.domain, buddy: place.access.url)
            }
        }
        guard let address = number.map(place.pipeline) else { return }
        let state = await look(place.access, node, what, known) { [api] () async throws(BuddyFailure) in
            try await api.state(of: address)
        }
        guard let state else { return }
        if state.isDisabled {
            add(.warning, "\(what) is disabled" + (state.disabledReason.map { ": \(LogText($0))" } ?? ""), to: node)
        }
        if state.isPaused { add(.warning, "\(what) is paused", to: node) }
        for (execution, node) in node.inOrder {
            guard let number = Int(execution) else { continue }
            _ = await look(place.access, node, "the execution #\(number) of pipeline '\(pipeline)'") {
                [api] () async throws(BuddyFailure) in try await api.execution(number, of: address)
            }
        }
    }

    /// What Buddy shows; nil where it does not, which is told of each route that names it.
    private mutating func look<Answer: Sendable>(
        _ access: BuddyAccess, _ node: TargetTree.Node, _ what: String, _ known: Known = Known(),
        _ question: () async throws(BuddyFailure) -> Answer
    ) async -> Answer? {
        switch await ask(access, question) {
        case nil: return nil
        case .success(let answer): return answer
        case .failure(let failure):
            let status = failure.status.map { "\($0): " } ?? ""
            // Who may not see a thing is not helped by the names of others.
            let hint = failure.status == 404 ? known.hint : ""
            add(.error, "Buddy does not show \(what) (\(status)\(LogText(failure.message)))\(hint)", to: node)
            return nil
        }
    }

    private mutating func add(_ severity: OnlineFinding.Severity, _ message: String, to node: TargetTree.Node) {
        for route in node.routes { add(severity, "route '\(route)': \(message)") }
    }
}
