import FoundationEssentials

// The endpoints under `/sandbox/` by which users of the `sandbox` command look at it and change it. They need no token,
// take no faults and are not among the requests.
extension SandboxBuddy {
    /// Whether a path is a control endpoint.
    static func isControl(_ path: String) -> Bool {
        path == "/sandbox" || path.hasPrefix("/sandbox/")
    }

    /// Answers a control request.
    func control(_ request: SandboxRequest) -> SandboxAnswer {
        do {
            return try dispatchControl(request)
        } catch {
            return .error(error)
        }
    }

    private func dispatchControl(_ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        switch (request.path, request.method) {
        case ("/sandbox/state", "GET"):
            return .json(state)
        case ("/sandbox/switches", "GET"):
            return ControlJSON.answer(switches)
        case ("/sandbox/switches", "PUT"):
            switches = try ControlJSON.decoded(request.body, as: SandboxSwitches.self)
            return ControlJSON.answer(switches)
        case ("/sandbox/executions", "POST"):
            return try scheduleByControl(request)
        case ("/sandbox/faults", "POST"):
            inject(try ControlJSON.decoded(request.body, as: SandboxFault.self))
            return .json(["pending_faults": .number(faults.count)], status: 201)
        case ("/sandbox/requests", "DELETE"):
            forgetRequests()
            return SandboxAnswer(status: 204, body: [])
        case ("/sandbox/state", _), ("/sandbox/switches", _), ("/sandbox/executions", _), ("/sandbox/faults", _),
            ("/sandbox/requests", _):
            throw Refusal(405, "This endpoint has no \(request.method).")
        default:
            throw Refusal(404, "There is no such control endpoint.")
        }
    }

    private var state: SandboxJSON {
        let executions = executions
        return [
            "requests": .number(receivedCount),
            "pending_faults": .number(faults.count),
            "total_starts": .number(totalStarts),
            "total_self_starts": .number(totalSelfStarts),
            "total_late_patches": .number(totalLatePatches),
            "total_blind_patches": .number(totalBlindPatches),
            "executions": .array(executions.map(line)),
        ]
    }

    private func line(_ execution: SandboxExecution) -> SandboxJSON {
        [
            "domain": .string(execution.domain),
            "project": .string(execution.project),
            "pipeline": .number(execution.pipeline),
            "execution": .number(execution.id),
            "status": .string(execution.status),
            "waiting": .bool(execution.isWaiting),
            "delay_until": .text(execution.delayUntil.map { WireTime.text($0) }),
            "starts": .number(execution.starts),
            "self_starts": .number(execution.selfStarts),
            "late_patches": .number(execution.latePatches),
            "blind_patches": .number(execution.blindPatches),
            "html_url": .string(Links.executionPage(execution)),
        ]
    }

    private func scheduleByControl(_ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        let body = try ControlJSON.decoded(request.body, as: ScheduleBody.self)
        guard [body.pipeline, body.id ?? 1].allSatisfy((1...Int(Int32.max)).contains) else {
            throw Refusal(400, "A number is from 1 to \(Int32.max).")
        }
        let key = PipelineKey(project: ProjectKey(domain: body.domain, project: body.project), id: body.pipeline)
        if let id = body.id, pipelines[key]?.executions[id] != nil {
            throw Refusal(409, "There is an execution with this number.")
        }
        var due: Date?
        if let text = body.delayUntil {
            guard let date = WireTime.date(text) else { throw Refusal(400, "delay_until is no date.") }
            due = date
        }
        if pipelines[key] == nil || body.name != nil || body.identifier != nil {
            addPipeline(
                domain: body.domain, project: body.project, id: body.pipeline, name: body.name ?? pipelines[key]?.name,
                identifier: body.identifier ?? pipelines[key]?.identifier)
        }
        let id = schedule(
            domain: body.domain, project: body.project, pipeline: body.pipeline, branch: body.branch, tag: body.tag,
            revision: body.revision, comment: body.comment ?? "", delayUntil: due, id: body.id)
        return .json(try whole(try existing(execution: id, of: key), in: .get), status: 201)
    }
}
