import FoundationEssentials
import Logging
import Synchronization
import TestSupport
import Testing

@testable import Bridge

/// The dispatcher with a journal in memory, a Buddy that answers when it is told to, and a clock that is set by hand.
@Suite("The dispatcher", .timeLimit(.minutes(3)))
struct DispatcherTests {
    /// What a dispatcher works with.
    private struct Stage: Sendable {
        let journal = MemoryJournal()
        let buddy = WaitingBuddy()
        let bell = Bell()
        let clock = ManualClock()
        var rules = DispatchRules()

        func run(_ body: (Stage) async throws -> Void) async throws {
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let now: @Sendable () -> Date = { [clock] in clock.now }
            let dispatcher = Dispatcher(
                client: buddy, journal: journal, rules: rules, completions: Completions(), bell: bell,
                gates: BuddyGates(rules, now: now, logger: logger), logger: logger, now: now)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await dispatcher.run() }
                try await body(self)
                group.cancelAll()
                // Whoever still waits is answered, so that the dispatcher comes to its end.
                buddy.close()
            }
        }

        /// A delivery with a run of execution `number` at a Buddy.
        func append(_ number: Int, buddy: String = "https://one") async throws {
            var target = Target.mission
            target.execution = .number(number)
            _ = try await journal.append(
                NewDelivery(
                    id: "delivery-\(number)", source: "github", event: "push",
                    request: Request(
                        head: RequestHead(method: "POST", headers: Headers(), receivedAt: clock.now), body: []),
                    acceptedAt: clock.now, keys: [], keysExpire: clock.now,
                    decision: RecordedDecision(
                        outcome: .matched, rules: "v1", trace: [],
                        runs: [.init(route: "r", buddy: buddy, target: target, refusal: nil, turn: nil)])))
            bell.ring()
        }

        func run(of number: Int) async throws -> Run {
            try #require(try await journal.delivery("delivery-\(number)")?.runs.first)
        }

        /// Waits until a run is in that state; the time limit is the bound.
        func wait(for state: Run.State, of number: Int) async throws {
            while try await run(of: number).state != state { try await Task.sleep(for: .milliseconds(1)) }
        }
    }

    @Test("As many runs of one Buddy as may be, and another Buddy's beside them")
    func concurrency() async throws {
        var stage = Stage()
        stage.rules.concurrency = 2
        try await stage.run { stage async throws in
            for number in 1...4 { try await stage.append(number) }
            try await stage.append(5, buddy: "https://two")
            await stage.buddy.waitForCalls(3)
            #expect(Set(stage.buddy.calls) == ["get 1", "get 2", "get 5"])
            for number in 3...4 { #expect(try await stage.run(of: number).state == .pending) }
            stage.buddy.answer("get 1", .success(.begun(1)))
            try await stage.wait(for: .already_running, of: 1)
            await stage.buddy.waitForCalls(4)
            #expect(stage.buddy.calls.last == "get 3")
        }
    }

    @Test("A run whose lease ran out while its call is under way is not begun a second time beside it")
    func hanging() async throws {
        try await Stage().run { stage async throws in
            try await stage.append(4)
            await stage.buddy.waitForCalls(1)
            stage.buddy.answer("get 4", .success(.waiting(4)))
            await stage.buddy.waitForCalls(2)
            #expect(stage.buddy.calls == ["get 4", "patch 4"])
            // As after a clock that was set, or a machine that slept.
            for _ in 1...3 {
                let number = try await stage.run(of: 4).leaseNumber
                stage.clock.advance(by: 120)
                stage.bell.ring()
                while try await stage.run(of: 4).leaseNumber == number {
                    stage.bell.ring()
                    try await Task.sleep(for: .milliseconds(1))
                }
                try await stage.wait(for: .pending, of: 4)
            }
            #expect(stage.buddy.calls == ["get 4", "patch 4"])
            // Only when its call has come to an end, and by a look: what the old holder says does not count.
            stage.buddy.answer("patch 4", .success(.begun(4)))
            while stage.buddy.calls.count < 3 {
                stage.clock.advance(by: 2)
                stage.bell.ring()
                try await Task.sleep(for: .milliseconds(1))
            }
            #expect(stage.buddy.calls == ["get 4", "patch 4", "get 4"])
            stage.buddy.answer("get 4", .success(.begun(4)))
            try await stage.wait(for: .started, of: 4)
            #expect(stage.buddy.calls.filter { $0 == "patch 4" }.count == 1)
        }
    }

    @Test("While a Buddy fails, one run at a time finds out; another Buddy's go on")
    func breaker() async throws {
        var stage = Stage()
        stage.rules.breakerFailures = 2
        try await stage.run { stage async throws in
            for number in 1...2 { try await stage.append(number) }
            await stage.buddy.waitForCalls(2)
            for number in 1...2 { stage.buddy.answer("get \(number)", .failure(BuddyFailure(.broken, "gone"))) }
            for number in 1...2 { try await stage.wait(for: .pending, of: number) }
            try await stage.append(3)
            try await stage.append(4, buddy: "https://two")
            await stage.buddy.waitForCalls(3)
            #expect(stage.buddy.calls.last == "get 4")
            #expect(try await stage.run(of: 3).state == .pending)
            stage.clock.advance(by: 60)
            stage.bell.ring()
            await stage.buddy.waitForCalls(4)
            // All three are due, and one is tried.
            stage.bell.ring()
            #expect(
                try await [1, 2, 3].asyncMap { try await stage.run(of: $0).state }.filter { $0 == .running }.count == 1)
            let probe = try #require(stage.buddy.calls.last)
            stage.buddy.answer(probe, .success(.begun(try #require(Int(probe.dropFirst(4))))))
            await stage.buddy.waitForCalls(6)
            #expect(Set(stage.buddy.calls.suffix(3)) == ["get 1", "get 2", "get 3"])
        }
    }
}

extension Sequence where Element: Sendable {
    fileprivate func asyncMap<Value>(_ body: (Element) async throws -> Value) async rethrows -> [Value] {
        var values: [Value] = []
        for element in self { values.append(try await body(element)) }
        return values
    }
}

/// A clock that stands still until it is set.
private final class ManualClock: Sendable {
    private let time = Mutex(noon)

    var now: Date { time.withLock { $0 } }

    func advance(by seconds: Double) { time.withLock { $0 = $0.addingTimeInterval(seconds) } }
}

/// A Buddy whose every call waits for its answer.
private final class WaitingBuddy: BuddyClient {
    private struct State {
        var calls: [String] = []
        var waiting: [(call: String, continuation: CheckedContinuation<Result<Execution, BuddyFailure>, Never>)] = []
        var isClosed = false
    }

    private let state = Mutex(State())

    var calls: [String] { state.withLock { $0.calls } }

    func waitForCalls(_ count: Int) async {
        while calls.count < count, !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
    }

    /// Answers the oldest such call that waits.
    func answer(_ call: String, _ result: Result<Execution, BuddyFailure>) {
        let found = state.withLock { state in
            state.waiting.firstIndex { $0.call == call }.map { state.waiting.remove(at: $0).continuation }
        }
        guard let found else {
            Issue.record("nobody waits for '\(call)'")
            return
        }
        found.resume(returning: result)
    }

    func close() {
        let left = state.withLock { state in
            state.isClosed = true
            defer { state.waiting = [] }
            return state.waiting
        }
        for one in left { one.continuation.resume(returning: .failure(BuddyFailure(.notSent, "closed"))) }
    }

    private func call(_ call: String) async throws(BuddyFailure) -> Execution {
        try await withCheckedContinuation { continuation in
            let isClosed = state.withLock { state in
                state.calls.append(call)
                if !state.isClosed { state.waiting.append((call, continuation)) }
                return state.isClosed
            }
            if isClosed { continuation.resume(returning: .failure(BuddyFailure(.notSent, "closed"))) }
        }.get()
    }

    func runScheduled(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution {
        try await call("patch \(execution)")
    }

    func execution(_ execution: Int, of pipeline: PipelineAddress) async throws(BuddyFailure) -> Execution {
        try await call("get \(execution)")
    }

    func executions(of pipeline: PipelineAddress, page: Int, perPage: Int) async throws(BuddyFailure) -> ExecutionPage {
        throw BuddyFailure(.status(599), "nobody asks for lists here")
    }

    func pipelineNumber(
        of identifier: String, project: String, domain: String, buddy: String
    ) async throws(BuddyFailure) -> Int {
        throw BuddyFailure(.status(599), "nobody asks for pipelines here")
    }
}
