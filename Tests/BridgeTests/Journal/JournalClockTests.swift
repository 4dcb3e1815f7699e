import Foundation
import Testing

@testable import Bridge

@Suite("The journal's clock", .timeLimit(.minutes(3)))
struct JournalClockTests {
    /// Near to where dates are counted from, so that they are exact, and far from what time it is.
    private static let past = Date(timeIntervalSinceReferenceDate: 1000)
    /// What dates may lose, in seconds.
    private static let rounding = 1e-6

    private let clock = ContinuousClock()

    /// How long something took: at least, and at most. In seconds.
    private func limits(
        _ start: Range<ContinuousClock.Instant>, _ end: Range<ContinuousClock.Instant>
    ) -> ClosedRange<Double> {
        let least = (end.lowerBound - start.upperBound).seconds - Self.rounding
        return least...((end.upperBound - start.lowerBound).seconds + Self.rounding)
    }

    private func timed<Value>(_ work: () -> Value) -> (Value, Range<ContinuousClock.Instant>) {
        let start = clock.now
        let value = work()
        return (value, start..<clock.now)
    }

    private func wait() {
        let start = clock.now
        while clock.now - start < .milliseconds(3) {}
    }

    @Test("It goes on evenly from what it was told, whatever this machine's clock says")
    func even() {
        let (journal, start) = timed { JournalClock(Self.past) }
        var last = Self.past
        for _ in 1...5 {
            wait()
            let (now, reading) = timed { journal.now() }
            #expect(limits(start, reading).contains(now.timeIntervalSince(Self.past)))
            #expect(now > last)
            last = now
        }
    }

    @Test("It can be set, forward and back, and goes on from there", arguments: [86_400.0, -86_400])
    func set(_ seconds: Double) {
        let journal = JournalClock(Self.past)
        wait()
        let better = Self.past.addingTimeInterval(seconds)
        let (_, setting) = timed { journal.set(better) }
        wait()
        let (now, reading) = timed { journal.now() }
        #expect(limits(setting, reading).contains(now.timeIntervalSince(better)))
    }

    @Test("Untold, it begins with this machine's time")
    func machine() {
        let before = Date()
        let journal = JournalClock()
        let after = Date()
        #expect(journal.now() >= before)
        journal.set(after)
        #expect(journal.now() >= after)
    }
}
