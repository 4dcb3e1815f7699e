import FoundationEssentials
import Testing

@testable import Bridge

@Suite("How much is asked of a Buddy")
struct BuddyGateTests {
    private static func gate(concurrency: Int = 4) -> BuddyGate {
        var rules = DispatchRules()
        rules.concurrency = concurrency
        rules.breakerFailures = 3
        rules.breakerPause = .seconds(10)
        rules.longestRetry = .seconds(30)
        return BuddyGate(rules)
    }

    private func after(_ seconds: Double) -> Date { noon.addingTimeInterval(seconds) }

    @Test("At most so many runs at once")
    func concurrency() {
        var gate = Self.gate(concurrency: 2)
        #expect(gate.room(at: noon) == 2)
        gate.begin(at: noon)
        #expect(gate.room(at: noon) == 1)
        gate.begin(at: noon)
        #expect(gate.room(at: noon) == 0)
        #expect(gate.opensAt(after: noon) == nil)
        gate.end(at: noon)
        #expect(gate.room(at: noon) == 1)
    }

    @Test("Failures in a row shut it; an answer between them does not count as one")
    func opens() {
        var gate = Self.gate()
        #expect(gate.note(.failed, at: noon) == nil)
        #expect(gate.note(.failed, at: noon) == nil)
        #expect(gate.note(.answered, at: noon) == nil)
        #expect(gate.note(.failed, at: noon) == nil)
        #expect(gate.note(.failed, at: noon) == nil)
        #expect(gate.room(at: noon) == 4)
        #expect(gate.note(.failed, at: noon) == .opened(until: after(10)))
        #expect(gate.room(at: after(9.9)) == 0)
        #expect(gate.opensAt(after: noon) == after(10))
        // What was under way when it shut changes nothing.
        #expect(gate.note(.failed, at: after(5)) == nil)
        #expect(gate.opensAt(after: noon) == after(10))
    }

    @Test("When the pause is over one run finds out, alone; fails it, the pause is twice as long, to a limit")
    func probe() {
        var gate = Self.gate()
        for _ in 1...3 { _ = gate.note(.failed, at: noon) }
        var time = after(10)
        for pause in [20.0, 30, 30] {
            #expect(gate.room(at: time) == 1)
            gate.begin(at: time)
            #expect(gate.room(at: time) == 0)
            #expect(gate.note(.failed, at: time) == .opened(until: time.addingTimeInterval(pause)))
            gate.end(at: time)
            #expect(gate.room(at: time) == 0)
            time = time.addingTimeInterval(pause)
        }
        gate.begin(at: time)
        #expect(gate.note(.answered, at: time) == .closed)
        #expect(gate.room(at: time) == 3)
        gate.end(at: time)
        #expect(gate.room(at: time) == 4)
    }

    @Test("A probe that asked nothing of Buddy is followed by another")
    func silentProbe() {
        var gate = Self.gate()
        for _ in 1...3 { _ = gate.note(.failed, at: noon) }
        gate.begin(at: after(10))
        gate.end(at: after(11))
        #expect(gate.room(at: after(11)) == 1)
        #expect(gate.opensAt(after: after(11)) == nil)
    }

    @Test("While runs from before are under way there is no probe")
    func busyProbe() {
        var gate = Self.gate()
        gate.begin(at: noon)
        for _ in 1...3 { _ = gate.note(.failed, at: noon) }
        #expect(gate.room(at: after(10)) == 0)
        gate.end(at: after(12))
        #expect(gate.room(at: after(12)) == 1)
    }

    @Test("Too many calls: quiet for as long as Buddy asks, an hour at most; that is no failure")
    func limited() {
        var gate = Self.gate()
        for _ in 1...5 { #expect(gate.note(.limited(for: .seconds(60)), at: noon) == nil) }
        #expect(gate.room(at: after(59)) == 0)
        #expect(gate.opensAt(after: noon) == after(60))
        #expect(gate.room(at: after(60)) == 4)
        _ = gate.note(.limited(for: .seconds(86_400)), at: noon)
        #expect(gate.opensAt(after: noon) == after(3600))
        // A shorter wish does not end a longer one.
        _ = gate.note(.limited(for: .seconds(1)), at: noon)
        #expect(gate.opensAt(after: noon) == after(3600))
    }

    @Test("The rate headers set the pace: fewer runs when few calls are left, none when none is")
    func budget() {
        var gate = Self.gate()
        gate.note(RateLimit(remaining: 999, resetIn: .seconds(60)), at: noon)
        #expect(gate.room(at: noon) == 4)
        gate.note(RateLimit(remaining: 7, resetIn: .seconds(60)), at: noon)
        #expect(gate.room(at: noon) == 2)
        gate.note(RateLimit(remaining: 2, resetIn: .seconds(60)), at: noon)
        #expect(gate.room(at: noon) == 1)
        gate.note(RateLimit(remaining: 1, resetIn: .seconds(60)), at: noon)
        #expect(gate.room(at: after(59)) == 0)
        #expect(gate.room(at: after(60)) == 4)
        // Without a time there is nothing to wait for.
        gate.note(RateLimit(remaining: 0, resetIn: nil), at: after(60))
        #expect(gate.room(at: after(60)) == 4)
    }
}
