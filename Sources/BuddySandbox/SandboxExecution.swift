package import FoundationEssentials

/// An execution of the sandbox.
package struct SandboxExecution: Sendable, Equatable {
    /// The workspace.
    package let domain: String
    /// The project's name.
    package let project: String
    /// The pipeline's number.
    package let pipeline: Int
    /// The execution's number; numbers count per pipeline.
    package let id: Int
    /// The 24 hexadecimal digits at the end of `html_url`.
    package let hexID: String
    /// When it was made.
    package let createdAt: Date

    /// Whether it is scheduled and not released yet.
    package internal(set) var isWaiting: Bool
    /// Its status; see ``SandboxSwitches/waitingStatus`` for a waiting one.
    package internal(set) var status: String
    /// When it is or was due.
    package internal(set) var delayUntil: Date?
    /// When it started.
    package internal(set) var startDate: Date?
    /// When it ended.
    package internal(set) var finishDate: Date?
    /// The branch it runs on.
    package internal(set) var branch: String?
    /// The tag it runs on.
    package internal(set) var tag: String?
    /// The commit it runs.
    package internal(set) var revision: String?
    /// Its comment.
    package internal(set) var comment = ""
    /// What triggered it, in Buddy's newest words: `CLICK`, `SCHEDULE`, `EVENT` …
    package internal(set) var triggeredOn = "CLICK"
    /// Whether it starts from scratch.
    package internal(set) var refresh = false
    /// How often a request really started it.
    package internal(set) var starts = 0
    /// How often it started by itself.
    package internal(set) var selfStarts = 0
    /// How many PATCHes came for it after a request had started it.
    package internal(set) var latePatches = 0
    /// How many of them came although the last GET had not shown it as it was while it waited.
    package internal(set) var blindPatches = 0
    /// Whether the last GET showed it as it was while it waited: by its status, `start_date` and `delay_until`.
    var looksWaiting = false
    /// Whether it was once waiting and is not any more.
    var wasReleased = false
    /// The start date that it gets instead of the clock's; only the published example has one.
    var startsAs: Date?

    /// Whether it can still change by itself.
    var isUnfinished: Bool {
        finishDate == nil
    }

    /// A copy with the status that the API shows.
    func shown(_ switches: SandboxSwitches) -> SandboxExecution {
        var copy = self
        if isWaiting {
            copy.status = switches.waitingStatus
        } else if switches.unseenStatus, status == "INPROGRESS" {
            copy.status = Self.unseenStatus
        }
        return copy
    }

    /// A status that no page of Buddy lists.
    static let unseenStatus = "WARMING_UP"
}

/// A pipeline of the sandbox, with its executions.
struct SandboxPipeline: Sendable {
    let key: PipelineKey
    var name: String
    var identifier: String
    var refs = ["refs/heads/master"]
    var actions: [SandboxAction]
    var createdAt: Date
    var executions: [Int: SandboxExecution] = [:]
    /// The execution that started last.
    var lastStarted: Int?

    /// The number of the next execution.
    var nextID: Int {
        (executions.keys.max() ?? 0) + 1
    }
}

/// An action of a pipeline.
package struct SandboxAction: Sendable, Equatable {
    /// Its number.
    package var id: Int
    /// Its name.
    package var name: String
    /// Its type, in Buddy's words.
    package var type: String

    /// An action.
    package init(id: Int, name: String, type: String) {
        self.id = id
        self.name = name
        self.type = type
    }
}
