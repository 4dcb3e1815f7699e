import BuddySandbox

/// Holds what was acknowledged and recorded against what the stand-in of Buddy counted.
struct Audit {
    let plan: Plan
    let ledger: Ledger.Counts
    let entries: [Entry]
    private let executions: [Place: SandboxExecution]
    /// Whether an execution that has started can look exactly like one that waits.
    let hasLookalikes: Bool

    private var report: Report
    /// Which run an execution was started for.
    private var owners: [Place: String] = [:]

    init(
        _ trial: Trial, plan: Plan, ledger: Ledger.Counts, entries: [Entry], executions: [SandboxExecution],
        hasLookalikes: Bool
    ) {
        self.plan = plan
        self.ledger = ledger
        self.entries = entries
        self.hasLookalikes = hasLookalikes
        self.executions = Dictionary(
            executions.map { (Place(pipeline: $0.pipeline, execution: $0.id), $0) }, uniquingKeysWith: { $1 })
        report = Report(trial: trial)
    }

    mutating func run() -> Report {
        report.acknowledged = ledger.acknowledged.count
        report.unavailable = ledger.unavailable
        report.broken = ledger.broken
        report.duplicates = ledger.duplicates
        report.redeliveries = ledger.redeliveries
        report.problems = ledger.problems
        if ledger.abandoned > 0 { report.problems.append("\(ledger.abandoned) pushes were never acknowledged") }
        judgeKeys()
        judgeAcknowledged()
        for entry in entries { judge(entry) }
        judgeExecutions()
        return report
    }

    /// One body is one delivery.
    private mutating func judgeKeys() {
        for (push, all) in Dictionary(grouping: entries, by: \.push) where all.count > 1 {
            report.problems.append("push \(push ?? -1) is \(all.count) times in the journal")
        }
    }

    /// What was acknowledged is there, and over.
    private mutating func judgeAcknowledged() {
        let known = Dictionary(entries.map { ($0.delivery, $0) }, uniquingKeysWith: { $1 })
        for (push, id) in ledger.acknowledged.sorted(by: { $0.key < $1.key }) {
            switch known[id]?.outcome {
            case nil: lost("push \(push) was acknowledged as \(id), which is not in the journal")
            case "pending": lost("push \(push), delivery \(id), is still pending")
            default: report.finished += 1
            }
        }
    }

    private mutating func judge(_ entry: Entry) {
        guard let push = entry.push.flatMap({ plan.pushes.indices.contains($0) ? plan.pushes[$0] : nil }) else {
            report.problems.append("delivery \(entry.delivery) is none that was sent")
            return
        }
        if entry.runs.count != push.runs { lost("\(entry.name) has \(entry.runs.count) runs, not \(push.runs)") }
        for run in entry.runs where run.outcome != "pending" {
            let name = "\(entry.name), run '\(run.route)' on \(run.place.map { "\($0)" } ?? "nothing")"
            let execution = run.place.flatMap { executions[$0] }
            if run.route == "named", let named = push.named, run.place != named {
                report.problems.append("\(name) was meant for \(named)")
            }
            judge(run, execution, name)
        }
    }

    private mutating func judge(_ run: Entry.Run, _ execution: SandboxExecution?, _ name: String) {
        let starts = execution?.starts ?? 0
        let selfStarts = execution?.selfStarts ?? 0
        switch run.outcome {
        case "started":
            if starts + selfStarts == 0 { lost("\(name) is 'started', and Buddy started nothing") }
            own(run.place, name)
        case "already_running":
            if selfStarts == 0 { report.problems.append("\(name) is 'already_running', but nobody else started it") }
        case "refused" where hasLookalikes && starts == 0 && selfStarts > 0:
            // It started by itself, Buddy refused to run it, and shows it just as it was: that is all that can be said.
            break
        case "dead" where hasLookalikes && run.error?.code == "unknown" && starts == 0 && selfStarts > 0:
            // The same, and an answer to the PATCH was lost: that Buddy refuses another one does not tell what the first did.
            break
        default:
            // Every execution here was there to be run: no other outcome is right, and none may hide a start.
            let text = "\(name) is '\(run.outcome)': \(run.error?.message ?? "")"
            if starts + selfStarts == 0 { lost(text) } else { report.problems.append("\(text), though it started") }
        }
    }

    private mutating func own(_ place: Place?, _ name: String) {
        guard let place else { return }
        if let other = owners[place] { report.problems.append("\(name) and \(other) both started it") }
        owners[place] = name
    }

    private mutating func judgeExecutions() {
        for (place, execution) in executions.sorted(by: { $0.key < $1.key }) {
            if execution.starts > 1 {
                report.startedTwice += 1
                report.problems.append("execution \(place) was started \(execution.starts) times")
            }
            if execution.starts > 0, owners[place] == nil {
                report.problems.append("execution \(place) was started, and no run says so")
            }
            if execution.blindPatches > 0 {
                report.problems.append(
                    "execution \(place) had started, and got \(execution.blindPatches) more PATCHes without a reason")
            }
            report.blindPatches += execution.blindPatches
            report.excusedPatches += execution.latePatches - execution.blindPatches
        }
    }

    private mutating func lost(_ text: String) {
        report.lost += 1
        report.problems.append(text)
    }
}

extension Entry {
    fileprivate var name: String { "push \(sender_id ?? "?"), delivery \(delivery)" }
}
