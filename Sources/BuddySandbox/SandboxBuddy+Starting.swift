import FoundationEssentials

// Everything that starts an execution goes through `begin`, so that the counts are right by construction.
extension SandboxBuddy {
    /// Makes a waiting execution start as if its time had come. Counted in `selfStarts`, not in `starts`.
    ///
    /// - Returns: Whether it was waiting.
    @discardableResult
    package func startByItself(domain: String, project: String, pipeline: Int, execution: Int) -> Bool {
        settle()
        let key = PipelineKey(project: ProjectKey(domain: domain, project: project), id: pipeline)
        guard pipelines[key]?.executions[execution]?.isWaiting == true else { return false }
        begin(execution, of: key, by: .itself(now()))
        return true
    }

    /// Marks an execution as ended, as Buddy does when its actions are done.
    package func finish(
        domain: String, project: String, pipeline: Int, execution: Int, status: String = "SUCCESSFUL"
    ) {
        settle()
        let key = PipelineKey(project: ProjectKey(domain: domain, project: project), id: pipeline)
        end(execution, of: key, status: status)
    }

    /// Who starts an execution.
    enum Starter {
        /// A request, now.
        case request
        /// Buddy, because its time had come.
        case itself(Date)
    }

    /// Starts an execution, for the first time or once more.
    func begin(_ execution: Int, of key: PipelineKey, by starter: Starter) {
        guard var started = pipelines[key]?.executions[execution] else { return }
        started.wasReleased = started.wasReleased || started.isWaiting
        started.isWaiting = false
        started.status = switches.startedStatus.rawValue
        started.finishDate = nil
        switch starter {
        case .request:
            started.starts += 1
            started.startDate = started.startsAs ?? now()
        case .itself(let date):
            started.selfStarts += 1
            started.startDate = date
        }
        pipelines[key]?.executions[execution] = started
        pipelines[key]?.lastStarted = execution
    }

    /// Ends an execution.
    func end(_ execution: Int, of key: PipelineKey, status: String) {
        pipelines[key]?.executions[execution]?.isWaiting = false
        pipelines[key]?.executions[execution]?.status = status
        pipelines[key]?.executions[execution]?.finishDate = now()
    }

    /// Keeps in mind when a waiting execution is due, so that thousands of them are not looked through at each request.
    func foresee(_ execution: SandboxExecution) {
        if execution.isWaiting, let due = execution.delayUntil { nextDue = min(nextDue, due) }
    }

    /// Starts the waiting executions whose time has come.
    func settle() {
        let now = now()
        guard nextDue <= now else { return }
        nextDue = .distantFuture
        for (key, pipeline) in pipelines {
            let waiting = pipeline.executions.values.filter(\.isWaiting)
            let due = waiting.filter { ($0.delayUntil ?? .distantFuture) <= now }
            for execution in due.sorted(by: { ($0.delayUntil ?? now, $0.id) < ($1.delayUntil ?? now, $1.id) }) {
                begin(execution.id, of: key, by: .itself(execution.delayUntil ?? now))
            }
            for execution in waiting where (execution.delayUntil ?? .distantFuture) > now { foresee(execution) }
        }
    }
}
