import FoundationEssentials

extension SandboxBuddy {
    /// Adds what Buddy's page "Run scheduled execution" shows: workspace `buddy`, project `company-website`, pipeline 2
    /// `dev`, execution 4, waiting. With the default switches, RUN_DELAYED then answers that page's JSON field for
    /// field, its `start_date` of 2016 included.
    package func seedMissionExample() {
        let domain = MissionExample.domain
        let project = MissionExample.project
        addPipeline(
            domain: domain, project: project, id: MissionExample.pipeline, name: "dev",
            actions: [SandboxAction(id: 5, name: "Upload files to dev", type: "FTP")])
        schedule(domain: domain, project: project, pipeline: MissionExample.pipeline, id: MissionExample.execution)
        let key = PipelineKey(
            project: ProjectKey(domain: domain, project: project), id: MissionExample.pipeline)
        guard let waiting = pipelines[key]?.executions[MissionExample.execution] else { return }
        pipelines[key]?.executions[waiting.id] = MissionExample.published(waiting)
    }
}

/// The published example and the people and commits that all executions of the sandbox share with it.
enum MissionExample {
    static let domain = "buddy"
    static let project = "company-website"
    static let pipeline = 2
    static let execution = 4
    static let revision = "506a3963507943d6908154f4bc9646e829128a08"

    /// Mike Benson, as the page shows him.
    static func person(_ domain: String) -> SandboxJSON {
        [
            "url": "\(Links.workspace(domain))/member/1",
            "html_url": "\(Links.app)/\(WireText.segment(domain))/profile/1",
            "id": 1,
            "name": "Mike Benson",
            "avatar_url": .string(avatar),
        ]
    }

    static let avatar =
        "\(Links.app)/image-server/user/0/0/0/0/0/0/1/d643744fbe5ebf2906a4d075a5b97110/w/32/32/AVATAR.png"

    /// The page's own identifier and start date.
    fileprivate static func published(_ execution: SandboxExecution) -> SandboxExecution {
        var published = SandboxExecution(
            domain: execution.domain, project: execution.project, pipeline: execution.pipeline, id: execution.id,
            hexID: "56fa386c99f1e121d8b568b5", createdAt: execution.createdAt, isWaiting: true,
            status: execution.status)
        published.delayUntil = execution.delayUntil
        published.setRevision(branch: execution.branch, tag: execution.tag, revision: execution.revision)
        published.startsAs = Date(timeIntervalSince1970: 1_459_239_124.132)
        return published
    }
}
