package import FoundationEssentials

/// Has a sender deliver again what it could not deliver while nobody answered: GitHub never does so by itself
/// (docs.github.com, "Handling failed webhook deliveries").
///
/// What the journal has is left alone, whatever the sender was answered: that is retried here. A delivery that comes
/// twice all the same is a duplicate as any other.
package struct CatchUp: Sendable {
    package struct Rules: Sendable {
        /// How far back.
        package var since: Duration = .seconds(86_400)
        /// Redeliveries asked for at one time.
        package var most = 500
        /// Pages read of the sender's log.
        package var pages = 100
        /// Between two requests for a redelivery: GitHub wants a second ("Best practices for using the REST API"), and
        /// what comes of them is worked on here.
        package var pause: Duration = .seconds(1)
        /// How long a sender may make us wait that is asked too much. GitHub's limit begins anew every hour.
        package var longestWait: Duration = .seconds(3900)

        package init() {}
    }

    package let source: String
    private let log: any DeliveryLog
    private let journal: any SenderIDs
    private let rules: Rules

    /// Refusals one after the other that end it: the next would be refused as well.
    private static let mostRefusals = 10
    private static let mostWaits = 5

    package init(source: String, log: any DeliveryLog, journal: any SenderIDs, rules: Rules) {
        self.source = source
        self.log = log
        self.journal = journal
        self.rules = rules
    }

    /// - Parameters:
    ///   - report: of an earlier try that failed, or an empty one.
    ///   - start: of the first try; `since` is before it.
    package func run(_ report: inout CatchUpReport, from start: Date) async throws(CatchUpFailure) {
        report.startOver()
        let attempts = try await attempts(since: start.advanced(by: .zero - rules.since), &report)
        let failed = FailedDeliveries.newestAttempts(in: attempts)
        report.listed = attempts.count
        report.failed = failed.count
        var missed: [SenderAttempt] = []
        for attempt in failed where !report.requested.contains(attempt.delivery) {
            if try await isKnown(attempt) { report.known += 1 } else { missed.append(attempt) }
        }
        let wanted = missed.prefix(max(0, rules.most - report.requested.count))
        report.left = missed.count - wanted.count
        try await redeliver(wanted, &report)
    }

    private func attempts(
        since time: Date, _ report: inout CatchUpReport
    ) async throws(CatchUpFailure) -> [SenderAttempt] {
        var attempts: [SenderAttempt] = []
        var cursor: String?
        for _ in 0..<rules.pages {
            let page: DeliveryLogPage
            do {
                page = try await patiently { () throws(DeliveryLogFailure) in try await log.page(from: cursor) }
            } catch {
                throw CatchUpFailure(error)
            }
            let recent = page.attempts.filter { $0.deliveredAt >= time }
            attempts += recent
            cursor = page.next
            guard cursor != nil, recent.count == page.attempts.count else { return attempts }
        }
        report.isCut = true
        return attempts
    }

    private func isKnown(_ attempt: SenderAttempt) async throws(CatchUpFailure) -> Bool {
        do {
            return try await journal.knows(senderID: attempt.delivery, source: source)
        } catch {
            throw CatchUpFailure(error.description, isFinal: false)
        }
    }

    private func redeliver(
        _ attempts: ArraySlice<SenderAttempt>, _ report: inout CatchUpReport
    ) async throws(CatchUpFailure) {
        var refusals = 0
        for attempt in attempts {
            if attempt.id != attempts.first?.id { await rest() }
            guard !Task.isCancelled else { throw CatchUpFailure("it was ended", isFinal: false) }
            do {
                try await patiently { () throws(DeliveryLogFailure) in try await log.redeliver(attempt) }
                report.requested.insert(attempt.delivery)
                report.refused.remove(attempt.delivery)
                refusals = 0
            } catch {
                guard case .refused(let status) = error.kind else { throw CatchUpFailure(error) }
                report.refused.insert(attempt.delivery)
                refusals += 1
                // Not this delivery is refused, but who asks for it.
                guard status != 401, status != 403, refusals < Self.mostRefusals else { throw CatchUpFailure(error) }
            }
        }
    }

    private func rest() async { try? await Task.sleep(for: rules.pause) }

    /// Makes a call, and makes it again when the sender has had its rest.
    private func patiently<Value>(
        _ call: () async throws(DeliveryLogFailure) -> Value
    ) async throws(DeliveryLogFailure) -> Value {
        for _ in 0..<Self.mostWaits {
            do {
                return try await call()
            } catch {
                guard case .limited(let time) = error.kind else { throw error }
                let wait = Duration.seconds(max(0, time.timeIntervalSinceNow))
                guard wait <= rules.longestWait, (try? await Task.sleep(for: wait)) != nil else { throw error }
            }
        }
        return try await call()
    }
}
