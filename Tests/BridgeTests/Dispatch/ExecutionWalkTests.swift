import FoundationEssentials
import Testing

@testable import Bridge

/// DESIGN §6.6: how the list is walked.
@Suite("The walk through a pipeline's list")
struct ExecutionWalkTests {
    private static let earliest = ExecutionReference.selector(Selector(.earliest))

    /// A page of executions that ran, newest first.
    private func ran(_ numbers: ClosedRange<Int>) -> [Execution] {
        numbers.reversed().map { .begun($0, "SUCCESSFUL", finished: true) }
    }

    private func unpaged(_ pages: [[Execution]], executions: [Execution] = []) -> ScriptedBuddy {
        var script = ScriptedBuddy.Script()
        script.pages = pages.map { .success(ExecutionPage(executions: $0, pages: nil)) }
        for one in pages.flatMap(\.self) + executions { script.executions[one.id] = [.success(one)] }
        return ScriptedBuddy(script)
    }

    @Test("All pages are walked for a selector, then the choice is seen once more")
    func pages() async throws {
        let buddy = ScriptedBuddy(pages: [ran(51...100), [.waiting(50, 90)] + ran(2...49), [.waiting(1, 10)]])
        #expect(try await ExecutionSearch(buddy).find(Self.earliest).number == 1)
        #expect(buddy.calls == ["list 1", "list 2", "list 3", "get 1"])
    }

    @Test("A list that lacks 'delay_until' is completed, of what may fit only")
    func lacksDelay() async throws {
        let listed = [
            Execution(id: 5, status: "INITIAL"), .begun(4), Execution(id: 3, status: "ENQUEUED"),
            Execution(id: 2, status: "INITIAL"),
        ]
        var script = ScriptedBuddy.Script()
        script.pages = [.success(ExecutionPage(executions: listed, pages: 1))]
        script.executions = [
            5: [.success(.waiting(5, 60))], 3: [.success(.waiting(3, 30, status: "ENQUEUED"))],
            2: [.success(Execution(id: 2, status: "INITIAL"))],
        ]
        let buddy = ScriptedBuddy(script)
        #expect(try await ExecutionSearch(buddy).find(Self.earliest).number == 3)
        #expect(!buddy.calls.contains("get 4"), "what runs is not asked for")
    }

    @Test(
        "ENQUEUED without 'delay_until' is never picked, whatever the list and the execution show",
        arguments: Selector.Pick.allCases)
    func enqueued(_ pick: Selector.Pick) async throws {
        let buddy = ScriptedBuddy(pages: [[Execution(id: 2, status: "ENQUEUED"), .begun(1, "ENQUEUED")]])
        #expect(try await ExecutionSearch(buddy).find(.selector(Selector(pick))).nothing != nil)
    }

    @Test("What has begun meanwhile is passed over for the next")
    func begunMeanwhile() async throws {
        var script = ScriptedBuddy.Script()
        script.pages = [
            .success(ExecutionPage(executions: [.waiting(3, 30), .waiting(2, 20), .waiting(1, 10)], pages: 1))
        ]
        script.executions = [1: [.success(.begun(1))], 2: [.success(.waiting(2, -1))], 3: [.success(.waiting(3, 30))]]
        let buddy = ScriptedBuddy(script)
        #expect(try await ExecutionSearch(buddy).find(Self.earliest).number == 3)
        #expect(buddy.calls == ["list 1", "get 1", "get 2", "get 3"])
        script.executions[3] = [.success(.begun(3))]
        #expect(try await ExecutionSearch(ScriptedBuddy(script)).find(Self.earliest).nothing != nil)
    }

    @Test("A server that does not page is asked no more than it takes to tell")
    func unpagedServer() async throws {
        let short = unpaged([[.waiting(2, 20), .waiting(1, 10)]])
        #expect(try await ExecutionSearch(short).find(Self.earliest).number == 1)
        #expect(short.calls == ["list 1", "get 1"])
        // It sends everything on every page: more than 50, and the same again.
        let all = ran(2...80) + [.waiting(1, 10)]
        let long = unpaged([all, all, all])
        #expect(try await ExecutionSearch(long).find(Self.earliest).number == 1)
        #expect(long.calls == ["list 1", "list 2", "get 1"])
    }

    @Test("A server that repeats a page does not make two of one")
    func repeated() async throws {
        let buddy = unpaged([ran(2...50) + [.waiting(1)], ran(2...50) + [.waiting(1)]])
        #expect(try await ExecutionSearch(buddy).find(.selector(Selector(.only))).number == 1)
    }

    @Test("A walk cut by 'list_pages' with none found is refused, naming it")
    func cut() async throws {
        let buddy = ScriptedBuddy(pages: [ran(101...150), ran(51...100), [.waiting(1)]])
        let error = try #require(try await ExecutionSearch(buddy, listPages: 2).find(Self.earliest).refusal)
        #expect(error.code == .listTooLong)
        #expect(
            error.message.contains("list_pages") && error.message.contains("2") && error.message.contains("acme/web"))
        #expect(buddy.calls == ["list 1", "list 2"])
    }

    @Test("One that is found before the cut is taken, but not as the only one")
    func foundBeforeCut() async throws {
        let pages = [ran(102...150) + [.waiting(101)], ran(51...100)]
        #expect(try await ExecutionSearch(ScriptedBuddy(pages: pages), listPages: 1).find(Self.earliest).number == 101)
        let only = try await ExecutionSearch(ScriptedBuddy(pages: pages), listPages: 1).find(.selector(Selector(.only)))
        #expect(only.refusal?.code == .listTooLong)
    }

    @Test("A list that ends with the last page allowed is not cut")
    func endsInTime() async throws {
        let buddy = ScriptedBuddy(pages: [ran(51...100), ran(1...50)])
        #expect(try await ExecutionSearch(buddy, listPages: 2).find(Self.earliest).nothing != nil)
    }

    @Test("An execution's page is found by its address, without what follows '?' or '#'")
    func page() async throws {
        let address = try #require(Execution.waiting(7).htmlURL)
        for text in [address, "\(address)?tab=logs", "\(address)#top"] {
            let buddy = ScriptedBuddy(pages: [ran(51...100), [.waiting(7)], ran(1...6)])
            #expect(try await ExecutionSearch(buddy).find(.page(text)).number == 7)
            #expect(buddy.calls == ["list 1", "list 2", "get 7"], "the walk ends where it is found")
        }
    }

    @Test("What names the execution in the address of a page is its tail, whatever shows the page")
    func tail() async throws {
        func page(_ host: String, _ tail: String) -> String {
            "https://\(host)/acme/web/pipelines/pipeline/2/execution/\(tail)"
        }
        var wanted = Execution.waiting(7)
        wanted.htmlURL = page("app.buddy.works", "5f")
        var other = Execution.waiting(8)
        other.htmlURL = page("app.buddy.works", "5f0")
        for text in [page("ci.acme.test", "5f/actions/3"), page("app.buddy.works", "5f?tab=logs")] {
            let buddy = ScriptedBuddy(pages: [[other, wanted]])
            #expect(try await ExecutionSearch(buddy).find(.page(text)).number == 7)
        }
        let none = try await ExecutionSearch(ScriptedBuddy(pages: [[other, wanted]]))
            .find(.page(page("app.buddy.works", "5")))
        #expect(none.nothing != nil)
    }

    @Test("A page that no execution has is nothing scheduled; one that a cut list may have is refused")
    func noPage() async throws {
        let pages = [ran(51...100), ran(1...50)]
        let missing = ExecutionReference.page("https://app.buddy.works/other")
        let nothing = try await ExecutionSearch(ScriptedBuddy(pages: pages)).find(missing).nothing
        #expect(nothing?.message.contains("https://app.buddy.works/other") == true)
        let cut = try await ExecutionSearch(ScriptedBuddy(pages: pages), listPages: 1).find(missing).refusal
        #expect(cut?.code == .listTooLong)
    }

    @Test("A written number is looked at, not searched for")
    func number() async throws {
        let buddy = ScriptedBuddy(pages: [[.begun(4)]])
        #expect(try await ExecutionSearch(buddy).find(.number(4)).number == 4)
        #expect(buddy.calls == ["get 4"])
    }

    @Test(
        "A failure of Buddy's ends the search with it", arguments: [BuddyFailure.timeout, .status(404), .limited(429)])
    func failure(_ failure: BuddyFailure) async throws {
        var script = ScriptedBuddy.Script()
        script.pages = [.failure(failure)]
        await #expect(throws: failure) { try await ExecutionSearch(ScriptedBuddy(script)).find(Self.earliest) }
    }
}
