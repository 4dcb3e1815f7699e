import Bridge
import GitHubAPI

/// What came of catching up with one webhook, for people and for machines.
struct CatchUpResult: Encodable {
    let hook: String
    let sinceSeconds: Double
    let listed: Int
    let failed: Int
    let known: Int
    let requested: Int
    let refused: Int
    let left: Int
    let cut: Bool
    let error: String?

    private enum CodingKeys: String, CodingKey {
        case hook, listed, failed, known, requested, refused, left, cut, error
        case sinceSeconds = "since_seconds"
    }

    init(_ settings: CatchUpSettings, _ report: CatchUpReport, failure: CatchUpFailure?) {
        hook = settings.hook.description
        sinceSeconds = settings.since.seconds
        listed = report.listed
        failed = report.failed
        known = report.known
        requested = report.requested.count
        refused = report.refused.count
        left = report.left
        cut = report.isCut
        error = failure?.description
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(hook, forKey: .hook)
        try container.encode(sinceSeconds, forKey: .sinceSeconds)
        try container.encode(listed, forKey: .listed)
        try container.encode(failed, forKey: .failed)
        try container.encode(known, forKey: .known)
        try container.encode(requested, forKey: .requested)
        try container.encode(refused, forKey: .refused)
        try container.encode(left, forKey: .left)
        try container.encode(cut, forKey: .cut)
        // Present though null, as in a summary.
        try container.encode(error, forKey: .error)
    }

    var text: String {
        var lines = [
            "\(hook):", "  attempts in GitHub's log of that time: \(listed)",
            "  deliveries that never succeeded: \(failed)", "  of these in the journal all the same: \(known)",
            "  asked for again: \(requested)",
        ]
        if refused > 0 { lines.append("  refused by GitHub: \(refused)") }
        if left > 0 { lines.append("  left for another time, being more than 'most': \(left)") }
        if cut { lines.append("  GitHub's log goes on: what is older was not looked at") }
        if let error { lines.append("  ended early: \(error)") }
        return lines.joined(separator: "\n")
    }
}
