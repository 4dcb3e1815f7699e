package import FoundationEssentials

/// A stand-in of Buddy: workspaces, pipelines and executions in memory, the behaviours that nobody documented behind
/// ``switches``, faults on demand. It counts how often each execution was really started.
///
/// Everything happens inside the actor and without suspension, so one request is one atomic step and the numbers are
/// exact however many requests come at once.
package actor SandboxBuddy {
    /// How it behaves where Buddy's behaviour is unknown.
    package internal(set) var switches: SandboxSwitches
    /// The one token it accepts.
    package nonisolated let token: String

    nonisolated let now: @Sendable () -> Date
    let firstSwitches: SandboxSwitches

    var projects: Set<ProjectKey> = []
    var pipelines: [PipelineKey: SandboxPipeline] = [:]
    var faults: [SandboxFault] = []
    var weather: SandboxWeather?
    /// No waiting execution is due before then.
    var nextDue = Date.distantFuture
    var received: [SandboxRequest] = []
    var receivedCount = 0
    var rateWindow: RateWindow?
    var delayGates: [AsyncStream<Never>.Continuation] = []
    var arrivalGates: [AsyncStream<Never>.Continuation] = []

    /// An empty Buddy.
    ///
    /// - Parameters:
    ///   - switches: How it behaves.
    ///   - token: The bearer token it accepts.
    ///   - now: The clock that start dates, due times and the rate limit go by.
    package init(
        switches: SandboxSwitches = .init(),
        token: String = "sandbox-token",
        now: @escaping @Sendable () -> Date = { Date() }
    ) {
        self.switches = switches
        self.token = token
        self.now = now
        firstSwitches = switches
    }

    /// Sets all switches.
    package func setSwitches(_ switches: SandboxSwitches) {
        self.switches = switches
    }

    /// Changes some switches.
    package func changeSwitches(_ change: @Sendable (inout SandboxSwitches) -> Void) {
        change(&switches)
    }

    /// Back to the state of `init`: no projects, executions, requests, faults or counts, the first switches. Delayed
    /// answers are released.
    package func reset() {
        switches = firstSwitches
        projects = []
        pipelines = [:]
        faults = []
        weather = nil
        nextDue = .distantFuture
        rateWindow = nil
        forgetRequests()
        releaseDelays()
    }
}
