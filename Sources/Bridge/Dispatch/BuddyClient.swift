package import FoundationEssentials

/// The four calls of Buddy's REST API that a run needs.
package protocol BuddyClient: Sendable {
    /// Runs a scheduled execution now: `PATCH … {"operation":"RUN_DELAYED"}`.
    func runScheduled(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution

    func execution(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution

    /// One page of a pipeline's executions, the newest first. Pages count from 1.
    func executions(of pipeline: PipelineAddress, page: Int, perPage: Int) async throws(BuddyFailure) -> ExecutionPage

    /// The number of the pipeline that a text names.
    func pipelineNumber(of identifier: String, project: String, domain: String, buddy: String)
        async throws(BuddyFailure) -> Int
}

package struct ExecutionPage: Sendable {
    package var executions: [Execution]
    /// How many pages there are. Nil where the server does not page.
    package var pages: Int?

    package init(executions: [Execution], pages: Int?) {
        self.executions = executions
        self.pages = pages
    }
}

/// Why a call to Buddy gave no answer that can be used.
package struct BuddyFailure: Error, Sendable, Equatable {
    package enum Kind: Sendable, Equatable {
        /// Nothing was sent: no token, no connection.
        case notSent
        /// It was sent, and no whole answer came back.
        case broken
        /// An answer with this status.
        case status(Int)
        /// A 2xx that does not hold what was asked for.
        case unreadable(Int)
    }

    package var kind: Kind
    /// Buddy's own words where there are some. Never a token.
    package var message: String
    /// The answer was about a limit on the number of calls (429, or a 403 that says so).
    package var isRateLimit = false
    /// Before when Buddy asks not to be called again.
    package var retryAt: Date?
    /// No token is configured, or it cannot be read.
    package var isTokenMissing = false

    package init(_ kind: Kind, _ message: String) {
        self.kind = kind
        self.message = message
    }

    package var status: Int? {
        switch kind {
        case .status(let status), .unreadable(let status): status
        case .notSent, .broken: nil
        }
    }

    /// Whether the same call may succeed later (DESIGN §6.4).
    package var isRetryable: Bool {
        switch kind {
        case .notSent: !isTokenMissing
        case .broken, .unreadable: true
        case .status(let status): isRateLimit || [408, 425, 429].contains(status) || status >= 500
        }
    }

    /// Whether a PATCH that failed like this may have worked all the same. Anything but a clear no is a maybe.
    package var mayHaveWorked: Bool {
        switch kind {
        case .notSent: false
        case .broken, .unreadable: true
        case .status(let status): !isRateLimit && (status == 408 || !(400..<500).contains(status))
        }
    }

    package var runError: RunError {
        RunError(
            code: isTokenMissing ? .noToken : isRetryable ? .buddyUnavailable : .buddyRefused, status: status,
            message: message)
    }
}
