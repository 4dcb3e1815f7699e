import Foundation
import Testing

@testable import Bridge

extension JournalConformanceTests {
    /// DESIGN §6.3 and §6.6.
    @Suite("What is committed before a PATCH")
    struct ClaimTests {
        /// Two runs of two deliveries, both held.
        private static func two(_ journal: any TestedJournal) async throws -> (Run, Run) {
            _ = try await journal.append(.sample(1, at: 0))
            _ = try await journal.append(.sample(2, at: 1))
            let runs = try await journal.lease(limit: 2, now: moment(1), until: moment(60)).runs
            try #require(runs.count == 2)
            return (runs[0], runs[1])
        }

        private static func run(_ number: Int, _ journal: any TestedJournal) async throws -> Run {
            try #require(try await journal.runs(of: number).first)
        }

        @Test(
            "It keeps what was seen, which execution is meant, and that a PATCH goes out",
            arguments: JournalKind.allCases)
        func committed(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let (one, _) = try await Self.two(journal)
                var seen = Execution(id: 4, status: "INITIAL")
                seen.delayUntil = "2026-11-24T10:00:00.5Z"
                seen.branch = "größer/🦔"
                seen.actions = [.init(name: "Deploy", type: nil, status: nil, progress: 3)]
                #expect(try await journal.commit(.sample(one, 4, seen: seen)) == .committed)
                let run = try await Self.run(1, journal)
                #expect(run.state == .running)
                #expect(run.execution == 4)
                #expect(run.pipelineNumber == 41)
                #expect(run.firstLook == seen)
                #expect(run.patchSent)
                #expect(!run.isUncertain)
                #expect(try await journal.claims(on: .sample(41)) == [4])
                #expect(try await journal.history(of: run.id).map(\.step) == ["patch"])
                #expect(try await journal.outcome(of: 1) == .pending)
            }
        }

        @Test("What Buddy does not show is no look", arguments: JournalKind.allCases)
        func unseen(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let (one, _) = try await Self.two(journal)
                #expect(try await journal.commit(.sample(one, 4, seen: nil)) == .committed)
                #expect(try await Self.run(1, journal).firstLook == nil)
                #expect(try await Self.run(1, journal).patchSent)
            }
        }

        @Test("An execution that a selector chose is claimed by one run only", arguments: JournalKind.allCases)
        func lost(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let (one, other) = try await Self.two(journal)
                #expect(try await journal.commit(.sample(one, 4)) == .committed)
                #expect(try await journal.commit(.sample(other, 4, until: 99)) == .claimTaken)
                let run = try await Self.run(2, journal)
                #expect(run.execution == nil && run.firstLook == nil && !run.patchSent)
                // It goes on: it may choose again.
                #expect(try await journal.commit(.sample(other, 5)) == .committed)
                #expect(try await journal.claims(on: .sample(41)) == [4, 5])
            }
        }

        @Test("A number that somebody wrote needs no claim, and takes none away", arguments: JournalKind.allCases)
        func written(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let (one, other) = try await Self.two(journal)
                #expect(try await journal.commit(.sample(one, 4)) == .committed)
                #expect(try await journal.commit(.sample(other, 4, needsClaim: false)) == .committed)
                #expect(try await Self.run(2, journal).execution == 4)
                #expect(try await Self.run(2, journal).patchSent)
                #expect(try await journal.finish(other.lease, .sample(.refused, releasesClaim: true)))
                #expect(try await journal.claims(on: .sample(41)) == [4])
                #expect(try await journal.finish(one.lease, .sample(.refused, releasesClaim: true)))
                #expect(try await journal.claims(on: .sample(41)) == [])
            }
        }

        @Test("A number that somebody wrote is claimed where it is free", arguments: JournalKind.allCases)
        func writtenFirst(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let (one, other) = try await Self.two(journal)
                #expect(try await journal.commit(.sample(one, 4, needsClaim: false)) == .committed)
                #expect(try await journal.commit(.sample(other, 4)) == .claimTaken)
            }
        }

        @Test("A run keeps its own claim over later PATCHes", arguments: JournalKind.allCases)
        func again(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                _ = try await journal.append(.sample(1))
                let first = try await journal.leaseOne()
                #expect(try await journal.commit(.sample(first, 4)) == .committed)
                #expect(try await journal.finish(first.lease, .sample(.pending, next: 5, isUncertain: true)))
                let second = try await journal.leaseOne(at: 5)
                #expect(try await journal.commit(.sample(second, 4)) == .committed)
                #expect(try await journal.claims(on: .sample(41)) == [4])
            }
        }

        @Test(
            "A claim is one on a Buddy, a domain, a project, a pipeline and an execution",
            arguments: JournalKind.allCases)
        func scope(_ kind: JournalKind) async throws {
            try await kind.run { journal async throws in
                let (one, other) = try await Self.two(journal)
                #expect(try await journal.commit(.sample(one, 4)) == .committed)
                let mine = PipelineAddress.sample(41)
                var others = Array(repeating: mine, count: 4)
                others[0].buddy = "https://b/api"
                others[1].domain = "acme2"
                others[2].project = "Web"
                others[3].pipeline = 42
                for address in others {
                    #expect(try await journal.claims(on: address) == [])
                    var look = Look.sample(other, 4)
                    look.pipeline = address
                    #expect(try await journal.commit(look) == .committed)
                    #expect(try await journal.claims(on: address) == [4])
                }
                #expect(try await journal.claims(on: mine) == [4])
            }
        }

        @Test(
            "A claim is kept or released as the attempt's ending says", arguments: JournalKind.allCases,
            [
                (Run.State.started, false, false), (.already_running, false, false), (.dead, true, false),
                (.refused, false, true), (.nothing_scheduled, false, true), (.dead, false, true),
            ])
        func released(_ kind: JournalKind, _ ending: (state: Run.State, isUncertain: Bool, releases: Bool)) async throws
        {
            try await kind.run { journal async throws in
                let (one, other) = try await Self.two(journal)
                #expect(try await journal.commit(.sample(one, 4)) == .committed)
                #expect(try await journal.commit(.sample(other, 5)) == .committed)
                #expect(
                    try await journal.finish(
                        one.lease,
                        .sample(ending.state, isUncertain: ending.isUncertain, releasesClaim: ending.releases)))
                #expect(try await journal.claims(on: .sample(41)) == (ending.releases ? [5] : [4, 5]))
                let look = Look.sample(other, 4)
                #expect(try await journal.commit(look) == (ending.releases ? .committed : .claimTaken))
            }
        }
    }
}
