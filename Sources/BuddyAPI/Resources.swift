import Bridge

// Buddy's resources as its API shows them, with every field of the pages `/docs/api/runs` and `/docs/api/executions`
// that this product could be asked for. "Empty fields are returned as NULL and are not omitted", say the docs; captures
// omit some, so nil is both. A field of another type than documented is nil as well: only the id is needed.

struct ExecutionResource: Decodable {
    var url: String?
    var htmlUrl: String?
    var id: Int
    var startDate: String?
    var finishDate: String?
    var delayUntil: String?
    /// `triggered_on` of today and `triggeredOn` of the samples: the decoder's key strategy makes them one.
    var triggeredOn: String?
    /// The first version of the API's word for it.
    var mode: String?
    var refresh: Bool?
    var clearCache: Bool?
    var priority: String?
    var status: String?
    var comment: String?
    var branch: RefResource?
    var tag: RefResource?
    var pullRequest: RefResource?
    var fromRevision: RevisionResource?
    var toRevision: RevisionResource?
    var creator: MemberResource?
    var pipeline: PipelineResource?
    var actionExecutions: [ActionExecutionResource]?

    private enum CodingKeys: CodingKey {
        case url, htmlUrl, id, startDate, finishDate, delayUntil, triggeredOn, mode, refresh, clearCache, priority
        case status, comment, branch, tag, pullRequest, fromRevision, toRevision, creator, pipeline, actionExecutions
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func read<Value: Decodable>(_ key: CodingKeys) -> Value? {
            (try? container.decodeIfPresent(Value.self, forKey: key)) ?? nil
        }
        id = try container.decode(Int.self, forKey: .id)
        url = read(.url)
        htmlUrl = read(.htmlUrl)
        startDate = read(.startDate)
        finishDate = read(.finishDate)
        delayUntil = read(.delayUntil)
        triggeredOn = read(.triggeredOn)
        mode = read(.mode)
        refresh = read(.refresh)
        clearCache = read(.clearCache)
        priority = read(.priority)
        status = read(.status)
        comment = read(.comment)
        branch = read(.branch)
        tag = read(.tag)
        pullRequest = read(.pullRequest)
        fromRevision = read(.fromRevision)
        toRevision = read(.toRevision)
        creator = read(.creator)
        pipeline = read(.pipeline)
        actionExecutions = read(.actionExecutions)
    }
}

/// A branch, a tag or a pull request.
struct RefResource: Decodable {
    var url: String?
    var htmlUrl: String?
    var name: String?
    var `default`: Bool?
}

struct RevisionResource: Decodable {
    var url: String?
    var htmlUrl: String?
    var revision: String?
    var authorDate: String?
    var commitDate: String?
    var message: String?
    var committer: MemberResource?
    var author: MemberResource?
}

struct MemberResource: Decodable {
    var url: String?
    var htmlUrl: String?
    var id: Int?
    var name: String?
    var avatarUrl: String?
}

struct PipelineResource: Decodable {
    var url: String?
    var htmlUrl: String?
    var id: Int?
    var identifier: String?
    var name: String?
    var on: String?
    var refs: [String]?
    var lastExecutionStatus: String?
    var lastExecutionRevision: String?
    var paused: Bool?
    var disabled: Bool?
    var disabledReason: String?
}

struct PipelineListResource: Decodable {
    var pipelines: [PipelineResource]
}

struct ProjectListResource: Decodable {
    struct Item: Decodable {
        var name: String?
    }

    var projects: [Item]
}

/// Only what is read of a token: nothing else of the answer, however it looks, makes it unreadable.
struct TokenResource: Decodable {
    var scopes: [String]?

    private enum CodingKeys: CodingKey { case scopes }

    init(from decoder: any Decoder) throws {
        scopes = try? decoder.container(keyedBy: CodingKeys.self).decode([String].self, forKey: .scopes)
    }
}

struct ActionExecutionResource: Decodable {
    var status: String?
    var progress: Int?
    var startDate: String?
    var finishDate: String?
    var errorMessage: String?
    var action: ActionResource?
}

struct ActionResource: Decodable {
    var url: String?
    var htmlUrl: String?
    var id: Int?
    var name: String?
    var type: String?
    var triggerTime: String?
    var lastExecutionStatus: String?
}

struct ExecutionListResource: Decodable {
    var page: Int?
    var pageSize: Int?
    var totalPageCount: Int?
    var elementCount: Int?
    var totalElementCount: Int?
    var executions: [ExecutionResource]
}

struct IdentifiersResource: Decodable {
    var domain: String?
    var projectIdentifier: String?
    var pipelineId: Int
}

/// `{"errors":[{"message":"…"}]}`, or OAuth's `{"error":"…"}`.
struct ErrorsResource: Decodable {
    struct Item: Decodable {
        var message: String?
    }

    var errors: [Item]?
    var error: String?
}

extension Execution {
    init(_ resource: ExecutionResource) {
        self.init(id: resource.id, status: resource.status ?? "UNKNOWN")
        htmlURL = resource.htmlUrl
        branch = resource.branch?.name
        tag = resource.tag?.name
        revision = resource.toRevision?.revision ?? resource.fromRevision?.revision
        comment = resource.comment
        creator = resource.creator?.name
        startDate = resource.startDate
        finishDate = resource.finishDate
        delayUntil = resource.delayUntil
        triggeredOn = resource.triggeredOn ?? resource.mode.map(Self.trigger)
        pipelineName = resource.pipeline?.name
        actions = (resource.actionExecutions ?? []).map {
            Action(name: $0.action?.name, type: $0.action?.type, status: $0.status, progress: $0.progress)
        }
    }

    private static func trigger(ofMode mode: String) -> String {
        switch mode {
        case "MANUAL": "CLICK"
        case "ON_EVERY_PUSH": "EVENT"
        case "SCHEDULED": "SCHEDULE"
        default: mode
        }
    }
}
