import FoundationEssentials
import TestSupport
import Testing

@testable import Bridge

@Suite("When to try again")
struct NextAttemptTests {
    private let rules = DispatchRules()

    private func delay(
        _ attempt: Int, notBefore: Date? = nil, isUncertain: Bool = false, random: (ClosedRange<Double>) -> Double
    ) -> Double {
        rules.nextAttempt(after: attempt, now: noon, notBefore: notBefore, isUncertain: isUncertain, random: random)
            .timeIntervalSince(noon)
    }

    @Test(
        "The longest wait doubles with each attempt, up to the configured one",
        arguments: [(0, 1), (1, 1), (2, 2), (3, 4), (5, 16), (9, 256), (10, 300), (50, 300), (1000, 300), (.max, 300)]
            as [(Int, Double)])
    func ceiling(_ attempt: Int, _ longest: Double) {
        #expect(delay(attempt) { $0.upperBound } == longest)
        #expect(delay(attempt) { $0.lowerBound } == 0, "full jitter")
        #expect(delay(attempt) { ($0.lowerBound + $0.upperBound) / 2 } == longest / 2)
    }

    @Test("Random waits stay within the bounds", arguments: seeds)
    func random(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for attempt in 1...20 {
            let wait = delay(attempt) { Double.random(in: $0, using: &random) }
            #expect(wait >= 0 && wait <= min(300, Double(1 << (attempt - 1))))
        }
    }

    @Test("After a PATCH that may have worked, not before the first wait")
    func uncertain() {
        #expect(delay(5, isUncertain: true) { $0.lowerBound } == 1)
        #expect(delay(5, isUncertain: true) { _ in 0.999 } == 1)
        #expect(delay(5, isUncertain: true) { $0.upperBound } == 16)
    }

    @Test("Not before Buddy's own time, but later where the jitter says so")
    func notBefore() {
        let minute = noon.addingTimeInterval(60)
        #expect(delay(1, notBefore: minute) { $0.upperBound } == 60)
        #expect(delay(9, notBefore: minute) { $0.upperBound } == 256)
        #expect(delay(1, notBefore: noon.addingTimeInterval(-60)) { $0.lowerBound } == 0)
        #expect(
            delay(1, notBefore: noon.addingTimeInterval(7200)) { $0.upperBound } == 7200, "even past the longest wait")
    }

    @Test("The waits are those of the configuration")
    func configured() {
        var rules = DispatchRules()
        (rules.firstRetry, rules.longestRetry) = (.milliseconds(500), .seconds(3))
        let waits = (1...5).map { attempt in
            rules.nextAttempt(after: attempt, now: noon, notBefore: nil, isUncertain: false) { $0.upperBound }
                .timeIntervalSince(noon)
        }
        #expect(waits == [0.5, 1, 2, 3, 3])
    }

    @Test("The defaults are those of the contract")
    func defaults() {
        #expect(rules.concurrency == 8 && rules.lease == .seconds(60) && rules.firstRetry == .seconds(1))
        #expect(rules.longestRetry == .seconds(300) && rules.giveUpAfter == .seconds(86_400) && rules.listPages == 5)
        #expect(rules.waitingStatuses == ["INITIAL", "ENQUEUED"] && rules.callTimeout == .seconds(30))
        #expect(DispatchRules.executionsPerPage == 50)
    }
}

@Suite("What a failure of Buddy's means")
struct BuddyFailureTests {
    @Test(
        "408, 425, 429, 5xx, a limit and transport faults may be tried again; no other 4xx",
        arguments: [
            (BuddyFailure.status(400), false), (.status(401), false), (.status(403), false), (.status(404), false),
            (.status(409), false),
            (.status(422), false), (.status(408), true), (.status(425), true), (.status(429), true),
            (.limited(403), true),
            (.limited(429), true), (.status(500), true), (.status(502), true), (.status(503), true),
            (.status(504), true),
            (.timeout, true), (.notSent, true), (.unreadable, true), (.noToken, false),
        ])
    func retryable(_ failure: BuddyFailure, _ expected: Bool) {
        #expect(failure.isRetryable == expected)
        #expect(
            failure.runError.code == (failure == .noToken ? .noToken : expected ? .buddyUnavailable : .buddyRefused))
    }

    @Test(
        "A PATCH may have worked after anything but a clear no",
        arguments: [
            (BuddyFailure.status(400), false), (.status(401), false), (.status(404), false), (.status(425), false),
            (.status(429), false),
            (.limited(403), false), (.limited(429), false), (.notSent, false), (.noToken, false),
            (.status(408), true), (.status(500), true), (.status(502), true), (.status(503), true), (.timeout, true),
            (.unreadable, true),
        ])
    func mayHaveWorked(_ failure: BuddyFailure, _ expected: Bool) {
        #expect(failure.mayHaveWorked == expected)
    }

    @Test("The status of the answer is told, where there was one")
    func status() {
        #expect(BuddyFailure.status(404).status == 404 && BuddyFailure.unreadable.status == 200)
        #expect(BuddyFailure.timeout.status == nil && BuddyFailure.notSent.status == nil)
    }
}
