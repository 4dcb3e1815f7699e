import Foundation
import Testing

@testable import Bridge

/// Reading a sender's log, and asking for what failed.
@Suite("Catching up", .timeLimit(.minutes(3)))
struct CatchUpTests {
    /// At second 100, looking back 50 seconds unless told otherwise.
    private static func run(
        _ log: ScriptedLog, _ report: inout CatchUpReport, since: Int = 50, most: Int = 500, pages: Int = 100,
        longestWait: Duration = .seconds(60)
    ) async throws(CatchUpFailure) {
        var rules = CatchUp.Rules()
        rules.since = .seconds(since)
        rules.most = most
        rules.pages = pages
        rules.pause = .zero
        rules.longestWait = longestWait
        try await CatchUp(source: "github", log: log, journal: log, rules: rules)
            .run(&report, from: Date(timeIntervalSince1970: 100))
    }

    private static func report(_ log: ScriptedLog, since: Int = 50, most: Int = 500, pages: Int = 100)
        async throws(CatchUpFailure) -> CatchUpReport
    {
        var report = CatchUpReport()
        try await run(log, &report, since: since, most: most, pages: pages)
        return report
    }

    /// Catches up in vain.
    private static func failure(
        _ log: ScriptedLog, _ report: inout CatchUpReport, longestWait: Duration = .seconds(60)
    ) async throws -> CatchUpFailure {
        do {
            try await run(log, &report, longestWait: longestWait)
        } catch {
            return error
        }
        throw NoFailure()
    }

    private struct NoFailure: Error {}

    @Test("What failed is asked for, the oldest first; what was delivered or is in the journal is left alone")
    func requested() async throws {
        let log = ScriptedLog(
            [[.at(90, "new", 0), .at(80, "known", 502), .at(75, "good", 200)], [.at(70, "old", 503)]],
            known: ["known"])
        let report = try await Self.report(log)
        #expect(log.calls == ["page", "page 1", "redeliver 70", "redeliver 90"])
        #expect(report.listed == 4 && report.failed == 3 && report.known == 1 && report.left == 0)
        #expect(report.requested == ["old", "new"] && report.refused == [] && !report.isCut)
    }

    @Test("Another source's delivery of that id is not this one's")
    func otherSource() async throws {
        let log = ScriptedLog([[.at(90, "known", 0)]], known: ["known"])
        var report = CatchUpReport()
        try await CatchUp(source: "other", log: log, journal: log, rules: .init())
            .run(&report, from: Date(timeIntervalSince1970: 100))
        #expect(report.requested == ["known"])
    }

    @Test("Nothing older than 'since' is asked for, and no page after the one where it begins is read")
    func since() async throws {
        let log = ScriptedLog([[.at(90, "a", 0)], [.at(50, "edge", 0), .at(49, "b", 0)], [.at(48, "c", 0)]])
        let report = try await Self.report(log)
        #expect(log.calls == ["page", "page 1", "redeliver 50", "redeliver 90"])
        #expect(report.listed == 2 && !report.isCut)
    }

    @Test("A log without an end is read so far and no further, and it is said")
    func cut() async throws {
        let log = ScriptedLog(Array(repeating: [.at(90, "a", 200)], count: 20))
        let report = try await Self.report(log, pages: 7)
        #expect(log.calls.count == 7)
        #expect(report.isCut && report.listed == 7)
    }

    @Test("Never more than 'most', the oldest of them; known ones do not count")
    func most() async throws {
        let log = ScriptedLog(
            [[.at(90, "c", 0), .at(80, "b", 0), .at(70, "a", 0), .at(60, "known", 0)]], known: ["known"])
        let report = try await Self.report(log, most: 2)
        #expect(log.redelivered == ["redeliver 70", "redeliver 80"])
        #expect(report.left == 1 && report.known == 1)
    }

    @Test("A limit is waited for, and the call made again")
    func limited() async throws {
        let limit = DeliveryLogFailure(.limited(until: Date()), "slower")
        let log = ScriptedLog(
            [[.at(90, "b", 0), .at(80, "a", 0)]], failures: ["page": [limit], "redeliver 80": [limit, limit]])
        let report = try await Self.report(log)
        #expect(
            log.calls == ["page", "page", "redeliver 80", "redeliver 80", "redeliver 80", "redeliver 90"])
        #expect(report.requested == ["a", "b"])
    }

    @Test("A limit that would take too long ends it for good")
    func longLimit() async throws {
        let limit = DeliveryLogFailure(.limited(until: Date().addingTimeInterval(3600)), "slower")
        let log = ScriptedLog([[.at(90, "a", 0)]], failures: ["page": [limit]])
        var report = CatchUpReport()
        let failure = try await Self.failure(log, &report)
        #expect(failure.isFinal && failure.description == "slower")
        #expect(log.calls == ["page"])
    }

    @Test("A limit without an end ends it too")
    func endlessLimit() async throws {
        let limit = DeliveryLogFailure(.limited(until: Date()), "slower")
        let log = ScriptedLog([[.at(90, "a", 0)]], failures: ["page": Array(repeating: limit, count: 50)])
        var report = CatchUpReport()
        #expect(try await Self.failure(log, &report).isFinal)
        #expect(log.calls.count == 6)
    }

    @Test("One that the sender will not send again does not hold up the others")
    func refusedOne() async throws {
        let log = ScriptedLog(
            [[.at(90, "b", 0), .at(80, "a", 0)]],
            failures: ["redeliver 80": [DeliveryLogFailure(.refused(422), "gone")]])
        let report = try await Self.report(log)
        #expect(report.refused == ["a"] && report.requested == ["b"])
    }

    @Test("Who may not ask asks once", arguments: [401, 403])
    func forbidden(_ status: Int) async throws {
        let refusal = DeliveryLogFailure(.refused(status), "no")
        let log = ScriptedLog(
            [[.at(90, "b", 0), .at(80, "a", 0)]], failures: ["redeliver 80": [refusal], "redeliver 90": [refusal]])
        var report = CatchUpReport()
        #expect(try await Self.failure(log, &report).isFinal)
        #expect(log.redelivered == ["redeliver 80"])
    }

    @Test("Ten refusals one after the other end it")
    func refusals() async throws {
        let attempts = (60..<90).reversed().map { SenderAttempt.at($0, "\($0)", 0) }
        let refusal = [DeliveryLogFailure(.refused(404), "no")]
        // The fifth is granted: only ten without a break count.
        let failures = Dictionary(
            uniqueKeysWithValues: (60..<90).filter { $0 != 64 }.map { ("redeliver \($0)", refusal) })
        let log = ScriptedLog([attempts], failures: failures)
        var report = CatchUpReport()
        #expect(try await Self.failure(log, &report).isFinal)
        #expect(log.redelivered.count == 15)
        #expect(report.refused.count == 14 && report.requested == ["64"])
    }

    @Test("After a break it goes on where it was: nothing is asked for twice")
    func resumed() async throws {
        let log = ScriptedLog(
            [[.at(90, "c", 0), .at(80, "b", 0), .at(70, "a", 0)]],
            failures: ["redeliver 80": [DeliveryLogFailure(.unavailable, "away")]])
        var report = CatchUpReport()
        #expect(try await !Self.failure(log, &report).isFinal)
        #expect(report.requested == ["a"])
        try await Self.run(log, &report)
        #expect(log.redelivered == ["redeliver 70", "redeliver 80", "redeliver 80", "redeliver 90"])
        #expect(report.requested == ["a", "b", "c"] && report.listed == 3)
    }

    @Test("'most' holds over several tries")
    func mostResumed() async throws {
        let log = ScriptedLog(
            [[.at(90, "c", 0), .at(80, "b", 0), .at(70, "a", 0)]],
            failures: ["redeliver 80": [DeliveryLogFailure(.unavailable, "away")]])
        var report = CatchUpReport()
        _ = try await Self.failure(log, &report)
        try await Self.run(log, &report, most: 2)
        #expect(report.requested == ["a", "b"] && report.left == 1)
    }

    @Test("A page that cannot be had ends it, to be tried again; one that is refused, for good")
    func pages() async throws {
        for (kind, isFinal) in [(DeliveryLogFailure.Kind.unavailable, false), (.refused(404), true)] {
            let log = ScriptedLog([[.at(90, "a", 0)], []], failures: ["page 1": [DeliveryLogFailure(kind, "why")]])
            var report = CatchUpReport()
            let failure = try await Self.failure(log, &report)
            #expect(failure.isFinal == isFinal && failure.description == "why")
            #expect(log.redelivered == [])
        }
    }

    @Test("Without the journal nothing is asked for")
    func noJournal() async throws {
        let log = ScriptedLog([[.at(90, "a", 0)]], isBroken: true)
        var report = CatchUpReport()
        let failure = try await Self.failure(log, &report)
        #expect(!failure.isFinal && failure.description == "the disk is full")
        #expect(log.redelivered == [])
    }
}
