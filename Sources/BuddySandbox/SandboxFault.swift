/// Something that goes wrong with requests on purpose.
package struct SandboxFault: Sendable, Equatable {
    /// What goes wrong.
    package enum Kind: Sendable, Equatable {
        /// Another answer: this code, exactly these headers, an error in Buddy's shape.
        case status(Int, headers: [SandboxRequest.Header], message: String)
        /// The connection is reset (TCP RST), nothing is answered.
        case reset
        /// The connection is closed in order, nothing is answered.
        case hangUp
        /// The answer takes this long, or until ``SandboxBuddy/releaseDelays()``.
        case delay(Duration)
        /// An HTML page with this code.
        case html(Int)
        /// Half of the real answer's body, with a content length that fits the half.
        case truncatedJSON
    }

    /// What goes wrong.
    package var kind: Kind
    /// Which requests it is for.
    package var operation: SandboxOperation
    /// How many of them.
    package var times: Int
    /// Whether the request takes effect first. A delay without effect first takes effect afterwards.
    package var effectDone: Bool

    /// A fault of any kind; see the named ones.
    package init(_ kind: Kind, on operation: SandboxOperation = .any, times: Int = 1, effectDone: Bool = false) {
        self.kind = kind
        self.operation = operation
        self.times = times
        self.effectDone = effectDone
    }

    /// Another code instead of the answer, and no effect unless `effectDone`.
    package static func status(
        _ status: Int, headers: [(String, String)] = [], message: String = "Something went wrong.",
        on operation: SandboxOperation = .any, times: Int = 1, effectDone: Bool = false
    ) -> SandboxFault {
        let headers = headers.map { SandboxRequest.Header($0.0, $0.1) }
        return SandboxFault(
            .status(status, headers: headers, message: message), on: operation, times: times, effectDone: effectDone)
    }

    /// 429 with `Retry-After`.
    package static func tooManyRequests(
        retryAfter seconds: Int, on operation: SandboxOperation = .any, times: Int = 1
    ) -> SandboxFault {
        .status(
            429, headers: [("Retry-After", String(seconds))], message: rateLimitMessage, on: operation, times: times)
    }

    /// 403 with Buddy's rate message.
    package static func rateLimitByMessage(on operation: SandboxOperation = .any, times: Int = 1) -> SandboxFault {
        .status(403, message: rateLimitMessage, on: operation, times: times)
    }

    /// The connection is reset before the effect.
    package static func resetBeforeEffect(on operation: SandboxOperation = .any, times: Int = 1) -> SandboxFault {
        SandboxFault(.reset, on: operation, times: times)
    }

    /// The request takes effect, then the connection is closed without an answer.
    package static func lostAnswer(on operation: SandboxOperation = .any, times: Int = 1) -> SandboxFault {
        SandboxFault(.hangUp, on: operation, times: times, effectDone: true)
    }

    /// A slow answer. The effect comes after the delay, or before it with `effectDone`.
    package static func delay(
        _ duration: Duration, on operation: SandboxOperation = .any, times: Int = 1, effectDone: Bool = false
    ) -> SandboxFault {
        SandboxFault(.delay(duration), on: operation, times: times, effectDone: effectDone)
    }

    /// A proxy's page instead of the answer.
    package static func html(
        status: Int = 502, on operation: SandboxOperation = .any, times: Int = 1, effectDone: Bool = false
    ) -> SandboxFault {
        SandboxFault(.html(status), on: operation, times: times, effectDone: effectDone)
    }

    /// The effect, and half of the answer's body.
    package static func truncatedJSON(on operation: SandboxOperation = .any, times: Int = 1) -> SandboxFault {
        SandboxFault(.truncatedJSON, on: operation, times: times, effectDone: true)
    }

    /// One of the two messages of Buddy that clients may rely on.
    static let rateLimitMessage = "Rate limit exceeded."
}
