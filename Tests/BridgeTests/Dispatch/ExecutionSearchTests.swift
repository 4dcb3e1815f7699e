import FoundationEssentials
import Testing

@testable import Bridge

/// DESIGN §6.6.
@Suite("The choice among a pipeline's executions")
struct ExecutionSearchTests {
    private func find(
        _ selector: Selector, _ executions: [Execution], claimed: Set<Int> = []
    ) async throws -> SearchResult {
        try await ExecutionSearch(ScriptedBuddy(pages: [executions]), claimed: claimed).find(.selector(selector))
    }

    /// Newest first, as Buddy lists them.
    private static let list: [Execution] = [
        .begun(12), .waiting(11, 30), .waiting(10, 90), .waiting(9, 10, status: "ENQUEUED"),
        .begun(8, "SUCCESSFUL", finished: true), .waiting(7, 90), .calledOff(id: 6),
    ]

    @Test(
        "The earliest is the one that would start first",
        arguments: [([], 9), ([9], 11), ([9, 11], 7), ([9, 11, 7], 10)] as [(Set<Int>, Int)])
    func earliest(_ claimed: Set<Int>, _ expected: Int) async throws {
        #expect(try await find(Selector(.earliest), Self.list, claimed: claimed).number == expected)
    }

    @Test(
        "The latest would start last; of equal times it is the highest number",
        arguments: [([], 10), ([10], 7), ([10, 7], 11)] as [(Set<Int>, Int)])
    func latest(_ claimed: Set<Int>, _ expected: Int) async throws {
        #expect(try await find(Selector(.latest), Self.list, claimed: claimed).number == expected)
    }

    @Test("The only one is taken; several are refused, and listed")
    func only() async throws {
        #expect(try await find(Selector(.only), [.begun(2), .waiting(1)]).number == 1)
        let error = try #require(try await find(Selector(.only), Self.list).refusal)
        #expect(error.code == .severalScheduled)
        #expect(error.candidates?.map(\.id).sorted() == [7, 9, 10, 11])
        #expect(error.candidates?.first { $0.id == 9 }?.delayUntil == Execution.waiting(9, 10).delayUntil)
        #expect(error.candidates?.first?.branch == "main")
        for number in ["#7", "#9", "#10", "#11"] { #expect(error.message.contains(number)) }
    }

    @Test("What others have claimed is passed over, so that one of two may be the only one")
    func onlyClaimed() async throws {
        #expect(try await find(Selector(.only), Self.list, claimed: [9, 10, 11]).number == 7)
    }

    @Test("All claimed is nothing scheduled")
    func allClaimed() async throws {
        let result = try await find(Selector(.earliest), Self.list, claimed: [7, 9, 10, 11])
        #expect(result.nothing?.code == .nothingScheduled)
    }

    @Test("Nothing is said with the pipeline, the filters, and what alone waits", arguments: Selector.Pick.allCases)
    func nothing(_ pick: Selector.Pick) async throws {
        let selector = Selector(pick, filters: [.branch: .init([.equals("dev")])])
        let error = try #require(try await find(selector, Self.list).nothing)
        #expect(error.code == .nothingScheduled)
        for word in ["2", "acme/web", "branch", "dev", "delay_until", pick.rawValue] {
            #expect(error.message.contains(word))
        }
        #expect(try await find(Selector(pick), []).nothing != nil)
    }

    @Test("Only what has not ended, is in a waiting status, and waits for a time to come is a candidate")
    func candidates() async throws {
        let waiting = Execution.waiting(1)
        let others: [Execution] = [
            .begun(1), .begun(1, "ENQUEUED"), .begun(1, "SUCCESSFUL", finished: true), .calledOff(id: 1),
            waiting.with(\.status, "INPROGRESS"), waiting.with(\.status, "TERMINATED"),
            waiting.with(\.status, "WAITING_FOR_APPLY"),
            waiting.with(\.finishDate, "2027-01-15T07:00:00Z"), .waiting(1, -1), .waiting(1, 0),
            Execution(id: 1, status: "ENQUEUED"), Execution(id: 1, status: "INITIAL"),
            waiting.with(\.delayUntil, "soon"),
        ]
        #expect(try await find(Selector(.earliest), [waiting]).number == 1)
        for other in others { #expect(try await find(Selector(.earliest), [other]).nothing != nil, "\(other)") }
    }

    /// DESIGN §6.6: `delay_until` is decisive. A start in the future is no `delay_until`.
    @Test("A start date to come makes no candidate", arguments: ["INITIAL", "ENQUEUED"])
    func startDate(_ status: String) async throws {
        let execution = Execution(id: 1, status: status).with(\.startDate, "2027-01-15T09:00:00Z")
        #expect(try await find(Selector(.earliest), [execution]).nothing != nil)
    }

    @Test("Statuses that wait are those of the configuration")
    func statuses() async throws {
        let buddy = ScriptedBuddy(pages: [[.waiting(1, status: "DELAYED"), .waiting(2, 5)]])
        var rules = DispatchRules()
        rules.waitingStatuses = ["DELAYED"]
        let search = ExecutionSearch(
            client: buddy, pipeline: ScriptedBuddy.pipeline, rules: rules, now: noon, claimed: [])
        #expect(try await search.find(.selector(Selector(.earliest))).number == 1)
    }

    @Test("Filters are conditions on branch, tag, revision and comment, all of which must hold")
    func filters() async throws {
        let list: [Execution] = [
            .waiting(4, 40).with(\.tag, "v1").with(\.branch, nil), .waiting(3, 30).with(\.revision, "506a"),
            .waiting(2, 20).with(\.comment, "for QA"), .waiting(1, 10).with(\.branch, "dev"),
        ]
        let table: [([Selector.Field: Selector.Filter], Int?)] = [
            ([:], 1), ([.branch: .init([.equals("main")])], 2), ([.branch: .init([.not([.equals("main")])])], 1),
            ([.branch: .init([.exists(false)])], 4), ([.tag: .init([.glob("v*")])], 4),
            ([.revision: .init([.prefix("506")])], 3), ([.comment: .init([.regex(".*QA")])], 2),
            ([.branch: .init([.equals("main")]), .comment: .init([.exists(false)])], 3),
            ([.tag: .init([.equals("v2")])], nil),
        ]
        for (filters, expected) in table {
            #expect(try await find(Selector(.earliest, filters: filters), list).number == expected, "\(filters)")
        }
    }

    @Test("'within' is counted from now, its end included")
    func within() async throws {
        let list: [Execution] = [.waiting(2, 60), .waiting(1, 60.1)]
        #expect(try await find(Selector(.latest, within: 3600), list).number == 2)
        #expect(try await find(Selector(.only, within: 3600), list).number == 2)
        #expect(try await find(Selector(.earliest, within: 3599), list).nothing != nil)
    }
}

extension ExecutionSearchTests {
    @Test("Who has lost the one it chose to another run looks at the next, and at nothing else again")
    func lostRace() async throws {
        let buddy = ScriptedBuddy(pages: [(1...5).map { .waiting($0, Double($0)) }])
        var findings: ExecutionSearch.Findings?
        #expect(try await ExecutionSearch(buddy).find(.selector(Selector(.earliest)), &findings).number == 1)
        let calls = buddy.calls.count
        let again = ExecutionSearch(buddy, claimed: [1, 2])
        #expect(try await again.find(.selector(Selector(.earliest)), &findings).number == 3)
        #expect(buddy.calls.dropFirst(calls) == ["get 3"])
    }
}
