import FoundationEssentials

/// Finds out whether a run's turn has come: whether what earlier runs with its key have started is over at Buddy.
struct TurnCheck {
    enum Result: Equatable {
        case free
        case busy(RunError)
        /// Buddy cannot tell now.
        case unknown(BuddyFailure)
    }

    let client: any BuddyClient
    let journal: any TurnJournal
    let rules: DispatchRules

    func callAsFunction(_ run: Run) async throws(JournalUnavailable) -> Result {
        for occupant in try await journal.occupants(before: run) {
            guard let number = occupant.execution ?? occupant.lastLook?.id, let pipeline = occupant.pipeline else {
                try await journal.vacate(occupant.id)
                continue
            }
            do {
                let seen = try await client.execution(number, of: pipeline)
                if !rules.isOver(seen) { return .busy(Self.error(run, occupant, seen)) }
            } catch {
                // Gone, or not to be seen: nobody could ever tell that it is over.
                if error.isRetryable { return .unknown(error) }
            }
            try await journal.vacate(occupant.id)
        }
        return .free
    }

    private static func error(_ run: Run, _ occupant: Run, _ seen: Execution) -> RunError {
        let what = "execution #\(seen.id) of delivery \(occupant.delivery) is \(seen.status)"
        return run.turn?.overrun == .skip
            ? RunError(code: .overrun, message: "skipped, because \(what)")
            : RunError(code: .waitsTurn, message: "its turn has not come: \(what)")
    }
}
