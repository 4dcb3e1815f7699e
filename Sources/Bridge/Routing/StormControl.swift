/// What a route does when its events come faster than its executions end.
package struct StormControl: Sendable {
    /// What becomes of a run whose key is held by another: by one that is not over, or whose execution runs at Buddy.
    package enum Overrun: String, Sendable, Codable, CaseIterable {
        /// It is run beside the other.
        case parallel
        /// It is not run.
        case skip
        /// It waits, and the next one that comes meanwhile takes its place.
        case coalesce
        /// It waits for its turn, in the order of receipt.
        case serial
    }

    /// At most so many runs within a time that slides; those beyond are not run.
    package struct Throttle: Sendable, Equatable {
        package var runs: Int
        package var per: Duration

        package init(runs: Int, per: Duration) {
            self.runs = runs
            self.per = per
        }
    }

    package var overrun = Overrun.parallel
    package var throttle: Throttle?
    /// What runs hold while they are under way. Nil for the route as a whole.
    package var key: Template?

    package init() {}

    var isOff: Bool { overrun == .parallel && throttle == nil }

    /// The turn that a run of this route takes; nil where every run is for itself.
    func turn(of event: Event, route: String) throws(RunError) -> Turn? {
        guard !isOff else { return nil }
        let written = try key?.render(event)
        // An index must hold it.
        if let written, written.utf8.count > 200 {
            throw RunError(code: .badTemplate, message: "the concurrency_key is longer than 200 bytes")
        }
        // A route's own key is no key that somebody could write: those are shared by the routes that write them.
        return Turn(key: written ?? "\u{2}\(route)", overrun: overrun, throttle: throttle)
    }
}

/// A run's place among those with the same key.
package struct Turn: Sendable, Equatable {
    package var key: String
    package var overrun: StormControl.Overrun
    /// Nil once it is decided whether the run may be.
    package var throttle: StormControl.Throttle?

    package init(key: String, overrun: StormControl.Overrun, throttle: StormControl.Throttle? = nil) {
        self.key = key
        self.overrun = overrun
        self.throttle = throttle
    }
}
