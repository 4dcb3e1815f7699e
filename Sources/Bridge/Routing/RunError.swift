/// Why a run did not start, for the person who asked and for programs.
package struct RunError: Error, Sendable, Codable, Equatable {
    package enum Code: String, Sendable, Codable {
        /// The event lacks what the route's target is made of, or it gives no valid path segment.
        case badTemplate = "bad_template"
        /// No Buddy token is configured for the domain.
        case noToken = "no_token"
        /// Nothing is waiting that fits.
        case nothingScheduled = "nothing_scheduled"
        /// `only` found several.
        case severalScheduled = "several_scheduled"
        /// The list of executions is longer than `dispatch.list_pages`.
        case listTooLong = "list_too_long"
        /// The execution ended, or was called off, without ever starting.
        case notWaiting = "not_waiting"
        /// Buddy said no.
        case buddyRefused = "buddy_refused"
        /// Buddy could not be reached, or could not answer.
        case buddyUnavailable = "buddy_unavailable"
        /// Another run with the same key is under way.
        case overrun
        /// A later run with the same key stands for this one.
        case coalesced
        /// There were as many runs as the route's `throttle` allows.
        case throttled
        /// It waits until another run with the same key is over.
        case waitsTurn = "waits_turn"
        /// The request may have worked: nobody can tell.
        case unknown = "unknown"
    }

    /// One of several executions that could have been meant.
    package struct Candidate: Sendable, Codable, Equatable {
        package var id: Int
        package var delayUntil: String?
        package var branch: String?

        private enum CodingKeys: String, CodingKey {
            case id, branch
            case delayUntil = "delay_until"
        }
    }

    package var code: Code
    /// The HTTP status of Buddy's answer, where there was one.
    package var status: Int?
    package var message: String
    package var candidates: [Candidate]?

    package init(code: Code, status: Int? = nil, message: String, candidates: [Candidate]? = nil) {
        self.code = code
        self.status = status
        self.message = message
        self.candidates = candidates
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(code, forKey: .code)
        try container.encode(status, forKey: .status)
        try container.encode(message, forKey: .message)
        try container.encodeIfPresent(candidates, forKey: .candidates)
    }
}
