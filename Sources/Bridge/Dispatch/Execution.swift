/// An execution, as Buddy shows it. What Buddy did not send is nil; dates and statuses are its own text.
package struct Execution: Sendable, Codable, Equatable {
    package struct Action: Sendable, Codable, Equatable {
        package var name: String?
        package var type: String?
        package var status: String?
        /// Percent.
        package var progress: Int?

        package init(name: String?, type: String?, status: String?, progress: Int?) {
            self.name = name
            self.type = type
            self.status = status
            self.progress = progress
        }

        package func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(name, forKey: .name)
            try container.encode(type, forKey: .type)
            try container.encode(status, forKey: .status)
            try container.encode(progress, forKey: .progress)
        }
    }

    package var id: Int
    package var status: String
    package var htmlURL: String?
    package var branch: String?
    package var tag: String?
    package var revision: String?
    package var comment: String?
    package var creator: String?
    package var startDate: String?
    package var finishDate: String?
    package var delayUntil: String?
    package var triggeredOn: String?
    package var pipelineName: String?
    package var actions: [Action]

    package init(id: Int, status: String) {
        self.id = id
        self.status = status
        actions = []
    }

    private enum CodingKeys: String, CodingKey {
        case id, status, branch, tag, revision, comment, creator, actions
        case htmlURL = "html_url"
        case startDate = "start_date"
        case finishDate = "finish_date"
        case delayUntil = "delay_until"
        case triggeredOn = "triggered_on"
        case pipelineName = "pipeline_name"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(id, forKey: .id)
        try container.encode(status, forKey: .status)
        try container.encode(htmlURL, forKey: .htmlURL)
        try container.encode(branch, forKey: .branch)
        try container.encode(tag, forKey: .tag)
        try container.encode(revision, forKey: .revision)
        try container.encode(comment, forKey: .comment)
        try container.encode(creator, forKey: .creator)
        try container.encode(startDate, forKey: .startDate)
        try container.encode(finishDate, forKey: .finishDate)
        try container.encode(delayUntil, forKey: .delayUntil)
        try container.encode(triggeredOn, forKey: .triggeredOn)
        try container.encode(pipelineName, forKey: .pipelineName)
        try container.encode(actions, forKey: .actions)
    }
}
