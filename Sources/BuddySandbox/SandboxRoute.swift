/// Where a path of the Buddy API leads.
enum SandboxRoute: Sendable, Equatable {
    case user
    case token
    case identifiers(domain: String)
    case projects(domain: String)
    case pipelines(ProjectKey)
    case pipeline(PipelineKey)
    case executions(PipelineKey)
    case execution(PipelineKey, Int)
    /// A pipeline or execution that is named by something else than a number.
    case notANumber
    /// No endpoint of the API.
    case none

    /// Reads a path as received; every segment is percent-decoded on its own, so `%2F` stays inside its segment.
    init(path: String, basePath: SandboxSwitches.BasePath) {
        let prefix = basePath == .none ? "" : basePath.rawValue
        guard path.hasPrefix(prefix + "/") else {
            self = .none
            return
        }
        let raw = path.dropFirst(prefix.count + 1).split(separator: "/", omittingEmptySubsequences: false)
        let segments = raw.compactMap { WireText.decoded($0) }
        self = segments.count == raw.count ? Self(segments: segments) : .none
    }

    private init(segments: [String]) {
        switch segments.count {
        case 1 where segments == ["user"]:
            self = .user
        case 2 where segments == ["user", "token"]:
            self = .token
        case 3 where segments[0] == "workspaces" && segments[2] == "identifiers":
            self = .identifiers(domain: segments[1])
        case 3 where segments[0] == "workspaces" && segments[2] == "projects":
            self = .projects(domain: segments[1])
        case 5...8 where segments[0] == "workspaces" && segments[2] == "projects" && segments[4] == "pipelines":
            self.init(project: ProjectKey(domain: segments[1], project: segments[3]), rest: segments.dropFirst(5))
        default:
            self = .none
        }
    }

    private init(project: ProjectKey, rest: ArraySlice<String>) {
        let rest = Array(rest)
        guard let first = rest.first else {
            self = .pipelines(project)
            return
        }
        guard rest.count == 1 || rest[1] == "executions" else {
            self = .none
            return
        }
        guard let pipeline = Int(first) else {
            self = .notANumber
            return
        }
        let key = PipelineKey(project: project, id: pipeline)
        switch rest.count {
        case 1: self = .pipeline(key)
        case 2: self = .executions(key)
        default: self = Int(rest[2]).map { .execution(key, $0) } ?? .notANumber
        }
    }

    /// What a request with this method asks for here.
    func operation(_ method: String) -> SandboxOperation {
        switch (self, method) {
        case (.execution, "GET"): .get
        case (.execution, "PATCH"): .patch
        case (.executions, "GET"): .list
        case (.executions, "POST"): .run
        case (.identifiers, "GET"): .identifiers
        case (.pipelines, "GET"), (.pipeline, "GET"): .pipelines
        case (.user, "GET"), (.token, "GET"): .user
        default: .other
        }
    }
}

/// A project of a workspace.
struct ProjectKey: Hashable, Sendable {
    var domain: String
    var project: String
}

/// A pipeline of a project.
struct PipelineKey: Hashable, Sendable {
    var project: ProjectKey
    var id: Int
}
