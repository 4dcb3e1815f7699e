/// What a scenario showed.
struct Report: Sendable {
    var trial: Trial
    var acknowledged = 0
    /// Of those, how many are recorded and over.
    var finished = 0
    var lost = 0
    /// Executions that requests started more than once.
    var startedTwice = 0
    /// PATCHes to an execution that had started, though the last GET had not shown it as still waiting.
    var blindPatches = 0
    /// PATCHes to an execution that had started, whose last GET had shown it as still waiting.
    var excusedPatches = 0
    var unavailable = 0
    var broken = 0
    var duplicates = 0
    var redeliveries = 0
    /// What the trouble was.
    var trouble = ""
    /// All that is wrong, in words.
    var problems: [String] = []
    /// Where the journal and the logs of a scenario that went wrong are.
    var folder: String?

    init(trial: Trial) { self.trial = trial }

    var isGood: Bool { lost == 0 && startedTwice == 0 && blindPatches == 0 && problems.isEmpty }

    static let legend = """
        acknowledged  answered 2xx by the service; 502, which says that a run was refused, only a look-alike may bring about
        finished      of those, recorded and over
        lost          of those, missing, never over, or over without their execution having started (must be 0)
        twice         executions that requests started more than once (must be 0)
        blind         PATCHes to an execution that had started, though the last GET had not shown it as still waiting
                      (must be 0)
        excused       PATCHes to an execution that had started after a GET that had shown it as still waiting
        again         duplicates that were answered as such, and redeliveries by hand
        503, broken   answers 503, and requests without an answer: sent again by their sender
        """

    static let heading = line(
        "scenario", "sent", "acknowledged", "finished", "lost", "twice", "blind", "excused", "again", "503", "broken",
        "trouble")

    var text: String {
        let first = Self.line(
            trial.scenario, "\(trial.deliveries)", "\(acknowledged)", "\(finished)", "\(lost)", "\(startedTwice)",
            "\(blindPatches)", "\(excusedPatches)", "\(duplicates + redeliveries)", "\(unavailable)", "\(broken)",
            trouble)
        guard !isGood else { return first }
        let rest = problems.count - Self.problemsShown
        var lines = [first] + problems.prefix(Self.problemsShown).map { "    \($0)" }
        if rest > 0 { lines.append("    and \(rest) more") }
        if let folder { lines.append("    seed \(trial.seed); journal and logs are kept in \(folder)") }
        return lines.joined(separator: "\n")
    }

    private static let problemsShown = 20

    private static func line(_ cells: String...) -> String {
        let widths = [16, 6, 12, 8, 4, 5, 5, 7, 5, 5, 6]
        let padded = zip(cells, widths).enumerated().map { position, cell in
            let blanks = String(repeating: " ", count: max(0, cell.1 - cell.0.count))
            return position == 0 ? cell.0 + blanks : blanks + cell.0
        }
        return (padded + cells.suffix(1)).joined(separator: "  ")
    }

    static func verdict(on reports: [Report]) -> String {
        func sum(_ value: (Report) -> Int) -> Int { reports.reduce(0) { $0 + value($1) } }
        let counts =
            "\(sum(\.acknowledged)) deliveries acknowledged, \(sum(\.finished)) finished, \(sum(\.lost)) lost, "
            + "\(sum(\.startedTwice)) executions started twice, \(sum(\.blindPatches)) PATCHes without a reason"
        let bad = reports.filter { !$0.isGood }
        guard !bad.isEmpty else { return "Good: \(counts)." }
        let seeds = bad.map { "--scenario \($0.trial.scenario) --seed \($0.trial.seed)" }
        return "NOT GOOD: \(counts); \(sum(\.problems.count)) things are wrong. To repeat: "
            + seeds.joined(separator: ", or ")
    }
}
