import Foundation
import GRDB
import JournalStore
import Testing

@testable import Bridge

@Suite("The SQLite journal's file", .timeLimit(.minutes(2)))
struct SQLiteFileTests {
    private let folder: TemporaryFolder
    private let path: String

    init() throws {
        folder = try TemporaryFolder()
        path = folder.path("journal.sqlite")
    }

    /// Opens the file, and lets it go afterwards, lock and all.
    private func open<Value: Sendable>(
        now seconds: Double = 0, pause: Duration = .seconds(1), _ body: (SQLiteJournal) async throws -> Value
    ) async throws -> Value {
        let journal = try SQLiteJournal(path: path, now: moment(seconds), pauseAfterLostPatch: pause)
        let value = try await body(journal)
        try journal.close()
        return value
    }

    @Test("A commit is on the disk: synchronous is FULL, on a new file and on an old one")
    func synchronous() async throws {
        for _ in 1...2 {
            try await open { journal async throws in #expect(try journal.synchronousMode() == 2) }
        }
    }

    @Test("What was acknowledged is in the files, before they are closed")
    func acknowledged() async throws {
        try await open { journal async throws in
            _ = try await journal.append(.sample(1, keys: [.id("a")], body: [1, 2, 3]))
            let copy = folder.path("copy.sqlite")
            try FileManager.default.copyItem(atPath: path, toPath: copy)
            try FileManager.default.copyItem(atPath: path + "-wal", toPath: copy + "-wal")
            let other = try SQLiteJournal(path: copy)
            #expect(try await other.delivery(id(1))?.body == [1, 2, 3])
            #expect(try await other.append(.sample(2, keys: [.id("a")])) == .duplicate(id(1)))
            try other.close()
        }
    }

    @Test("A second 'serve' of the same file is told so, and the first goes on")
    func locked() async throws {
        try await open { journal async throws in
            let error = #expect(throws: JournalUnavailable.self) { try SQLiteJournal(path: path) }
            #expect(error?.description == "another 'serve' is using this journal (\(path) is locked)")
            #expect(try await journal.append(.sample(1)) == .accepted(id(1)))
        }
        try await open { journal async throws in #expect(try await journal.delivery(id(1)) != nil) }
    }

    @Test("Another name of the file is no way round the lock")
    func lockedByAnotherName() async throws {
        let link = folder.path("link.sqlite")
        try await open { _ async throws in
            try FileManager.default.createSymbolicLink(atPath: link, withDestinationPath: path)
            #expect(throws: JournalUnavailable.self) { try SQLiteJournal(path: link) }
        }
    }

    @Test("Its files are for this user alone")
    func permissions() async throws {
        try await open { journal async throws in
            _ = try await journal.append(.sample(1))
            for name in ["", "-wal", "-shm"] {
                let attributes = try FileManager.default.attributesOfItem(atPath: path + name)
                #expect(attributes[.posixPermissions] as? Int == 0o600, "\(name)")
            }
        }
    }

    @Test("All of it is there after a restart: deliveries, keys, claims, history")
    func restart() async throws {
        let run = try await open { journal async throws in
            _ = try await journal.append(.sample(1, keys: [.id("a")], headers: Headers([("A", "b")]), body: [0, 255]))
            let run = try await journal.leaseOne()
            #expect(try await journal.commit(.sample(run, 4)) == .committed)
            #expect(try await journal.finish(run.lease, .sample(.started)))
            return run
        }
        try await open { journal async throws in
            #expect(try await journal.delivery(id(1))?.body == [0, 255])
            #expect(try await journal.append(.sample(2, keys: [.id("a")])) == .duplicate(id(1)))
            #expect(try await journal.claims(on: .sample(41)) == [4])
            #expect(try await journal.history(of: run.id).map(\.step) == ["patch", "started"])
            #expect(try await journal.runs(of: 1).map(\.state) == [.started])
            #expect(try await journal.runs(of: 1).map(\.isUncertain) == [false])
        }
    }

    @Test("A restart voids leases: what no PATCH was sent for is due at once")
    func leasesVoided() async throws {
        let lease = try await open { journal async throws in
            _ = try await journal.append(.sample(1, at: -5))
            return try await journal.leaseOne(until: 9000).lease
        }
        try await open(now: 100, pause: .seconds(30)) { journal async throws in
            let run = try #require(try await journal.runs(of: 1).first)
            #expect(run.state == .pending)
            #expect(run.leaseNumber > lease.number)
            #expect(run.nextAttemptAt == moment(-5))
            #expect(run.attempts == 1)
            #expect(!run.isUncertain)
            #expect(!(try await journal.renew(lease, until: moment(9000))))
            #expect(!(try await journal.finish(lease, .sample(.started))))
            let again = try await journal.leaseOne(at: 100)
            #expect(again.lease != lease)
            #expect(!(try await journal.finish(lease, .sample(.started))))
        }
    }

    @Test(
        "A PATCH that a lost process may have sent is uncertain, and pauses",
        arguments: [(30.0, 130.0), (0.25, 100.25)])
    func lostPatch(_ pause: Double, _ due: Double) async throws {
        let seen = Execution(id: 4, status: "INITIAL")
        try await open { journal async throws in
            _ = try await journal.append(.sample(1, keys: [.id("a")]))
            let run = try await journal.leaseOne(until: 9000)
            #expect(try await journal.commit(.sample(run, 4, seen: seen)) == .committed)
        }
        try await open(now: 100, pause: .milliseconds(Int(pause * 1000))) { journal async throws in
            let run = try #require(try await journal.runs(of: 1).first)
            #expect(run.state == .pending)
            #expect(run.isUncertain)
            #expect(run.patchSent)
            #expect(run.execution == 4)
            #expect(run.firstLook == seen)
            #expect(run.nextAttemptAt == moment(due))
            #expect(try await journal.claims(on: .sample(41)) == [4])
            let early = try await journal.lease(limit: 1, now: moment(due - 0.01), until: moment(9000))
            #expect(early.runs.isEmpty)
            #expect(early.nextDue == moment(due))
            // It is in doubt, so nothing of it is redone.
            #expect(try await journal.append(.sample(2, keys: [.id("a")], at: 101)) == .duplicate(id(1)))
            #expect(try await journal.leaseOne(at: due).id == run.id)
        }
    }

    @Test("A restart changes nothing of what nobody held")
    func waiting() async throws {
        try await open { journal async throws in
            _ = try await journal.append(.sample(1))
            _ = try await journal.append(.sample(2, at: 1))
            let first = try await journal.leaseOne()
            #expect(try await journal.finish(first.lease, .sample(.pending, next: 500)))
            let second = try await journal.leaseOne(at: 1)
            #expect(try await journal.commit(.sample(second, 4)) == .committed)
            #expect(try await journal.finish(second.lease, .sample(.pending, next: 600, isUncertain: true)))
        }
        try await open(now: 100, pause: .seconds(30)) { journal async throws in
            let runs = try await journal.runs(of: 1) + journal.runs(of: 2)
            #expect(runs.map(\.nextAttemptAt) == [moment(500), moment(600)])
            #expect(runs.map(\.leaseNumber) == [1, 1])
            #expect(runs.map(\.isUncertain) == [false, true])
        }
    }

    @Test("When this machine's clock was set back meanwhile, nothing waits for long for the hour that it was")
    func clockSetBack() async throws {
        let future = 1e6
        try await open(now: future) { journal async throws in
            _ = try await journal.append(.sample(1, at: future))
            _ = try await journal.append(.sample(2, at: future, runs: .matched(42)))
            _ = try await journal.append(.sample(3, at: -50))
            for (run, next) in zip(
                try await journal.lease(limit: 9, now: moment(future), until: moment(future + 60)).runs,
                [250, future + 500])
            {
                #expect(try await journal.finish(run.lease, .sample(.pending, next: next)))
            }
        }
        try await open(now: 100) { journal async throws in
            let latest = moment(100).advanced(by: DispatchRules.longestPause)
            let runs = try await journal.runs(of: 1) + journal.runs(of: 2) + journal.runs(of: 3)
            #expect(runs.map(\.nextAttemptAt) == [latest, latest, moment(250)])
            #expect(runs.map(\.budgetStart) == [moment(100), moment(100), moment(-50)])
            #expect(runs.map(\.state) == [.pending, .pending, .pending])
            let leased = try await journal.lease(limit: 9, now: latest, until: latest.addingTimeInterval(60))
            #expect(leased.runs.count == 3)
        }
    }

    @Test("A file of a newer version is refused, each time, and not changed")
    func newer() async throws {
        try await open { journal async throws in _ = try await journal.append(.sample(1)) }
        let queue = try DatabaseQueue(path: path)
        try await queue.write { db in try db.execute(sql: "INSERT INTO grdb_migrations VALUES ('999')") }
        try queue.close()
        for _ in 1...2 {
            let error = #expect(throws: JournalUnavailable.self) { try SQLiteJournal(path: path) }
            #expect(error?.description == "\(path) was written by a newer version of buddy-bridge")
        }
        let again = try DatabaseQueue(path: path)
        #expect(try await again.read { db in try Int.fetchOne(db, sql: "SELECT count(*) FROM deliveries") } == 1)
        try again.close()
    }

    @Test("What is no journal is not opened", arguments: ["folder/missing.sqlite", "text"])
    func noJournal(_ name: String) throws {
        let file = folder.path(name)
        if name == "text" { try Data(repeating: UInt8(ascii: "x"), count: 5000).write(to: URL(fileURLWithPath: file)) }
        let error = #expect(throws: JournalUnavailable.self) { try SQLiteJournal(path: file) }
        #expect(error?.description.hasPrefix("cannot open \(file)") == true)
    }

    @Test("It can be read beside a process that serves it, and only read")
    func reading() async throws {
        try await open { journal async throws in
            _ = try await journal.append(.sample(1, keys: [.id("a")], body: [7]))
            let reader = try SQLiteJournal(reading: path)
            #expect(try await reader.delivery(id(1))?.body == [7])
            _ = try await journal.append(.sample(2))
            #expect(try await reader.deliveries(DeliveryQuery()).map(\.id) == [id(2), id(1)])
            #expect(try await reader.backlog().pending == 2)
            await #expect(throws: JournalUnavailable.self) { try await reader.append(.sample(3)) }
            await #expect(throws: JournalUnavailable.self) {
                try await reader.lease(limit: 1, now: moment(0), until: moment(60))
            }
            await #expect(throws: JournalUnavailable.self) { try await reader.check() }
            // Nobody's leases were voided by the reader.
            let run = try await journal.leaseOne()
            #expect(try await SQLiteJournal(reading: path).runs(of: 1).map(\.state) == [.running])
            #expect(try await journal.finish(run.lease, .sample(.started)))
            #expect(try await reader.runs(of: 1).map(\.state) == [.started])
            try reader.close()
        }
    }

    @Test("There is nothing to read where there is no file, and none is made")
    func readingNothing() throws {
        let error = #expect(throws: JournalUnavailable.self) { try SQLiteJournal(reading: path) }
        #expect(error?.description.hasPrefix("cannot read \(path)") == true)
        #expect(!FileManager.default.fileExists(atPath: path))
    }

    @Test("A journal that is closed says so, and nothing hangs")
    func closed() async throws {
        let journal = try SQLiteJournal(path: path)
        try journal.close()
        await #expect(throws: JournalUnavailable.self) { try await journal.append(.sample(1)) }
        await #expect(throws: JournalUnavailable.self) { try await journal.delivery(id(1)) }
        await #expect(throws: JournalUnavailable.self) { try await journal.check() }
    }
}
