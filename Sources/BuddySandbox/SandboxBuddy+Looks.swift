// Whether a PATCH had a reason: what its sender could know of the execution from the last GET.
extension SandboxBuddy {
    /// Remembers what a GET shows. One that shows the execution as it was while it waited lets a PATCH follow.
    func noteLook(at execution: SandboxExecution) {
        var waiting = execution
        waiting.isWaiting = true
        waiting.wasReleased = false
        let looksWaiting = execution.isUnfinished && looks(of: execution) == looks(of: waiting)
        pipelines[execution.key]?.executions[execution.id]?.looksWaiting = looksWaiting
    }

    /// A GET whose answer does not come through shows nothing.
    func forgetLook(of request: SandboxRequest) {
        guard request.operation == .get, case .execution(let key, let id) = request.route else { return }
        pipelines[key]?.executions[id]?.looksWaiting = false
    }

    /// Counts a PATCH that comes late. It is judged on arrival: its effect may come later.
    func notePatch(_ request: SandboxRequest) {
        guard request.operation == .patch, case .execution(let key, let id) = request.route,
            let execution = pipelines[key]?.executions[id], execution.starts > 0
        else { return }
        pipelines[key]?.executions[id]?.latePatches += 1
        if !execution.looksWaiting { pipelines[key]?.executions[id]?.blindPatches += 1 }
    }

    /// What a client can tell an execution that waits by.
    private func looks(of execution: SandboxExecution) -> [SandboxJSON] {
        guard let pipeline = pipelines[execution.key],
            case .object(let members) = ExecutionJSON(switches: switches, pipeline: pipeline).whole(execution, in: .get)
        else { return [] }
        return ["status", "start_date", "delay_until"].map { name in
            members.first { $0.name == name }?.value ?? .null
        }
    }
}

extension SandboxFault {
    /// Whether the client gets no answer that it can read.
    var hidesAnswer: Bool {
        if case .delay = kind { false } else { true }
    }
}
