import Bridge
import FoundationEssentials

/// Runs: leased, looked at, claimed, finished (DESIGN §6.3, §6.6 and §6.7).
extension MemoryRecords {
    mutating func lease(_ room: LeaseRoom, now: Date, until expiry: Date) -> LeasedRuns {
        var leased = LeasedRuns(runs: [], nextDue: nil)
        for buddy in Set(runs.values.map(\.run.buddy)).sorted() where room[buddy] > 0 {
            let due = dueTimes(of: buddy).filter { $0.time <= now }.sorted { ($0.time, $0.run) < ($1.time, $1.run) }
            for (run, _) in due.prefix(room[buddy]) {
                guard var stored = runs[run] else { continue }
                stored.run.state = .running
                stored.run.leaseNumber += 1
                stored.run.attempts += 1
                stored.heldUntil = expiry
                runs[run] = stored
                leased.runs.append(stored.run)
            }
            leased.nextDue = (dueTimes(of: buddy).map(\.time) + [leased.nextDue].compactMap(\.self)).min()
        }
        return leased
    }

    /// When each run of this Buddy's may be taken that can be.
    private func dueTimes(of buddy: String) -> [(run: Int64, time: Date)] {
        runs.values.filter { $0.run.buddy == buddy }.compactMap { stored in
            switch stored.run.state {
            case .running: stored.heldUntil.map { (stored.run.id, $0) }
            case .pending: hasItsTurn(stored.run) ? (stored.run.id, stored.run.nextAttemptAt) : nil
            default: nil
            }
        }
    }

    private func holds(_ lease: Lease) -> Bool {
        runs[lease.run].map { $0.run.state == .running && $0.run.leaseNumber == lease.number } ?? false
    }

    mutating func renew(_ lease: Lease, until expiry: Date) -> Bool {
        guard holds(lease) else { return false }
        runs[lease.run]?.heldUntil = expiry
        return true
    }

    mutating func release(_ lease: Lease, due time: Date) -> Bool {
        guard holds(lease) else { return false }
        runs[lease.run]?.heldUntil = nil
        runs[lease.run]?.run.state = .pending
        runs[lease.run]?.run.nextAttemptAt = time
        runs[lease.run]?.run.attempts -= 1
        return true
    }

    mutating func commit(_ look: Look) -> LookCommit {
        guard holds(look.lease) else {
            remember(look.record, of: look.lease.run)
            return .leaseLost
        }
        let place = ClaimPlace(pipeline: look.pipeline, execution: look.execution)
        let holder = claims[place, default: Claim(run: look.lease.run, claimedAt: Date())]
        if holder.run != look.lease.run, look.needsClaim { return .claimTaken }
        claims[place] = holder
        runs[look.lease.run]?.heldUntil = look.heldUntil
        runs[look.lease.run]?.run.pipelineNumber = look.pipeline.pipeline
        runs[look.lease.run]?.run.execution = look.execution
        runs[look.lease.run]?.run.patchSent = true
        runs[look.lease.run]?.run.firstLook = look.firstLook
        remember(look.record, of: look.lease.run)
        return .committed
    }

    mutating func finish(_ lease: Lease, _ ending: AttemptEnding) -> Bool {
        remember(ending.record, of: lease.run)
        guard holds(lease), var stored = runs[lease.run] else { return false }
        stored.heldUntil = nil
        stored.occupies = ending.occupies
        stored.run.state = ending.state
        stored.run.nextAttemptAt = ending.nextAttemptAt ?? stored.run.nextAttemptAt
        stored.run.pipelineNumber = ending.pipelineNumber ?? stored.run.pipelineNumber
        stored.run.lastLook = ending.lastLook ?? stored.run.lastLook
        stored.run.error = ending.error
        stored.run.isUncertain = ending.isUncertain
        // A PATCH counts as sent until it is certain that it was refused.
        if !ending.isUncertain, ending.state != .started { stored.run.patchSent = false }
        runs[lease.run] = stored
        if ending.releasesClaim { claims = claims.filter { $0.value.run != lease.run } }
        if ending.state == .pending { giveWay(lease.run) }
        return true
    }

    private mutating func remember(_ record: AttemptRecord, of run: Int64) {
        guard let history = runs[run]?.history else { return }
        runs[run]?.history = (history + [record]).suffix(50)
    }
}
