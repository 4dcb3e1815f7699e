import Testing

@testable import Bridge

@Suite("The budget of failures")
struct FailureBudgetTests {
    private let start = ContinuousClock.now

    private func taken(_ budget: FailureBudget, _ count: Int, _ client: String = "a", after seconds: Double = 0) -> Int
    {
        (0..<count).count { _ in budget.take(source: "s", client: client, now: start + .seconds(seconds)) }
    }

    @Test("As many as the burst at once, then one for each second that has passed")
    func refill() {
        let budget = FailureBudget(burst: 3, perSecond: 0.5)
        #expect(taken(budget, 10) == 3)
        #expect(taken(budget, 10, after: 1.9) == 0)
        #expect(taken(budget, 10, after: 2) == 1)
        #expect(taken(budget, 10, after: 1000) == 3)
    }

    @Test("Sources and clients have one each; an IPv6 network of 64 bits is one client")
    func apart() {
        let budget = FailureBudget(burst: 1)
        #expect(taken(budget, 2, "192.0.2.1") == 1 && taken(budget, 2, "192.0.2.2") == 1)
        #expect(budget.take(source: "t", client: "192.0.2.1", now: start))
        #expect(taken(budget, 2, "2001:db8::1") == 1)
        #expect(taken(budget, 2, "2001:db8::ffff:2") == 0)
        #expect(taken(budget, 2, "2001:db8:0:1::1") == 1)
        #expect(taken(budget, 2, "_hidden") == 1 && taken(budget, 2, "") == 1)
    }

    @Test("Very many clients take no more memory than many, and are still counted")
    func bounded() {
        let budget = FailureBudget(burst: 1)
        for client in 0..<25_000 { #expect(taken(budget, 1, "\(client)") == 1) }
        #expect(taken(budget, 1, "24999") == 0)
    }
}
