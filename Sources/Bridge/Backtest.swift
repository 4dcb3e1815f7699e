/// Deliveries that the journal has, decided anew by other rules: would they still go where they went?
package struct Backtest: Sendable {
    /// What is made of a delivery. Which route does it is left out: it may be called otherwise now.
    package struct Verdict: Sendable, Equatable, Encodable {
        package var outcome: String
        /// The targets, in order; in the place of one that could not be made, why.
        package var runs: [String]
    }

    package struct Difference: Sendable, Encodable {
        package var delivery: String
        package var receivedAt: String
        package var source: String
        package var event: String
        package var before: Verdict
        package var after: Verdict

        private enum CodingKeys: String, CodingKey {
            case delivery, source, event, before, after
            case receivedAt = "received_at"
        }
    }

    package struct Report: Sendable, Encodable {
        /// How many were decided anew.
        package var deliveries = 0
        /// The newest first.
        package var differences: [Difference] = []
    }

    private let rules: RuleBook
    private let journal: any DeliveryJournal

    private static let page = 100

    package init(rules: RuleBook, journal: any DeliveryJournal) {
        self.rules = rules
        self.journal = journal
    }

    /// - Parameters:
    ///   - count: how many deliveries at most, the newest.
    ///   - source: only of this source, unless nil.
    package func run(last count: Int, source: String? = nil) async throws(JournalUnavailable) -> Report {
        var report = Report()
        var query = DeliveryQuery(source: source)
        while report.deliveries < count {
            query.limit = min(Self.page, count - report.deliveries)
            let page = try await journal.deliveries(query)
            for listed in page {
                // The list has no bodies. One that was pruned meanwhile is passed over.
                guard let delivery = try await journal.delivery(listed.id) else { continue }
                report.add(delivery, verdict(on: delivery))
            }
            guard page.count == query.limit, let last = page.last else { break }
            query.before = last.id
        }
        return report
    }

    private func verdict(on delivery: Delivery) -> Verdict {
        do {
            return Verdict(try rules.decide(delivery))
        } catch {
            return Verdict(outcome: "not understood: \(error)", runs: [])
        }
    }
}

extension Backtest.Report {
    fileprivate mutating func add(_ delivery: Delivery, _ after: Backtest.Verdict) {
        deliveries += 1
        let before = Backtest.Verdict(delivery)
        guard before != after else { return }
        differences.append(
            .init(
                delivery: delivery.id, receivedAt: Timestamp.text(delivery.receivedAt), source: delivery.source,
                event: delivery.event, before: before, after: after))
    }
}

extension Backtest.Verdict {
    fileprivate init(_ delivery: Delivery) {
        self.init(delivery.decision, delivery.trace, delivery.runs.map { ($0.target, $0.error) })
    }

    fileprivate init(_ decision: RecordedDecision) {
        self.init(decision.outcome, decision.trace, decision.runs.map { ($0.target, $0.refusal) })
    }

    private init(_ outcome: Decision.Outcome, _ trace: [RouteTrace], _ runs: [(target: Target, error: RunError?)]) {
        self.outcome = outcome.rawValue
        // What Buddy said later of a run does not count: the rules did not say it.
        self.runs =
            outcome == .dryRun
            ? trace.filter(\.matched).flatMap { $0.targets.map(\.description) + $0.errors.map(\.message) }
            : runs.map { $0.target == .unmade ? $0.error?.message ?? "" : $0.target.description }
    }
}
