import Foundation
import Hummingbird
import Logging
import Signatures
import Synchronization
import TestSupport
import Testing

@testable import Bridge
@testable import BridgeServer

/// DESIGN §6.12: a request goes its whole way with the configuration that it began with.
@Suite("One request, one configuration", .timeLimit(.minutes(2)))
struct OneConfigurationTests {
    /// The listener with rules that change: the old ones know a source, the new ones know none.
    private final class Stage: Sendable {
        let journal = MemoryJournal()
        private let books = Mutex((now: 0, taken: [String]()))
        private let intakes: [Intake]
        let secret: Secret

        init() throws {
            secret = try #require(Secret("secret".utf8, reference: .environment("S")))
            let source = Source(
                name: "github", provider: GitHub(), credentials: Credentials(secrets: [secret]), dedupe: .body,
                bodyLimit: 1 << 20)
            let desk = DeliveryDesk(
                journal: journal, clock: JournalClock(), completions: Completions(), bell: Bell())
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            let rejections = RejectionDesk(journal: journal, logger: logger)
            func intake(_ version: String, _ sources: [Source]) -> Intake {
                let planner = Planner(
                    router: Bridge.Router(routes: []), buddy: BuddyDirectory(standard: nil), version: version)
                return Intake(
                    rules: RuleBook(sources: sources, planner: planner), desk: desk, rejections: rejections,
                    logger: logger)
            }
            intakes = [intake("old", [source]), intake("new", [])]
        }

        func take() -> Intake {
            books.withLock { books in
                let intake = intakes[books.now]
                books.taken.append(intake.rules.version)
                return intake
            }
        }

        func change() { books.withLock { $0.now = 1 } }

        /// Which rules were asked for, since the last time.
        func taken() -> [String] {
            books.withLock { books in
                defer { books.taken = [] }
                return books.taken
            }
        }

        /// Until one request has taken its rules; the time limit is the bound.
        func waitForOne() async throws {
            while books.withLock({ $0.taken.isEmpty }) { try await Task.sleep(for: .milliseconds(1)) }
        }

        func run(_ body: (Int) async throws -> Void) async throws {
            let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            var settings = Listener.Settings()
            settings.port = 0
            // Longer than a busy machine keeps a test waiting.
            settings.bodyTime = .seconds(60)
            let listener = Listener(
                settings, health: Health(journal: journal, logger: logger), logger: logger
            ) { self.take() }
            let (ports, ready) = AsyncStream.makeStream(of: Int.self)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { try await listener.application { ready.yield($0) }.run() }
                try await body(try #require(await ports.first { _ in true }))
                group.cancelAll()
            }
        }
    }

    @Test("What changes while a body arrives does not concern that request")
    func meanwhile() async throws {
        let stage = try Stage()
        try await stage.run { port async throws in
            let request = GitHub().sign(Sample(), with: .secret(stage.secret), at: Date())
            let headers = request.head.headers.fields.map { "\($0.name): \($0.value)\r\n" }.joined()
            let body = String(decoding: request.body, as: UTF8.self)
            let connection = try RawConnection(port: port)
            connection.send("POST /hooks/github HTTP/1.1\r\nHost: localhost\r\n\(headers)")
            connection.send("Content-Length: \(body.utf8.count)\r\n\r\n\(body.prefix(10))")
            try await stage.waitForOne()
            stage.change()
            #expect(try await Web.request("POST", "http://127.0.0.1:\(port)/hooks/github").status == 404)
            connection.send(String(body.dropFirst(10)))
            #expect(await connection.readHead().hasPrefix("HTTP/1.1 200 "))
            #expect(stage.taken() == ["old", "new"])
            #expect(try await stage.journal.deliveries(DeliveryQuery()).map(\.rules) == ["old"])
        }
    }

    @Test("A request asks for the rules once, whatever becomes of it")
    func once() async throws {
        let stage = try Stage()
        try await stage.run { port async throws in
            func status(_ method: String, _ path: String, _ headers: [(String, String)] = []) async throws -> Int {
                try await Web.request(method, "http://127.0.0.1:\(port)\(path)", headers: headers).status
            }
            #expect(try await status("POST", "/hooks/none") == 404)
            #expect(stage.taken() == ["old"])
            #expect(try await status("POST", "/hooks/github") == 401)
            #expect(stage.taken() == ["old"])
            #expect(try await status("POST", "/hooks/github", [("X-Hub-Signature-256", "sha256=00")]) == 401)
            #expect(stage.taken() == ["old"])
            for method in ["GET", "DELETE"] {
                #expect(try await status(method, "/hooks/github") == 405)
                #expect(stage.taken() == ["old"])
            }
            #expect(try await status("GET", "/health/ready") == 200)
            #expect(stage.taken() == [])
        }
    }
}
