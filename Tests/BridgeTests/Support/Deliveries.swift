import FoundationEssentials

@testable import Bridge

extension Execution {
    /// The execution of Buddy's own documentation, after its PATCH.
    static let mission: Execution = {
        var execution = Execution(id: 4, status: "INPROGRESS")
        execution.htmlURL =
            "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2/execution/56fa386c99f1e121d8b568b5"
        execution.branch = "master"
        execution.revision = "506a3963507943d6908154f4bc9646e829128a08"
        execution.creator = "Mike Benson"
        execution.startDate = "2016-03-29T08:12:04.132Z"
        execution.triggeredOn = "CLICK"
        execution.pipelineName = "dev"
        execution.actions = [.init(name: "Upload files to dev", type: "FTP", status: "INPROGRESS", progress: 0)]
        return execution
    }()
}

extension Target {
    /// Where ``Execution/mission`` is.
    static let mission = Target(
        domain: "acme", project: "company-website", pipeline: .number(2), execution: .number(4))
}

extension Run {
    /// A run of ``Target/mission``, not tried yet.
    init(_ state: State = .pending, target: Target = .mission, lastLook: Execution? = nil, error: RunError? = nil) {
        self.init(
            id: 1, delivery: "d", route: "release-on-main", buddy: "https://api.buddy.works", target: target,
            state: state, attempts: 1, nextAttemptAt: noon, budgetStart: noon, leaseNumber: 1, lastLook: lastLook,
            error: error)
    }
}

extension Delivery {
    init(runs: [Run] = [], decision: Decision.Outcome = .matched, event: String = "push", user: Party? = nil) {
        self.init(
            id: "01970000-0000-7000-8000-000000000000", source: "github", event: event, senderID: "72d3162e",
            user: user, receivedAt: noon, method: "POST", query: "", headers: Headers(), body: [], decision: decision,
            rules: nil, trace: [], runs: runs)
    }
}
