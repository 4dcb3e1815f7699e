import Foundation
import TestSupport
import Testing

@testable import Bridge
@testable import JournalStore

/// What only a shared database has to do.
@Suite(
    "The journal in PostgreSQL", .enabled(if: PostgreSQLServer.programs != nil, "apt-get install postgresql"),
    .timeLimit(.minutes(2)))
struct PostgreSQLTests {
    private func address() async throws -> PostgreSQLAddress {
        try #require(PostgreSQLAddress(try await SharedPostgreSQL.server().database()))
    }

    /// Two processes with one journal, as it were.
    private func pair(_ body: (PostgreSQLJournal, PostgreSQLJournal) async throws -> Void) async throws {
        let address = try await address()
        let one = try PostgreSQLJournal(address)
        let other = try PostgreSQLJournal(address)
        try await body(one, other)
        one.close()
        other.close()
    }

    private func all<Value: Sendable>(
        _ count: Int, _ work: @escaping @Sendable (Int) async throws -> Value
    ) async throws -> [Value] {
        try await withThrowingTaskGroup(of: Value.self) { group in
            for number in 1...count { group.addTask { try await work(number) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
    }

    @Test("A commit is one, and is known by the server")
    func durable() async throws {
        let session = try PostgreSQLSession(try await address())
        #expect(try session.first("SELECT current_setting('synchronous_commit') AS mode")?.value("mode") == "on")
        #expect(
            try session.first("SELECT current_setting('application_name') AS name")?.value("name") == "buddy-bridge")
        #expect(try session.first("SELECT current_setting('statement_timeout') AS time")?.value("time") == "15s")
    }

    @Test("Of equal keys at two processes one is accepted")
    func keys() async throws {
        try await pair { one, other async throws in
            let receipts = try await all(60) { number in
                // Two keys in either order, so that transactions meet crosswise.
                let keys: [DedupeKey] = number % 4 < 2 ? [.id("a"), .body("b")] : [.body("b"), .id("a")]
                return try await (number % 2 == 0 ? one : other).append(.sample(number, keys: keys))
            }
            let accepted = receipts.filter { if case .accepted = $0 { true } else { false } }
            #expect(accepted.count == 1)
            #expect(try await one.deliveries(DeliveryQuery(limit: 99)).map(\.id) == accepted.map(\.id))
            #expect(try await one.backlog().pending == 1)
        }
    }

    @Test("Two processes lease no run twice, and take over what has lapsed")
    func leases() async throws {
        try await pair { one, other async throws in
            for number in 1...40 { _ = try await one.append(.sample(number)) }
            let leased = try await all(16) { number in
                try await (number % 2 == 0 ? one : other).lease(limit: 5, now: moment(0), until: moment(10)).runs
            }.flatMap(\.self)
            // Who passes over rows that another looks at may find fewer than there are.
            let rest = try await one.lease(limit: 40, now: moment(0), until: moment(10)).runs
            #expect(Set((leased + rest).map(\.id)).count == 40)
            #expect(leased.count + rest.count == 40)
            let run = try #require(leased.first)
            let taken = try await other.lease(limit: 40, now: moment(10), until: moment(60)).runs
            #expect(taken.count == 40)
            #expect(!(try await one.finish(run.lease, .sample(.started))))
            #expect(try await one.commit(.sample(run, 4)) == .leaseLost)
        }
    }

    @Test("Two processes choose one execution: one of them wins it")
    func claims() async throws {
        try await pair { one, other async throws in
            for number in 1...20 { _ = try await one.append(.sample(number)) }
            let runs = try await one.lease(limit: 20, now: moment(0), until: moment(60)).runs
            let results = try await all(20) { number in
                try await (number % 2 == 0 ? one : other).commit(.sample(runs[number - 1], 4))
            }
            #expect(results.filter { $0 == .committed }.count == 1)
            #expect(results.filter { $0 == .claimTaken }.count == 19)
        }
    }

    @Test("A failed delivery that comes again at two processes is redelivered once, and its ends are all seen")
    func redelivery() async throws {
        try await pair { one, other async throws in
            _ = try await one.append(.sample(1, keys: [.id("a")], runs: .matched(1, 2, 3, 4)))
            let runs = try await one.lease(limit: 4, now: moment(0), until: moment(60)).runs
            _ = try await all(4) { number in
                try await (number % 2 == 0 ? one : other).finish(runs[number - 1].lease, .sample(.dead))
            }
            #expect(try await one.outcome(of: 1) == .dead)
            let receipts = try await all(20) { number in
                try await (number % 2 == 0 ? one : other).append(.sample(1 + number, keys: [.id("a")], at: 5))
            }
            #expect(receipts.filter { $0 == .redelivered(id(1)) }.count == 1)
            #expect(try await other.outcome(of: 1) == .pending)
        }
    }

    @Test("An idle process hears of a run that another has taken in, and of its end")
    func news() async throws {
        try await pair { one, other async throws in
            let (heard, continuation) = AsyncStream.makeStream(of: JournalNews.self)
            let listening = Task { await other.listen { continuation.yield($0) } }
            var news = heard.makeAsyncIterator()
            // The first is for what went unheard before.
            #expect(await news.next() == .runsDue)
            _ = try await one.append(.sample(1))
            #expect(await news.next() == .runsDue)
            let run = try await one.leaseOne()
            #expect(try await one.finish(run.lease, .sample(.started)))
            #expect(await news.next() == .runEnded(id(1)))
            listening.cancel()
            await listening.value
        }
    }

    @Test("The time is the database's")
    func time() async throws {
        let journal = try PostgreSQLJournal(try await address())
        #expect(abs(journal.clock.now().timeIntervalSinceNow) < 60)
        journal.clock.set(moment(-90_000))
        _ = try await journal.lease(limit: 1, now: moment(0), until: moment(60))
        #expect(abs(journal.clock.now().timeIntervalSinceNow) < 60)
        journal.close()
    }

    @Test("A database of a newer version is refused, each time, and not changed")
    func newer() async throws {
        let address = try await address()
        try PostgreSQLJournal(address).close()
        let session = try PostgreSQLSession(address)
        try session.script("INSERT INTO schema_version VALUES (999)")
        for _ in 1...2 {
            let error = #expect(throws: JournalUnavailable.self) { try PostgreSQLJournal(address) }
            #expect(error?.description == "the database was written by a newer version of buddy-bridge")
        }
    }

    @Test("Many that start at once make the tables once")
    func migrations() async throws {
        let address = try await address()
        _ = try await all(8) { _ in try PostgreSQLJournal(address).close() }
        let session = try PostgreSQLSession(address)
        #expect(try session.first("SELECT count(*) AS count FROM schema_version")?.value("count") == 2)
    }

    @Test("It can be read beside a process that serves it, and only read")
    func reading() async throws {
        let address = try await address()
        let journal = try PostgreSQLJournal(address)
        _ = try await journal.append(.sample(1, body: [7, 0, 255]))
        let reader = try PostgreSQLJournal(reading: address)
        #expect(try await reader.delivery(id(1))?.body == [7, 0, 255])
        await #expect(throws: JournalUnavailable.self) { try await reader.append(.sample(2)) }
        #expect(try await journal.delivery(id(2)) == nil)
        reader.close()
        journal.close()
    }

    @Test(
        "A password is in no error",
        arguments: [
            "postgres://bridge:canary-word@127.0.0.1:1/none", "postgres://bridge:canary-word@127.0.0.1:1/none?canary=1",
            "host=127.0.0.1 port=1 password=canary-word canary",
        ])
    func password(_ text: String) {
        guard let address = PostgreSQLAddress(text) else { return }
        let error = #expect(throws: JournalUnavailable.self) { try PostgreSQLJournal(address) }
        #expect("\(String(describing: error)) \(String(reflecting: address))".contains("canary") == false)
        #expect(error?.cause == .unreachable)
    }

    @Test("Stopped, it says so at once; started again, all goes on, and nothing that was committed is gone")
    func restart() async throws {
        let server = try await PostgreSQLServer.start()
        let journal = try PostgreSQLJournal(try #require(PostgreSQLAddress(server.url)))
        _ = try await journal.append(.sample(1))
        server.stop()
        for _ in 1...3 {
            let error = await #expect(throws: JournalUnavailable.self) { try await journal.append(.sample(2)) }
            #expect(error?.cause == .unreachable)
        }
        await #expect(throws: JournalUnavailable.self) { try await journal.check() }
        await #expect(throws: JournalUnavailable.self) { try await journal.delivery(id(1)) }
        try server.start()
        // After a pause that has grown; the time limit is the bound.
        while (try? await journal.check()) == nil {}
        while (try? await journal.delivery(id(1))) == nil {}
        #expect(try await journal.delivery(id(1))?.id == id(1))
        _ = try await journal.append(.sample(2))
        journal.close()
        server.remove()
    }

    @Test("Restarted while nobody used it, it costs nobody an error")
    func idleRestart() async throws {
        let server = try await PostgreSQLServer.start()
        let journal = try PostgreSQLJournal(try #require(PostgreSQLAddress(server.url)))
        _ = try await journal.append(.sample(1))
        #expect(try await journal.delivery(id(1)) != nil)
        server.stop()
        try server.start()
        _ = try await journal.append(.sample(2))
        for _ in 1...4 { #expect(try await journal.delivery(id(2)) != nil) }
        journal.close()
        server.remove()
    }
}
