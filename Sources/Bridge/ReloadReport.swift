package import FoundationEssentials

/// What came of the last attempt to put other rules in force.
package struct ReloadReport: Sendable, Encodable {
    package enum Result: String, Sendable, Encodable {
        case applied
        /// The rules from before stay in force.
        case refused
    }

    package var last: Result
    /// RFC 3339, UTC.
    package var at: String
    /// Why it was refused, a line each.
    package var errors: [String]
    /// The keys whose values in the file differ from those in force, and stay without effect until a restart.
    package var needsRestart: [String]

    private enum CodingKeys: String, CodingKey {
        case last, at, errors
        case needsRestart = "needs_restart"
    }

    /// - Parameter errors: why it was refused; none where it was not.
    package init(at time: Date, errors: [String] = [], needsRestart: [String]) {
        last = errors.isEmpty ? .applied : .refused
        at = Timestamp.text(time)
        self.errors = errors
        self.needsRestart = needsRestart
    }

    /// What strangers may know of it, by part: in words that name nothing of the file.
    package func notes(rulesFrom time: Date) -> [String: String] {
        var notes: [String: String] = [:]
        if last == .refused {
            notes["configuration"] =
                "the file on disk was refused: the rules from \(Timestamp.text(time)) are in force"
        }
        if !needsRestart.isEmpty { notes["restart"] = "some of the file on disk takes effect after a restart only" }
        return notes
    }
}
