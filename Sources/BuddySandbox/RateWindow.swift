import FoundationEssentials

/// The requests of one window of the rate limit.
struct RateWindow: Sendable {
    var start: Date
    var used = 0

    /// Counts a request. Whether there was quota for it.
    mutating func take(now: Date, _ switches: SandboxSwitches) -> Bool {
        if now >= end(switches) { self = RateWindow(start: now) }
        used += 1
        return used <= switches.rateLimitQuota
    }

    func headers(_ switches: SandboxSwitches) -> [SandboxRequest.Header] {
        var headers = [
            SandboxRequest.Header("X-Rate-Limit-Limit", String(switches.rateLimitQuota)),
            SandboxRequest.Header("X-Rate-Limit-Remaining", String(max(0, switches.rateLimitQuota - used))),
        ]
        if switches.rateLimitReset {
            let seconds = Int(exactly: end(switches).timeIntervalSince1970.rounded(.up)) ?? .max
            headers.append(SandboxRequest.Header("X-Rate-Limit-Reset", String(seconds)))
        }
        return headers
    }

    private func end(_ switches: SandboxSwitches) -> Date {
        start.addingTimeInterval(Double(switches.rateLimitWindow))
    }
}
