import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    @Suite("Room for the runs of each Buddy")
    struct RoomTests {
        /// Runs of deliveries with these numbers, at one Buddy, each accepted at the second of its number.
        private static func append(
            _ numbers: ClosedRange<Int>, _ buddy: String, to journal: any TestedJournal
        ) async throws {
            var decision = RecordedDecision.matched(41)
            decision.runs[0].buddy = buddy
            for number in numbers {
                _ = try await journal.append(.sample(number, at: Double(number), runs: decision))
            }
        }

        @Test("A Buddy that is full keeps nobody else's runs from being taken", arguments: JournalKind.allCases)
        func full(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await Self.append(1...20, "https://a", to: journal)
                try await Self.append(21...23, "https://b", to: journal)
                let room = LeaseRoom(["https://a": 0, "https://b": 2], otherwise: 9)
                let leased = try await journal.lease(room, now: moment(99), until: moment(200)).runs
                #expect(leased.map(\.delivery) == [id(21), id(22)])
                #expect(try await journal.runs(of: 1).map(\.attempts) == [0])
            }
        }

        @Test("Each has room of its own, and the longest due come first", arguments: JournalKind.allCases)
        func each(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await Self.append(1...3, "https://a", to: journal)
                try await Self.append(4...6, "https://b", to: journal)
                try await Self.append(7...9, "https://c", to: journal)
                let room = LeaseRoom(["https://a": 1, "https://b": 2], otherwise: 9)
                let leased = try await journal.lease(room, now: moment(99), until: moment(200)).runs
                #expect(Set(leased.map(\.delivery)) == Set([1, 4, 5, 7, 8, 9].map(id)))
                #expect(leased.filter { $0.buddy == "https://b" }.map(\.delivery) == [id(4), id(5)])
            }
        }

        @Test("A Buddy that nobody has named yet has its room, too", arguments: JournalKind.allCases)
        func otherwise(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await Self.append(1...3, "https://a", to: journal)
                try await Self.append(4...6, "https://b", to: journal)
                let leased = try await journal.lease(LeaseRoom(otherwise: 2), now: moment(99), until: moment(200)).runs
                #expect(Set(leased.map(\.delivery)) == Set([1, 2, 4, 5].map(id)))
            }
        }

        @Test("What is due next is told of Buddies with room only", arguments: JournalKind.allCases)
        func nextDue(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await Self.append(10...10, "https://a", to: journal)
                try await Self.append(50...50, "https://b", to: journal)
                func next(_ room: LeaseRoom) async throws -> Date? {
                    let leased = try await journal.lease(room, now: moment(1), until: moment(200))
                    #expect(leased.runs.isEmpty)
                    return leased.nextDue
                }
                #expect(try await next(LeaseRoom(otherwise: 1)) == moment(10))
                #expect(try await next(LeaseRoom(["https://a": 0], otherwise: 1)) == moment(50))
                #expect(try await next(LeaseRoom(["https://a": 1], otherwise: 0)) == moment(10))
                #expect(try await next(LeaseRoom(["https://a": 0, "https://b": 0], otherwise: 1)) == nil)
                #expect(try await next(LeaseRoom(["https://c": 1], otherwise: 0)) == nil)
            }
        }

        @Test("Nobody's lapsed run is taken over without room, nor waited for", arguments: JournalKind.allCases)
        func lapsed(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                try await Self.append(1...1, "https://a", to: journal)
                let first = try await journal.leaseOne(at: 1, until: 60)
                let full = LeaseRoom(["https://a": 0], otherwise: 9)
                let none = try await journal.lease(full, now: moment(61), until: moment(200))
                #expect(none.runs.isEmpty)
                #expect(none.nextDue == nil)
                let room = LeaseRoom(["https://a": 1], otherwise: 0)
                let leased = try await journal.lease(room, now: moment(61), until: moment(200))
                #expect(leased.runs.map(\.id) == [first.id])
                #expect(leased.nextDue == moment(200))
            }
        }
    }
}
