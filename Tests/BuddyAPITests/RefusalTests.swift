import Bridge
import BuddyAPI
import BuddySandbox
import Foundation
import TestSupport
import Testing

@Suite("Answers that are a no", .timeLimit(.minutes(2)))
struct RefusalTests {
    @Test("A bad token is refused in Buddy's words")
    func badToken() async throws {
        try await FailureTests.run(token: Canary.token + "-old") { test, failure async throws in
            #expect(failure.kind == .status(401))
            #expect(failure.message == "Bad or missing token.")
            #expect(!failure.isTokenMissing)
            #expect(!failure.isRetryable)
            #expect(await FailureTests.starts(test) == 0)
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
        try await FailureTests.run(.tooManyRequests(retryAfter: 7000, on: .patch)) { test, failure async throws in
            #expect(failure.kind == .status(429))
            #expect(failure.message == "Rate limit exceeded.")
            #expect(failure.isRateLimit)
            #expect(failure.isRetryable)
            #expect(!failure.mayHaveWorked)
            let retryAt = try #require(failure.retryAt)
            #expect((before.addingTimeInterval(7000)...Date().addingTimeInterval(7000)).contains(retryAt))
            #expect(await FailureTests.starts(test) == 0)
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
        try await FailureTests.run(.html(status: status, on: .patch)) { _, failure async throws in
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
        try await FailureTests.run(fault) { test, failure async throws in
            #expect(failure.kind == .unreadable(200))
            #expect(failure.message == "Buddy answered 200 with something else than was asked for")
            #expect(failure.mayHaveWorked)
            #expect(await FailureTests.starts(test) == 1)
        }
    }

    @Test("An error of Buddy's own may have worked", arguments: [500, 502, 503])
    func serverError(_ status: Int) async throws {
        try await FailureTests.run(.status(status, message: "Try later.", on: .patch, effectDone: true)) {
            test, failure async throws in
            #expect(failure.kind == .status(status))
            #expect(failure.message == "Try later.")
            #expect(failure.mayHaveWorked)
            #expect(failure.isRetryable)
            #expect(await FailureTests.starts(test) == 1)
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
