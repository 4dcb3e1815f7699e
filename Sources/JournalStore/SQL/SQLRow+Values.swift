import Bridge
import FoundationEssentials

/// Rows as the domain's values.
extension SQLRow {
    func run() throws -> Run {
        guard let state = Run.State(rawValue: try value("state")) else {
            throw JournalUnavailable("run \(try value("id") as Int64) has a state that this version does not know")
        }
        return Run(
            id: try value("id"), delivery: try value("delivery"), route: try value("route"), buddy: try value("buddy"),
            target: try JSONColumn.value(Target.self, try value("target")), state: state,
            attempts: try value("attempts"), nextAttemptAt: try value("next_attempt_at"),
            budgetStart: try value("budget_start"), leaseNumber: try value("lease_number"),
            pipelineNumber: try optional("pipeline_number"), execution: try optional("execution"),
            patchSent: try value("patch_sent"), isUncertain: try value("uncertain"),
            firstLook: try JSONColumn.optionalValue(try optional("first_look")),
            lastLook: try JSONColumn.optionalValue(try optional("last_look")),
            error: try JSONColumn.optionalValue(try optional("error")), turn: try turn())
    }

    private func turn() throws -> Turn? {
        guard let key: String = try optional("concurrency_key") else { return nil }
        let overrun = (try optional("overrun")).flatMap(StormControl.Overrun.init(rawValue:))
        return Turn(key: ColumnText.unescape(key), overrun: overrun ?? .parallel)
    }

    /// A row of `deliveries`; without `body` for a list.
    func delivery(_ session: any SQLSession) throws -> Delivery {
        let id: String = try value("id")
        guard let decision = Decision.Outcome(rawValue: try value("decision")) else {
            throw JournalUnavailable("delivery \(id) has a decision that this version does not know")
        }
        return Delivery(
            id: id, source: try value("source"), event: ColumnText.unescape(try value("event")),
            senderID: (try optional("sender_id")).map(ColumnText.unescape),
            user: try JSONColumn.optionalValue(try optional("user")),
            receivedAt: try value("received_at"), method: try value("method"),
            query: ColumnText.unescape(try value("query")),
            headers: try JSONColumn.value(Headers.self, try value("headers")),
            body: has("body") ? try value("body") : [], decision: decision,
            // A journal that is only read may be older.
            rules: has("rules") ? try optional("rules") : nil,
            trace: try JSONColumn.value([RouteTrace].self, try value("trace")), runs: try session.runs(of: id))
    }
}

extension SQLSession {
    func runs(of delivery: String) throws -> [Run] {
        try rows("SELECT * FROM runs WHERE delivery = $1 ORDER BY id", [.text(delivery)]).map { try $0.run() }
    }
}
