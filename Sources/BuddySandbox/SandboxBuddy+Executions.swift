import FoundationEssentials

// Run, list and get executions.
extension SandboxBuddy {
    /// `GET …/executions`: newest first.
    func list(executionsOf key: PipelineKey, _ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        try requireLook()
        let pipeline = try existing(key)
        let parameters = request.parameters
        var executions = pipeline.executions.values.sorted { $0.id > $1.id }
        if !switches.waitingInList { executions.removeAll(where: \.isWaiting) }
        if switches.statusFilter, let status = parameters["status"] {
            executions.removeAll { $0.shown(switches).status != status }
        }
        var members: [SandboxJSON.Member] = [
            .init("url", .string("\(Links.pipeline(key))/executions")),
            .init("html_url", .string(Links.pipelinePage(key))),
        ]
        var page = executions
        if switches.pageFields {
            let cut = PageCut(parameters)
            page = cut.part(of: executions)
            members += cut.members(shown: page.count, of: executions.count)
        }
        let writer = ExecutionJSON(switches: switches, pipeline: pipeline)
        members.append(.init("executions", .array(page.map(writer.item))))
        return .json(.object(members))
    }

    /// `GET …/executions/{id}`
    func show(execution id: Int, of key: PipelineKey) throws(Refusal) -> SandboxAnswer {
        try requireLook()
        let execution = try existing(execution: id, of: key)
        noteLook(at: execution)
        return .json(try whole(execution, in: .get))
    }

    /// `POST …/executions`: with a `delay_until` that is not past, a waiting execution; else one that starts at once.
    func run(_ key: PipelineKey, _ request: SandboxRequest) throws(Refusal) -> SandboxAnswer {
        try requireRun()
        _ = try existing(key)
        try requireUnlocked()
        let body = try RunBody(request.body, switches)
        var execution = newExecution(in: key)
        execution.setRevision(
            branch: body.branch?.name, tag: body.tag?.name,
            revision: body.toRevision?.revision.flatMap { $0 == "HEAD" ? nil : $0 })
        execution.comment = body.comment ?? ""
        execution.refresh = body.refresh ?? false
        execution.delayUntil = try body.delayUntilDate(switches)
        execution.isWaiting = (execution.delayUntil ?? .distantPast) > now()
        add(execution)
        if !execution.isWaiting { begin(execution.id, of: key, by: .request) }
        let kept = try existing(execution: execution.id, of: key)
        return .json(try whole(kept, in: .get), status: switches.runCode.rawValue)
    }

    /// The execution of that number, or the refusal for an unknown one.
    func existing(execution id: Int, of key: PipelineKey) throws(Refusal) -> SandboxExecution {
        guard let execution = try existing(key).executions[id] else {
            throw Refusal(switches.unknownExecutionCode, "There is no such execution.")
        }
        return execution
    }

    /// Refuses while the pipeline is disabled or the workspace locked.
    func requireUnlocked() throws(Refusal) {
        if switches.workspaceLocked { throw Refusal(switches.lockedCode, "The workspace is locked.") }
        if switches.pipelineDisabled { throw Refusal(switches.lockedCode, "The pipeline is disabled.") }
    }

    /// An execution as JSON, with its pipeline as it is now.
    func whole(_ execution: SandboxExecution, in place: ExecutionJSON.Place) throws(Refusal) -> SandboxJSON {
        let pipeline = try existing(execution.key)
        return ExecutionJSON(switches: switches, pipeline: pipeline).whole(execution, in: place)
    }
}

/// Which part of a list is asked for. Numbers that make no sense count as not given.
struct PageCut {
    let page: Int
    let size: Int

    init(_ parameters: [String: String]) {
        page = parameters["page"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 1
        size = parameters["per_page"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil } ?? 20
    }

    func part<Element>(of all: [Element]) -> [Element] {
        let (skipped, isTooFar) = (page - 1).multipliedReportingOverflow(by: size)
        return isTooFar ? [] : Array(all.dropFirst(skipped).prefix(size))
    }

    func members(shown: Int, of total: Int) -> [SandboxJSON.Member] {
        [
            .init("page", .number(page)),
            .init("page_size", .number(size)),
            .init("total_page_count", .number(total / size + (total % size == 0 ? 0 : 1))),
            .init("element_count", .number(shown)),
            .init("total_element_count", .number(total)),
        ]
    }
}
