import FoundationEssentials

/// Writes executions as the API shows them, by the switches.
struct ExecutionJSON {
    let switches: SandboxSwitches
    let pipeline: SandboxPipeline

    /// Which answer an execution is written for.
    enum Place {
        case list, get, patch
    }

    /// The whole execution.
    func whole(_ execution: SandboxExecution, in place: Place) -> SandboxJSON {
        var members = common(execution, in: place)
        members.append(.init("pipeline", PipelineJSON(switches: switches).brief(pipeline)))
        members.append(.init("action_executions", .array(pipeline.actions.map { action(execution, $0) })))
        return finished(members)
    }

    /// An item of the list: without its pipeline and its actions, with two fields that captured lists have.
    func item(_ execution: SandboxExecution) -> SandboxJSON {
        var members = common(execution, in: .list)
        members.append(.init("action_statuses", []))
        members.append(.init("clear_cache", false))
        return finished(members)
    }

    private func finished(_ members: [SandboxJSON.Member]) -> SandboxJSON {
        let whole = SandboxJSON.object(members)
        return switches.emptyFields == .omitted ? whole.withoutNulls : whole
    }

    private func common(_ execution: SandboxExecution, in place: Place) -> [SandboxJSON.Member] {
        let shown = execution.shown(switches)
        let commit = CommitJSON(project: execution.key.project).commit(execution.revision)
        var members: [SandboxJSON.Member] = [
            .init("url", .string(Links.execution(execution))),
            .init("html_url", .string(Links.executionPage(execution))),
            .init("id", .number(execution.id)),
        ]
        members += startDate(execution)
        members.append(.init("finish_date", date(execution.finishDate)))
        members += delayUntil(execution, in: place)
        members += [
            trigger(execution),
            .init("refresh", .bool(execution.refresh)),
            .init("status", .string(shown.status)),
            .init("comment", .string(execution.comment)),
        ]
        members += reference(execution)
        members += [
            .init("from_revision", commit),
            .init("to_revision", commit),
            .init("creator", MissionExample.person(execution.domain)),
        ]
        return members
    }

    private func startDate(_ execution: SandboxExecution) -> [SandboxJSON.Member] {
        guard execution.isWaiting else { return [.init("start_date", date(execution.startDate))] }
        switch switches.waitingStartDate {
        case .null: return [.init("start_date", .null)]
        case .absent: return []
        case .created: return [.init("start_date", date(execution.createdAt))]
        case .due: return [.init("start_date", date(execution.delayUntil))]
        }
    }

    private func delayUntil(_ execution: SandboxExecution, in place: Place) -> [SandboxJSON.Member] {
        let isShown =
            switch place {
            case .list: switches.delayUntilInList
            case .get: switches.delayUntilInGet
            case .patch: switches.delayUntilInPatch
            }
        guard isShown else { return [] }
        guard execution.wasReleased else { return [.init("delay_until", date(execution.delayUntil))] }
        switch switches.delayUntilAfterRun {
        case .kept: return [.init("delay_until", date(execution.delayUntil))]
        case .null: return [.init("delay_until", .null)]
        case .absent: return []
        }
    }

    private func trigger(_ execution: SandboxExecution) -> SandboxJSON.Member {
        let oldWords = ["CLICK": "MANUAL", "EVENT": "ON_EVERY_PUSH", "SCHEDULE": "SCHEDULED"]
        let isOld = switches.triggeredOn == .mode
        let word = isOld ? oldWords[execution.triggeredOn] ?? execution.triggeredOn : execution.triggeredOn
        return .init(switches.triggeredOn.rawValue, .string(word))
    }

    private func reference(_ execution: SandboxExecution) -> [SandboxJSON.Member] {
        let commits = CommitJSON(project: execution.key.project)
        guard let tag = execution.tag else {
            return [.init("branch", execution.branch.map(commits.branch) ?? .null)]
        }
        return [.init("branch", .null), .init("tag", commits.tag(tag))]
    }

    private func action(_ execution: SandboxExecution, _ action: SandboxAction) -> SandboxJSON {
        let hasBegun = !execution.isWaiting && execution.status != "ENQUEUED"
        let status = SandboxJSON.string(hasBegun ? execution.status : "INITIAL")
        return [
            "status": status,
            "progress": .number(execution.status == "SUCCESSFUL" ? 100 : 0),
            "action": [
                "url": "\(Links.pipeline(pipeline.key))/actions/\(action.id)",
                "html_url": "\(Links.projectPage(pipeline.key.project))/pipelines/action/\(action.id)/edit",
                "id": .number(action.id),
                "name": .string(action.name),
                "type": .string(action.type),
                "trigger_time": "ON_EVERY_EXECUTION",
                "last_execution_status": status,
            ],
        ]
    }

    private func date(_ date: Date?) -> SandboxJSON {
        .text(date.map { WireTime.text($0, switches.dateFractions) })
    }
}
