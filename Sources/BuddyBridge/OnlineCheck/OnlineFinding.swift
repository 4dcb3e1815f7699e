/// One thing that `check --online` has to say.
struct OnlineFinding: Equatable {
    enum Severity: String, CaseIterable {
        /// Buddy says no, or cannot be asked.
        case error
        /// It is there, and cannot be run as it is now.
        case warning
        /// What could not be looked up, and why.
        case note
    }

    var severity: Severity
    var message: String

    /// A line like those of `check`.
    func line(file: String) -> String { "\(file): \(severity.rawValue): \(message)" }
}

extension [OnlineFinding] {
    func count(_ severity: OnlineFinding.Severity) -> Int { count { $0.severity == severity } }

    /// How many of each: `1 error, 0 warnings, 2 notes`.
    var counts: String {
        OnlineFinding.Severity.allCases.map { severity in
            let number = count(severity)
            return "\(number) \(severity.rawValue)\(number == 1 ? "" : "s")"
        }.joined(separator: ", ")
    }
}
