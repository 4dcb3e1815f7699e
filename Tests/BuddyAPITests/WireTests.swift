import Bridge
import BuddyAPI
import TestSupport
import Testing

@Suite("Answers that no Buddy sends", .timeLimit(.minutes(2)))
struct WireTests {
    private static func failure(
        _ server: CannedServer, token: String = Canary.token
    ) async throws -> BuddyFailure {
        var failure: BuddyFailure?
        try await BuddyUnderTest.withAPI(token: { _, _ in BuddyUnderTest.secret(token) }) { api async throws in
            failure = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await api.runScheduled(4, of: .anywhere(server.base))
            }
        }
        return try #require(failure)
    }

    @Test("A canned answer that is right is read")
    func right() async throws {
        let server = try CannedServer(json: #"{"id":4,"status":"ENQUEUED"}"#)
        try await BuddyUnderTest.withAPI { api async throws in
            let execution = try await api.runScheduled(4, of: .anywhere(server.base))
            #expect(execution == Execution(id: 4, status: "ENQUEUED"))
        }
        #expect(server.requests.count == 1)
        #expect(server.requests.first?.hasSuffix("\r\n\r\n" + #"{"operation":"RUN_DELAYED"}"#) == true)
    }

    @Test(
        "JSON without what was asked for is unreadable",
        arguments: [
            "{}", "[]", "null", #"{"id":"4"}"#, #"{"id":4.5}"#, #"{"id":null}"#, #"{"executions":[]}"#, "", "4",
            #"{"id":4"#,
        ])
    func unreadable(_ json: String) async throws {
        let failure = try await Self.failure(try CannedServer(json: json))
        #expect(failure.kind == .unreadable(200))
        #expect(failure.mayHaveWorked)
    }

    @Test("An answer about another execution than was asked for is unreadable")
    func anotherExecution() async throws {
        let server = try CannedServer(json: #"{"id":5,"status":"INITIAL"}"#)
        try await BuddyUnderTest.withAPI { api async throws in
            let failure = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await api.execution(4, of: .anywhere(server.base))
            }
            #expect(failure.kind == .unreadable(200))
            #expect(failure.message == "Buddy showed execution #5 instead of #4")
        }
    }

    @Test("A list without executions, and an identifier without a number, are unreadable")
    func otherCalls() async throws {
        let server = try CannedServer(json: #"{"domain":"buddy","pipeline_id":null}"#)
        try await BuddyUnderTest.withAPI { api async throws in
            let list = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await api.executions(of: .anywhere(server.base), page: 1, perPage: 50)
            }
            #expect(list.kind == .unreadable(200))
            let number = try await BuddyUnderTest.failure { () throws(BuddyFailure) in
                try await api.pipelineNumber(of: "dev", project: "p", domain: "buddy", buddy: server.base)
            }
            #expect(number.kind == .unreadable(200))
        }
    }

    @Test("An answer that is cut off in its body is broken")
    func cutOff() async throws {
        let failure = try await Self.failure(try CannedServer(json: #"{"id":4}"#, length: 100))
        #expect(failure.kind == .broken)
        #expect(failure.mayHaveWorked)
    }

    @Test("An error that is cut off in its body is no clear no")
    func errorCutOff() async throws {
        let failure = try await Self.failure(try CannedServer(json: "{", status: "400 Bad Request", length: 100))
        #expect(failure.kind == .broken)
        #expect(failure.mayHaveWorked)
    }

    @Test("What is no HTTP is broken", arguments: ["", "SSH-2.0-OpenSSH_9.2\r\n", "HTTP/1.1 200"])
    func noHTTP(_ text: String) async throws {
        let failure = try await Self.failure(try CannedServer(Array(text.utf8)))
        #expect(failure.kind == .broken)
    }

    @Test("A body of 8 MiB is read, a larger one is not", arguments: [0, 1])
    func bodyCap(_ more: Int) async throws {
        let frame = #"{"id":4,"comment":""}"#
        let filler = String(repeating: "x", count: (8 << 20) - frame.utf8.count + more)
        let server = try CannedServer(json: #"{"id":4,"comment":"\#(filler)"}"#)
        guard more == 0 else {
            #expect(try await Self.failure(server).kind == .broken)
            return
        }
        try await BuddyUnderTest.withAPI { api async throws in
            #expect(try await api.runScheduled(4, of: .anywhere(server.base)).comment == filler)
        }
    }

    @Test("A body without a length and without an end is not read for ever")
    func endless() async throws {
        let head = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
        let server = try CannedServer(Array(head.utf8) + [UInt8](repeating: UInt8(ascii: " "), count: 32 << 20))
        #expect(try await Self.failure(server).kind == .broken)
    }

    @Test(
        "A token that Buddy repeats in its error is not repeated any further",
        arguments: [
            "The token \(Canary.token) has expired.", "Bearer \(Canary.token)",
        ])
    func echoedToken(_ message: String) async throws {
        let server = try CannedServer(json: #"{"errors":[{"message":"\#(message)"}]}"#, status: "401 Unauthorized")
        let failure = try await Self.failure(server)
        #expect(failure.kind == .status(401))
        #expect(!"\(failure) \(failure.runError)".contains(Canary.token))
    }

    @Test("Nor is a part of a token that is at the end of a long error", arguments: [484, 490])
    func cutToken(_ length: Int) async throws {
        let message = String(repeating: "x", count: length) + Canary.token
        let server = try CannedServer(json: #"{"errors":[{"message":"\#(message)"}]}"#, status: "400 Bad Request")
        let failure = try await Self.failure(server)
        #expect(failure.kind == .status(400))
        #expect(!failure.message.contains("c"), "the first letter of the token")
    }

    @Test("A token that cannot be sent is not told either", arguments: ["\n", "\r\n", "\0", "\u{7F}"])
    func badToken(_ character: String) async throws {
        let server = try CannedServer(json: #"{"id":4}"#)
        let failure = try await Self.failure(server, token: Canary.token + character + "x")
        #expect(!"\(failure) \(failure.runError)".contains("canary"))
        #expect(server.requests == [])
    }
}
