package import Bridge
package import FoundationEssentials

extension SQLJournal {
    package func lease(
        _ room: LeaseRoom, now: Date, until expiry: Date
    ) async throws(JournalUnavailable) -> LeasedRuns {
        try await writeRuns { session in
            if let time = try session.time() { self.clock.set(time) }
            var leased = LeasedRuns(runs: [], nextDue: nil)
            for buddy in try session.busyBuddies() {
                let limit = room[buddy]
                guard limit > 0 else { continue }
                leased.runs += try session.lease(limit, of: buddy, now, until: expiry)
                leased.nextDue = [leased.nextDue, try session.nextDue(of: buddy)].compactMap(\.self).min()
            }
            return leased
        }
    }

    package func renew(_ lease: Lease, until expiry: Date) async throws(JournalUnavailable) -> Bool {
        try await writeRuns { session in
            try session.execute(
                "UPDATE runs SET lease_until = $1 WHERE id = $2 AND lease_number = $3 AND state = 'running'",
                [SQLValue(expiry), .integer(lease.run), SQLValue(lease.number)]) == 1
        }
    }

    package func release(_ lease: Lease, due time: Date) async throws(JournalUnavailable) -> Bool {
        try await writeRuns { session in
            let released = try session.execute(
                """
                UPDATE runs SET state = 'pending', lease_until = NULL, next_attempt_at = $1, attempts = attempts - 1
                WHERE id = $2 AND lease_number = $3 AND state = 'running'
                """, [SQLValue(time), .integer(lease.run), SQLValue(lease.number)])
            if released == 1 { try session.notify(.runsDue) }
            return released == 1
        }
    }

    package func commit(_ look: Look) async throws(JournalUnavailable) -> LookCommit {
        try await writeRuns { session in
            guard try session.holds(look.lease) else {
                try session.remember(look.record, of: look.lease.run)
                return .leaseLost
            }
            if try !session.claim(look), look.needsClaim { return .claimTaken }
            try session.execute(
                """
                UPDATE runs SET pipeline_number = $1, execution = $2, patch_sent = 1, first_look = $3, lease_until = $4
                WHERE id = $5 AND lease_number = $6
                """,
                [
                    SQLValue(look.pipeline.pipeline), SQLValue(look.execution),
                    SQLValue(try JSONColumn.optionalText(look.firstLook)), SQLValue(look.heldUntil),
                    .integer(look.lease.run), SQLValue(look.lease.number),
                ])
            try session.remember(look.record, of: look.lease.run)
            KillPoint.lookBeforeCommit.reached()
            return .committed
        }
    }

    package func finish(_ lease: Lease, _ ending: AttemptEnding) async throws(JournalUnavailable) -> Bool {
        try await writeRuns { session in
            try session.remember(ending.record, of: lease.run)
            // The delivery is locked before its run, as a redelivery does.
            let row = try session.first(
                "SELECT delivery, concurrency_key FROM runs WHERE id = $1", [.integer(lease.run)])
            guard let row else { return false }
            let delivery: String = try row.value("delivery")
            _ = try session.rows(
                "SELECT 1 AS found FROM deliveries WHERE id = $1 \(session.dialect.lockingRows)", [.text(delivery)])
            guard try session.holds(lease) else { return false }
            try session.end(lease, ending)
            let hasEnded = try ending.state != .pending || session.coalesceIfOvertaken(lease.run)
            try session.updateOutcome(of: delivery)
            if hasEnded {
                try session.notify(.runEnded(delivery))
                // Another run's turn may have come.
                if try row.optional("concurrency_key", as: String.self) != nil { try session.notify(.runsDue) }
            }
            KillPoint.finishBeforeCommit.reached()
            return true
        }
    }

    package func claims(on pipeline: PipelineAddress) async throws(JournalUnavailable) -> Set<Int> {
        try await read { session in
            let rows = try session.rows(
                """
                SELECT execution FROM claims WHERE buddy = $1 AND domain = $2 AND project = $3 AND pipeline = $4
                """,
                [
                    .text(pipeline.buddy), .text(pipeline.domain), .text(pipeline.project),
                    SQLValue(pipeline.pipeline),
                ])
            return Set(try rows.map { try $0.value("execution", as: Int.self) })
        }
    }

    package func history(of run: Int64) async throws(JournalUnavailable) -> [AttemptRecord] {
        try await read { session in
            try session.rows("SELECT record FROM attempts WHERE run = $1 ORDER BY id", [.integer(run)])
                .map { try JSONColumn.value(AttemptRecord.self, try $0.value("record")) }
        }
    }
}
