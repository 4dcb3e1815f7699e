import BuddySandbox

/// All that Buddy, and what is before it, may do to a call.
enum Storm {
    /// - Parameter lateEffects: whether a PATCH may take effect after the client has given up waiting for its answer.
    static func weather(seed: UInt64, lateEffects: Bool = true, selfStarts: Bool = true) -> SandboxWeather {
        var risks = looks(.get) + looks(.list) + patches
        if lateEffects { risks.append(.init(.fault(.delay(.seconds(3))), on: .patch, perMille: 6)) }
        if selfStarts {
            risks.append(.init(.startsByItself, on: .patch, perMille: 15))
            risks.append(.init(.startsByItself, on: .get, perMille: 5))
        }
        return SandboxWeather(risks, seed: seed)
    }

    private static func looks(_ operation: SandboxOperation) -> [SandboxWeather.Risk] {
        [
            .init(.fault(.status(500)), on: operation, perMille: 30),
            .init(.fault(.status(503, headers: [("Retry-After", "1")])), on: operation, perMille: 5),
            .init(.fault(.tooManyRequests(retryAfter: 1)), on: operation, perMille: 10),
            .init(.fault(.rateLimitByMessage()), on: operation, perMille: 15),
            .init(.fault(.resetBeforeEffect()), on: operation, perMille: 20),
            .init(.fault(.html()), on: operation, perMille: 10),
            .init(.fault(.html(status: 200)), on: operation, perMille: 10),
            .init(.fault(.truncatedJSON()), on: operation, perMille: 10),
            .init(.fault(.delay(.milliseconds(100))), on: operation, perMille: 20),
            .init(.fault(.delay(.seconds(3), effectDone: true)), on: operation, perMille: 3),
        ]
    }

    private static let patches: [SandboxWeather.Risk] = [
        .init(.fault(.status(500)), on: .patch, perMille: 30),
        .init(.fault(.status(500, effectDone: true)), on: .patch, perMille: 40),
        .init(.fault(.status(504, effectDone: true)), on: .patch, perMille: 20),
        .init(.fault(.tooManyRequests(retryAfter: 1)), on: .patch, perMille: 15),
        .init(.fault(.rateLimitByMessage()), on: .patch, perMille: 20),
        .init(.fault(.resetBeforeEffect()), on: .patch, perMille: 30),
        .init(.fault(.init(.reset, effectDone: true)), on: .patch, perMille: 30),
        .init(.fault(.lostAnswer()), on: .patch, perMille: 30),
        .init(.fault(.html()), on: .patch, perMille: 15),
        .init(.fault(.html(status: 200, effectDone: true)), on: .patch, perMille: 15),
        .init(.fault(.truncatedJSON()), on: .patch, perMille: 30),
        .init(.fault(.delay(.milliseconds(200), effectDone: true)), on: .patch, perMille: 20),
        .init(.fault(.delay(.seconds(3), effectDone: true)), on: .patch, perMille: 6),
    ]
}
