import FoundationEssentials

/// What Buddy says of its limit on the number of calls.
package struct RateLimit: Sendable, Equatable {
    /// Calls that are left until ``resetIn``.
    package var remaining: Int
    /// When there will be more. Nil where Buddy does not say.
    package var resetIn: Duration?

    package init(remaining: Int, resetIn: Duration?) {
        self.remaining = remaining
        self.resetIn = resetIn
    }
}

/// How many runs of one Buddy may be worked on now: so many at once, fewer when its limit of calls comes near, and none
/// while it fails again and again or has asked for patience. All times are the journal's.
struct BuddyGate: Sendable {
    private enum Breaker: Equatable {
        case closed(failures: Int)
        /// Nothing is tried until then, and then one run.
        case open(until: Date, pause: Duration)
        /// One run finds out whether Buddy works again.
        case probing(pause: Duration)
    }

    /// What a call came to.
    enum Verdict: Equatable {
        /// Buddy answered, if only with a no.
        case answered
        /// It could not be reached, or could not answer.
        case failed
        /// It answered that there are too many calls.
        case limited(for: Duration?)
    }

    enum Change: Equatable {
        case opened(until: Date)
        case closed
    }

    private let rules: DispatchRules
    private(set) var active = 0
    private var breaker = Breaker.closed(failures: 0)
    private var quietUntil: Date?
    private var budget: (remaining: Int, until: Date)?

    /// A run that is looked for, looked at and PATCHed.
    private static let callsPerRun = 3

    init(_ rules: DispatchRules) { self.rules = rules }

    func room(at now: Date) -> Int {
        if let quietUntil, quietUntil > now { return 0 }
        switch breaker {
        case .open(let until, _): return until <= now && active == 0 ? 1 : 0
        case .probing: return 0
        case .closed: break
        }
        var most = rules.concurrency
        if let budget, budget.until > now { most = min(most, max(1, budget.remaining / Self.callsPerRun)) }
        return max(0, most - active)
    }

    /// When there will be room again without the end of a run. Nil when there is room, or only a run's end gives any.
    func opensAt(after now: Date) -> Date? {
        var times: [Date] = []
        if let quietUntil { times.append(quietUntil) }
        if case .open(let until, _) = breaker { times.append(until) }
        return times.max().flatMap { $0 > now ? $0 : nil }
    }

    mutating func begin(at now: Date) {
        active += 1
        if case .open(let until, let pause) = breaker, until <= now { breaker = .probing(pause: pause) }
    }

    mutating func end(at now: Date) {
        active -= 1
        // The probe has called nobody: the next run is one.
        if active == 0, case .probing(let pause) = breaker { breaker = .open(until: now, pause: pause) }
    }

    mutating func note(_ limit: RateLimit, at now: Date) {
        let reset = limit.resetIn.map { now.advanced(by: min($0, DispatchRules.longestPause)) }
        budget = reset.map { (limit.remaining, $0) }
        // A run takes two calls at least: with one, nothing could be brought to its end.
        if limit.remaining < 2, let reset { quietUntil = reset }
    }

    mutating func note(_ verdict: Verdict, at now: Date) -> Change? {
        switch verdict {
        case .limited(let pause):
            let quiet = now.advanced(by: min(pause ?? rules.firstRetry, DispatchRules.longestPause))
            quietUntil = max(quietUntil ?? quiet, quiet)
            return close()
        case .answered: return close()
        case .failed: return fail(at: now)
        }
    }

    private mutating func close() -> Change? {
        defer { breaker = .closed(failures: 0) }
        if case .closed = breaker { return nil }
        return .closed
    }

    private mutating func fail(at now: Date) -> Change? {
        switch breaker {
        case .open: return nil
        case .closed(let failures) where failures + 1 < rules.breakerFailures:
            breaker = .closed(failures: failures + 1)
            return nil
        case .closed: return open(for: rules.breakerPause, at: now)
        case .probing(let pause): return open(for: min(pause * 2, max(rules.longestRetry, rules.breakerPause)), at: now)
        }
    }

    private mutating func open(for pause: Duration, at now: Date) -> Change {
        let until = now.advanced(by: pause)
        breaker = .open(until: until, pause: pause)
        return .opened(until: until)
    }
}
