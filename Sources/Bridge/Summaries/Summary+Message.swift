extension Summary {
    /// What came of it, in one line for people.
    package var message: String {
        switch outcome {
        case .ignored: "No route matched this \(event) event: nothing was run"
        case .denied: "You are not allowed to do that: nothing was run"
        case .dry_run: "Dry run: the routes matched, and nothing was run"
        default:
            runs.isEmpty
                ? "This was here before (\(outcome.rawValue)); its details are not kept any more"
                : runs.map(\.message).joined(separator: "; ")
        }
    }
}

extension Summary.Run {
    /// `Started execution #4 of dev (acme/company-website) on master: INPROGRESS`.
    package var message: String {
        switch outcome {
        case .started: "Started \(place)\(ref)\(status)"
        case .already_running: "\(place.capitalizedFirst)\(ref) runs or ran already\(status)"
        case .pending:
            "\(place.capitalizedFirst) is pending" + (error.map { ", to be tried again: \($0.message)" } ?? "")
        case .refused: target == nil ? "Refused: \(reason)" : "Refused: \(place): \(reason)"
        case .dead: "Given up: \(place): \(reason)"
        case .nothing_scheduled: "Nothing to run: \(reason)"
        case .skipped: "\(place.capitalizedFirst) was not run: \(reason)"
        case .coalesced: "\(place.capitalizedFirst) was not run: \(reason)"
        case .ignored, .denied, .dry_run: ""
        }
    }

    private var place: String {
        guard let target else { return "the execution" }
        let name = execution?.pipelineName ?? target.pipeline.description
        let subject =
            switch target.execution {
            case .number(let number): "execution #\(number)"
            case .page(let address): "execution \(address)"
            case .selector(let selector): "the scheduled execution '\(selector)'"
            }
        return "\(subject) of \(name) (\(target.domain)/\(target.project))"
    }

    private var ref: String { (execution?.branch ?? execution?.tag).map { " on \($0)" } ?? "" }

    private var status: String { execution.map { ": \($0.status)" } ?? "" }

    private var reason: String { error?.message ?? execution?.status ?? "no reason is known" }
}

extension String {
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
