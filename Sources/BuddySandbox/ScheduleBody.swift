/// The body of `POST /sandbox/executions`: an execution to schedule. A pipeline that is missing is made, with the name
/// and identifier given here.
struct ScheduleBody: Decodable {
    var domain: String
    var project: String
    var pipeline: Int
    var name: String?
    var identifier: String?
    var branch: String?
    var tag: String?
    var revision: String?
    var comment: String?
    var delayUntil: String?
    var id: Int?

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case domain, project, pipeline, name, identifier, branch, tag, revision, comment, id
        case delayUntil = "delay_until"
    }

    init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(but: CodingKeys.self, kind: "key of an execution")
        let values = try decoder.container(keyedBy: CodingKeys.self)
        domain = try values.decode(String.self, forKey: .domain)
        project = try values.decode(String.self, forKey: .project)
        pipeline = try values.decode(Int.self, forKey: .pipeline)
        name = try values.decodeIfPresent(String.self, forKey: .name)
        identifier = try values.decodeIfPresent(String.self, forKey: .identifier)
        branch = try values.decodeIfPresent(String.self, forKey: .branch)
        tag = try values.decodeIfPresent(String.self, forKey: .tag)
        revision = try values.decodeIfPresent(String.self, forKey: .revision)
        comment = try values.decodeIfPresent(String.self, forKey: .comment)
        delayUntil = try values.decodeIfPresent(String.self, forKey: .delayUntil)
        id = try values.decodeIfPresent(Int.self, forKey: .id)
    }
}
