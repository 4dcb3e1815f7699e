// The values of the switches; the first case of each is the default.
extension SandboxSwitches {
    /// The `start_date` of a waiting execution.
    package enum WaitingStartDate: String, Sendable, Codable, CaseIterable {
        case null, absent
        /// When it was made.
        case created
        /// When it is due.
        case due
    }

    /// `delay_until` once the execution was released.
    package enum DelayUntilAfterRun: String, Sendable, Codable, CaseIterable {
        case kept, null, absent
    }

    /// The status of an execution just started.
    package enum StartedStatus: String, Sendable, Codable, CaseIterable {
        case inProgress = "INPROGRESS"
        case enqueued = "ENQUEUED"
    }

    /// What RUN_DELAYED does to an execution that is not waiting.
    package enum RunDelayedAgain: String, Sendable, Codable, CaseIterable {
        case badRequest = "400"
        case forbidden = "403"
        case notFound = "404"
        case conflict = "409"
        /// 200 with the execution as it is.
        case unchanged
        /// 200, and it really starts a second time.
        case restarts
    }

    /// What CANCEL does to a waiting execution.
    package enum CancelWaiting: String, Sendable, Codable, CaseIterable {
        case terminated
        case refused = "400"
    }

    /// The code of a successful POST.
    package enum RunCode: Int, Sendable, Codable, CaseIterable {
        case created = 201
        case ok = 200
    }

    /// A code that a refusal can have; each switch says its default.
    package enum Code: Int, Sendable, Codable, CaseIterable {
        case badRequest = 400
        case forbidden = 403
        case notFound = 404
        case conflict = 409
        case tooManyRequests = 429
    }

    /// The scopes that executions and pipelines ask for.
    package enum ScopesNeeded: String, Sendable, Codable, CaseIterable {
        /// WORKSPACE and the EXECUTION scope, as the pages of 2024 and 2025 say.
        case both
        /// The EXECUTION scope alone, as the pages of 2026 say.
        case executionOnly = "execution_only"
    }

    /// Buddy's levels of permission on a pipeline.
    package enum Permission: String, Sendable, Codable, CaseIterable {
        case readWrite = "READ_WRITE"
        case runOnly = "RUN_ONLY"
        case readOnly = "READ_ONLY"
        case denied = "DENIED"
    }

    /// How the trigger of an execution is spelled.
    package enum TriggeredOn: String, Sendable, Codable, CaseIterable {
        case camel = "triggeredOn"
        case snake = "triggered_on"
        /// The oldest spelling, with its own words (`MANUAL` for `CLICK`).
        case mode
    }

    /// Fields without a value.
    package enum EmptyFields: String, Sendable, Codable, CaseIterable {
        case null, omitted
    }

    /// Fraction digits of dates.
    package enum DateFractions: String, Sendable, Codable, CaseIterable {
        case three = "3"
        /// As many as needed.
        case upToThree = "0-3"
    }

    /// The path before the API.
    package enum BasePath: String, Sendable, Codable, CaseIterable {
        case none
        case api = "/api"
    }
}
