import Bridge
import FoundationEssentials

/// Runs that share a key.
extension MemoryRecords {
    /// Other deliveries' runs with this key, in the order in which they came.
    private func others(_ key: String, _ delivery: String) -> [StoredRun] {
        let bytes = Array(key.utf8)
        return runs.values.filter {
            $0.run.delivery != delivery && $0.run.turn.map { Array($0.key.utf8) } == bytes
        }.sorted { $0.run.id < $1.run.id }
    }

    /// Whether nobody is before it: a run under way, or one that came earlier and waits.
    func hasItsTurn(_ run: Run) -> Bool {
        guard let turn = run.turn, turn.overrun != .parallel else { return true }
        return !others(turn.key, run.delivery).contains { other in
            other.run.state == .running || other.run.state == .pending && other.run.id < run.id
        }
    }

    /// Decides whether a new run may be. Returns why it may not.
    mutating func admit(_ turn: Turn, of delivery: String, at time: Date) -> RunError? {
        let others = others(turn.key, delivery)
        if let throttle = turn.throttle, let error = refuse(throttle, others, at: time) { return error }
        switch turn.overrun {
        case .parallel, .serial: break
        case .skip:
            if let busy = others.first(where: { $0.run.state.isOpen }) {
                return RunError(
                    code: .overrun, message: "skipped, because delivery \(busy.run.delivery) is under way")
            }
        case .coalesce:
            for other in others where mayGiveWay(other.run) { coalesce(other.run.id, into: delivery) }
        }
        return nil
    }

    private func refuse(_ throttle: StormControl.Throttle, _ others: [StoredRun], at time: Date) -> RunError? {
        let counted = others.filter {
            ![.skipped, .coalesced].contains($0.run.state) && $0.acceptedAt > time.advanced(by: .zero - throttle.per)
        }.map(\.acceptedAt).sorted(by: >)
        guard counted.count >= throttle.runs else { return nil }
        let next = counted[throttle.runs - 1].advanced(by: throttle.per)
        return RunError(
            code: .throttled,
            message: "skipped, because of at most \(throttle.runs) runs per \(Int(throttle.per.seconds)) s; "
                + "the next may be at \(Timestamp.text(next))")
    }

    /// A run that waits, and of which no PATCH can be out.
    private func mayGiveWay(_ run: Run) -> Bool {
        run.turn?.overrun == .coalesce && run.state == .pending && !run.patchSent && !run.isUncertain
            && run.execution == nil
    }

    private mutating func coalesce(_ run: Int64, into delivery: String) {
        runs[run]?.run.state = .coalesced
        runs[run]?.run.error = RunError(
            code: .coalesced, message: "delivery \(delivery) came later and stands for it")
    }

    /// A run that goes back to waiting gives way to one that came while it was looked after.
    mutating func giveWay(_ id: Int64) {
        guard let run = runs[id]?.run, let turn = run.turn, mayGiveWay(run) else { return }
        let later = others(turn.key, run.delivery).last { other in
            other.run.id > id && other.run.state == .pending && other.run.turn?.overrun == .coalesce
        }
        if let later { coalesce(id, into: later.run.delivery) }
    }

    /// The newest first, at most 20.
    func occupants(before run: Run) -> [Run] {
        guard let turn = run.turn else { return [] }
        return others(turn.key, run.delivery).reversed().filter(\.occupies).prefix(20).map(\.run)
    }
}
