import Bridge
import BuddyAPI
import BuddySandbox
import Foundation
import TestSupport
import Testing

@Suite("Calls to Buddy that fail", .timeLimit(.minutes(2)))
struct FailureTests {
    static func run(
        _ faults: SandboxFault..., timeout: Duration = .seconds(60), token: String? = Canary.token,
        _ body: @Sendable (BuddyUnderTest, BuddyFailure) async throws -> Void
    ) async throws {
        let reader: BuddyAPI.TokenReader = { _, _ in token.flatMap(BuddyUnderTest.secret) }
        try await BuddyUnderTest.run(timeout: timeout, token: reader) { test async throws in
            for fault in faults { await test.buddy.inject(fault) }
            let failure = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await test.api.runScheduled(4, of: test.pipeline())
            }
            #expect(!"\(failure) \(failure.runError)".contains(Canary.token))
            try await body(test, failure)
        }
    }

    static func starts(_ test: BuddyUnderTest) async -> Int {
        await test.buddy.starts(domain: "buddy", project: "company-website", pipeline: 2, execution: 4)
    }

    @Test("No answer in time may have worked", arguments: [false, true])
    func timeout(_ effectDone: Bool) async throws {
        try await Self.run(
            .delay(.seconds(3600), on: .patch, effectDone: effectDone), timeout: .seconds(5)
        ) { test, failure async throws in
            #expect(failure.kind == .broken)
            #expect(failure.message == "Buddy did not answer in time")
            #expect(failure.mayHaveWorked)
            #expect(failure.isRetryable)
            #expect(await test.buddy.requests.count == 1)
            #expect(await Self.starts(test) == (effectDone ? 1 : 0))
        }
    }

    @Test("A lost answer may have worked, and the PATCH is not sent again")
    func lostAnswer() async throws {
        try await Self.run(.lostAnswer(on: .patch)) { test, failure async throws in
            #expect(failure.kind == .broken)
            #expect(failure.mayHaveWorked)
            #expect(failure.isRetryable)
            #expect(await test.buddy.requests.count == 1)
            #expect(await Self.starts(test) == 1)
        }
    }

    @Test("A lost answer on a connection that was used before is the same")
    func lostAnswerLater() async throws {
        try await BuddyUnderTest.run { test async throws in
            _ = try await test.api.execution(4, of: test.pipeline())
            await test.buddy.inject(.lostAnswer(on: .patch))
            let failure = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await test.api.runScheduled(4, of: test.pipeline())
            }
            #expect(failure.kind == .broken)
            #expect(
                await test.buddy.patches(domain: "buddy", project: "company-website", pipeline: 2, execution: 4).count
                    == 1)
        }
    }

    @Test("A reset connection may have worked")
    func reset() async throws {
        try await Self.run(.resetBeforeEffect(on: .patch)) { test, failure async throws in
            #expect(failure.kind == .broken)
            #expect(failure.mayHaveWorked)
            #expect(await test.buddy.requests.count == 1)
        }
    }

    @Test("Where nobody listens nothing was sent", arguments: ["127.0.0.1", "localhost"])
    func refused(_ host: String) async throws {
        let port = try DeafPort()
        try await BuddyUnderTest.withAPI { api async throws in
            let failure = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await api.runScheduled(4, of: .anywhere("http://\(host):\(port.number)"))
            }
            #expect(failure.kind == .notSent)
            #expect(failure.message == "no connection to Buddy")
            #expect(!failure.mayHaveWorked)
            #expect(failure.isRetryable)
        }
    }

    @Test("A host without an address: nothing was sent")
    func unknownHost() async throws {
        try await BuddyUnderTest.withAPI { api async throws in
            let failure = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await api.runScheduled(4, of: .anywhere("http://nowhere.invalid"))
            }
            #expect(failure.kind == .notSent)
            #expect(!failure.mayHaveWorked)
        }
    }

    @Test("Without a token nothing is sent, now or later")
    func noToken() async throws {
        try await Self.run(token: nil) { test, failure async throws in
            #expect(failure.kind == .notSent)
            #expect(failure.isTokenMissing)
            #expect(!failure.isRetryable)
            #expect(!failure.mayHaveWorked)
            #expect(failure.message == "no Buddy token can be read for the workspace 'buddy'")
            #expect(failure.runError.code == .noToken)
            #expect(await test.buddy.requests.isEmpty)
        }
    }
}

extension PipelineAddress {
    static func anywhere(_ base: String) -> PipelineAddress {
        PipelineAddress(buddy: base, domain: "buddy", project: "company-website", pipeline: 2)
    }
}
