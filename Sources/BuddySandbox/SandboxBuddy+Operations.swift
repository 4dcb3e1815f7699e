import FoundationEssentials

// `PATCH …/executions/{id}`: the seven operations.
extension SandboxBuddy {
    /// Changes an execution and answers with the whole of it.
    func change(execution id: Int, of key: PipelineKey, _ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        try requireRun()
        let execution = try existing(execution: id, of: key)
        guard let body = try? JSONDecoder().decode(PatchBody.self, from: Data(request.body)) else {
            throw Refusal(switches.badRequestCode, "The body needs an operation.")
        }
        switch body.operation {
        case "RUN_DELAYED":
            try requireUnlocked()
            try runDelayed(execution)
        case "CANCEL":
            try cancel(execution)
        case "RETRY":
            try requireUnlocked()
            try expect(execution, in: ["FAILED", "TERMINATED"], "retried")
            begin(id, of: key, by: .request)
        case "APPLY":
            try resume(execution, from: ["WAITING_FOR_APPLY"])
        case "APPLY_VARIABLES", "SET_VARIABLES":
            try resume(execution, from: ["WAITING_FOR_VARIABLES", "WAITING_FOR_SETTABLE_VARIABLES"])
        case "APPROVE_VT":
            try resume(execution, from: ["WAITING_FOR_VT_SESSION"])
        default:
            throw Refusal(switches.badRequestCode, "There is no such operation.")
        }
        return .json(try whole(try existing(execution: id, of: key), in: .patch))
    }

    private func runDelayed(_ execution: SandboxExecution) throws(Refusal) {
        var isWaiting = execution.isWaiting
        if isWaiting, switches.race {
            begin(execution.id, of: execution.key, by: .itself(now()))
            isWaiting = false
        }
        guard !isWaiting else {
            begin(execution.id, of: execution.key, by: .request)
            return
        }
        let message = "The execution is not scheduled."
        switch switches.runDelayedAgain {
        case .badRequest: throw Refusal(.badRequest, message)
        case .forbidden: throw Refusal(.forbidden, message)
        case .notFound: throw Refusal(.notFound, message)
        case .conflict: throw Refusal(.conflict, message)
        case .unchanged: break
        case .restarts: begin(execution.id, of: execution.key, by: .request)
        }
    }

    private func cancel(_ execution: SandboxExecution) throws(Refusal) {
        if execution.isWaiting {
            guard switches.cancelWaiting == .terminated else {
                throw Refusal(.badRequest, "A scheduled execution can not be cancelled.")
            }
        } else if !execution.isUnfinished {
            throw Refusal(.badRequest, "The execution has ended.")
        }
        end(execution.id, of: execution.key, status: "TERMINATED")
    }

    /// Goes on with an execution that waits for a person; that is no start.
    private func resume(_ execution: SandboxExecution, from statuses: [String]) throws(Refusal) {
        try expect(execution, in: statuses, "resumed")
        pipelines[execution.key]?.executions[execution.id]?.status = "INPROGRESS"
    }

    private func expect(_ execution: SandboxExecution, in statuses: [String], _ verb: String) throws(Refusal) {
        guard !execution.isWaiting, statuses.contains(execution.status) else {
            throw Refusal(.badRequest, "The execution can not be \(verb) now.")
        }
    }
}

/// The body of a PATCH, as far as the sandbox makes use of it.
private struct PatchBody: Decodable {
    var operation: String
}
