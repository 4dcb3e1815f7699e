package import FoundationEssentials

extension SandboxBuddy {
    /// Adds a project without pipelines.
    package func addProject(domain: String, project: String) {
        projects.insert(ProjectKey(domain: domain, project: project))
    }

    /// Adds a pipeline, or names an existing one anew; the project is added where it is missing.
    ///
    /// - Parameters:
    ///   - domain: The workspace.
    ///   - project: The project's name.
    ///   - id: The pipeline's number.
    ///   - name: Its name; `pipeline N` if not given.
    ///   - identifier: The text that `/identifiers` resolves to the number; the name if not given.
    ///   - actions: Its actions.
    package func addPipeline(
        domain: String, project: String, id: Int, name: String? = nil, identifier: String? = nil,
        actions: [SandboxAction] = [SandboxAction(id: 1, name: "Deploy", type: "SSH_COMMAND")]
    ) {
        let key = PipelineKey(project: ProjectKey(domain: domain, project: project), id: id)
        let name = name ?? "pipeline \(id)"
        projects.insert(key.project)
        var pipeline =
            pipelines[key]
            ?? SandboxPipeline(key: key, name: name, identifier: name, actions: actions, createdAt: now())
        pipeline.name = name
        pipeline.identifier = identifier ?? name
        pipeline.actions = actions
        pipelines[key] = pipeline
    }

    /// Makes a waiting execution; a pipeline that is missing is added.
    ///
    /// - Parameters:
    ///   - domain: The workspace.
    ///   - project: The project's name.
    ///   - pipeline: The pipeline's number.
    ///   - branch: Its branch; `master` if neither branch nor tag is given.
    ///   - tag: Its tag.
    ///   - revision: Its commit; the published example's if not given.
    ///   - comment: Its comment.
    ///   - delayUntil: When it is due; in a day if not given. One that is past starts by itself.
    ///   - id: Its number; the pipeline's next if not given. An execution with that number is replaced.
    /// - Returns: Its number.
    @discardableResult
    package func schedule(
        domain: String, project: String, pipeline: Int, branch: String? = nil, tag: String? = nil,
        revision: String? = nil, comment: String = "", delayUntil: Date? = nil, id: Int? = nil
    ) -> Int {
        var execution = newExecution(in: pipelineKey(domain, project, pipeline), id: id)
        execution.isWaiting = true
        execution.delayUntil = delayUntil ?? now().addingTimeInterval(86_400)
        execution.setRevision(branch: branch, tag: tag, revision: revision)
        execution.comment = comment
        return add(execution)
    }

    /// Makes an execution that runs or ran; its start is not counted, because no request made it.
    ///
    /// - Parameters:
    ///   - domain: The workspace.
    ///   - project: The project's name.
    ///   - pipeline: The pipeline's number.
    ///   - status: Its status, any text.
    ///   - startDate: When it started; now if not given.
    ///   - finishDate: When it ended.
    ///   - branch: Its branch; `master` if neither branch nor tag is given.
    ///   - tag: Its tag.
    ///   - revision: Its commit.
    ///   - comment: Its comment.
    ///   - triggeredOn: What triggered it.
    ///   - id: Its number; the pipeline's next if not given.
    /// - Returns: Its number.
    @discardableResult
    package func addExecution(
        domain: String, project: String, pipeline: Int, status: String, startDate: Date? = nil,
        finishDate: Date? = nil, branch: String? = nil, tag: String? = nil, revision: String? = nil,
        comment: String = "", triggeredOn: String = "CLICK", id: Int? = nil
    ) -> Int {
        var execution = newExecution(in: pipelineKey(domain, project, pipeline), id: id)
        execution.status = status
        execution.startDate = startDate ?? now()
        execution.finishDate = finishDate
        execution.setRevision(branch: branch, tag: tag, revision: revision)
        execution.comment = comment
        execution.triggeredOn = triggeredOn
        add(execution)
        pipelines[execution.key]?.lastStarted = execution.id
        return execution.id
    }

    private func pipelineKey(_ domain: String, _ project: String, _ id: Int) -> PipelineKey {
        let key = PipelineKey(project: ProjectKey(domain: domain, project: project), id: id)
        if pipelines[key] == nil { addPipeline(domain: domain, project: project, id: id) }
        return key
    }

    /// An execution of this pipeline, not kept yet.
    func newExecution(in key: PipelineKey, id: Int? = nil) -> SandboxExecution {
        let id = id ?? pipelines[key]?.nextID ?? 1
        return SandboxExecution(
            domain: key.project.domain, project: key.project.project, pipeline: key.id, id: id,
            hexID: HexID.of(key, id), createdAt: now(), isWaiting: false, status: "INITIAL")
    }

    /// Keeps an execution in its pipeline.
    @discardableResult
    func add(_ execution: SandboxExecution) -> Int {
        pipelines[execution.key]?.executions[execution.id] = execution
        foresee(execution)
        return execution.id
    }
}

extension SandboxExecution {
    /// The pipeline it belongs to.
    var key: PipelineKey {
        PipelineKey(project: ProjectKey(domain: domain, project: project), id: pipeline)
    }

    /// Sets what it runs.
    mutating func setRevision(branch: String?, tag: String?, revision: String?) {
        self.branch = branch ?? (tag == nil ? "master" : nil)
        self.tag = tag
        self.revision = revision ?? MissionExample.revision
    }
}
