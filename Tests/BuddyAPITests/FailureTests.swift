import AsyncHTTPClient
import Bridge
import BuddyAPI
import BuddySandbox
import Foundation
import TestSupport
import Testing

@Suite("Calls to Buddy that fail", .timeLimit(.minutes(2)))
struct FailureTests {
    private static func run(
        _ faults: SandboxFault..., timeout: Duration = .seconds(60), token: String? = Canary.token,
        _ body: @Sendable (BuddyUnderTest, BuddyFailure) async throws -> Void
    ) async throws {
        let reader: BuddyAPI.TokenReader = { _ in token.flatMap(BuddyUnderTest.secret) }
        try await BuddyUnderTest.run(timeout: timeout, token: reader) { test async throws in
            for fault in faults { await test.buddy.inject(fault) }
            let failure = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await test.api.runScheduled(4, of: test.pipeline())
            }
            #expect(!"\(failure) \(failure.runError)".contains(Canary.token))
            try await body(test, failure)
        }
    }

    private static func starts(_ test: BuddyUnderTest) async -> Int {
        await test.buddy.starts(domain: "buddy", project: "company-website", pipeline: 2, execution: 4)
    }

    @Test("No answer in time may have worked", arguments: [false, true])
    func timeout(_ effectDone: Bool) async throws {
        try await Self.run(
            .delay(.seconds(3600), on: .patch, effectDone: effectDone), timeout: .milliseconds(300)
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

    @Test("A bad token is refused in Buddy's words")
    func badToken() async throws {
        try await Self.run(token: Canary.token + "-old") { test, failure async throws in
            #expect(failure.kind == .status(401))
            #expect(failure.message == "Bad or missing token.")
            #expect(!failure.isTokenMissing)
            #expect(!failure.isRetryable)
            #expect(await Self.starts(test) == 0)
        }
    }

    @Test("What there is not is refused in Buddy's words")
    func notFound() async throws {
        try await BuddyUnderTest.run { test async throws in
            let execution = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await test.api.execution(99, of: test.pipeline())
            }
            #expect(execution.kind == .status(404))
            #expect(execution.message == "There is no such execution.")
            #expect(!execution.isRetryable)
            let list = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await test.api.executions(of: test.pipeline("nothing"), page: 1, perPage: 50)
            }
            #expect(list.message == "There is no such project.")
            let number = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await test.api.pipelineNumber(
                    of: "none", project: "company-website", domain: "buddy", buddy: test.base)
            }
            #expect(number.kind == .status(404))
            #expect(number.message == "There is no such pipeline.")
        }
    }

    @Test("Too many requests, with when to come again")
    func tooMany() async throws {
        let before = Date()
        try await Self.run(.tooManyRequests(retryAfter: 7000, on: .patch)) { test, failure async throws in
            #expect(failure.kind == .status(429))
            #expect(failure.message == "Rate limit exceeded.")
            #expect(failure.isRateLimit)
            #expect(failure.isRetryable)
            #expect(!failure.mayHaveWorked)
            let retryAt = try #require(failure.retryAt)
            #expect((before.addingTimeInterval(7000)...Date().addingTimeInterval(7000)).contains(retryAt))
            #expect(await Self.starts(test) == 0)
        }
    }

    @Test(
        "The sandbox's own limit tells the time of its reset",
        arguments: [
            SandboxSwitches.Code.tooManyRequests, .forbidden,
        ])
    func quota(_ code: SandboxSwitches.Code) async throws {
        var switches = SandboxSwitches()
        switches.rateLimitQuota = 1
        switches.rateLimitCode = code
        try await BuddyUnderTest.run(switches) { test async throws in
            let before = Date()
            _ = try await test.api.execution(4, of: test.pipeline())
            let failure = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await test.api.runScheduled(4, of: test.pipeline())
            }
            #expect(failure.kind == .status(code.rawValue))
            #expect(failure.isRateLimit)
            #expect(failure.isRetryable)
            #expect(try #require(failure.retryAt) > before)
        }
    }

    @Test("A proxy's page is no answer", arguments: [(502, true), (404, false), (503, true)])
    func html(_ status: Int, _ isRetryable: Bool) async throws {
        try await Self.run(.html(status: status, on: .patch)) { _, failure async throws in
            #expect(failure.kind == .status(status))
            #expect(failure.message == "Buddy answered \(status)")
            #expect(failure.isRetryable == isRetryable)
        }
    }

    @Test(
        "A 2xx that holds something else may have worked",
        arguments: [
            SandboxFault.html(status: 200, on: .patch, effectDone: true), .truncatedJSON(on: .patch),
        ])
    func unreadable(_ fault: SandboxFault) async throws {
        try await Self.run(fault) { test, failure async throws in
            #expect(failure.kind == .unreadable(200))
            #expect(failure.message == "Buddy answered 200 with something else than was asked for")
            #expect(failure.mayHaveWorked)
            #expect(await Self.starts(test) == 1)
        }
    }

    @Test("An error of Buddy's own may have worked", arguments: [500, 502, 503])
    func serverError(_ status: Int) async throws {
        try await Self.run(.status(status, message: "Try later.", on: .patch, effectDone: true)) {
            test, failure async throws in
            #expect(failure.kind == .status(status))
            #expect(failure.message == "Try later.")
            #expect(failure.mayHaveWorked)
            #expect(failure.isRetryable)
            #expect(await Self.starts(test) == 1)
        }
    }

    @Test("A redirect is not followed: it could carry the token elsewhere", arguments: [301, 302, 303, 307, 308])
    func redirect(_ status: Int) async throws {
        let elsewhere = try CannedServer(json: #"{"id":4}"#)
        let here = try CannedServer(json: "", status: "\(status) Moved", headers: "Location: \(elsewhere.base)/x\r\n")
        try await BuddyUnderTest.withAPI { api async throws in
            let patch = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await api.runScheduled(4, of: .anywhere(here.base))
            }
            #expect(patch.kind == .status(status))
            let get = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await api.execution(4, of: .anywhere(here.base))
            }
            #expect(get.kind == .status(status))
        }
        #expect(here.requests.count == 2)
        #expect(elsewhere.requests == [])
    }
}

extension PipelineAddress {
    static func anywhere(_ base: String) -> PipelineAddress {
        PipelineAddress(buddy: base, domain: "buddy", project: "company-website", pipeline: 2)
    }
}
