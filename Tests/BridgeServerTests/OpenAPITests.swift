import Bridge
import Foundation
import Hummingbird
import Logging
import Signatures
import Testing
import Yams

@testable import BridgeServer

/// `openapi.yaml` describes what is served: no more, no less.
struct OpenAPITests {
    @Test("The paths and methods of openapi.yaml are those of the two routers")
    func paths() throws {
        let described = try Self.described()
        let served = try Self.served()
        #expect(described.subtracting(served) == [])
        #expect(served.subtracting(described) == [])
        #expect(served.count > 8)
    }

    /// `POST /hooks/{source}` …
    private static func described() throws -> Set<String> {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let text = try String(contentsOf: root.appendingPathComponent("openapi.yaml"), encoding: .utf8)
        let document = try #require(try Yams.compose(yaml: text))
        #expect(document["openapi"]?.string?.hasPrefix("3.1") == true)
        let methods = ["get", "post", "put", "patch", "delete", "head", "options"]
        var all: Set<String> = []
        for (path, item) in try #require(document["paths"]?.mapping) {
            for (method, _) in try #require(item.mapping) where methods.contains(method.string ?? "") {
                all.insert("\((method.string ?? "").uppercased()) \(path.string ?? "")")
            }
        }
        return all
    }

    private static func served() throws -> Set<String> {
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let health = Health(journal: NoJournal(), logger: logger)
        let planner = Planner(router: Bridge.Router(routes: []), buddy: BuddyDirectory(standard: nil), version: "v1")
        let intake = Intake(
            rules: RuleBook(sources: [], planner: planner),
            desk: DeliveryDesk(journal: NoJournal(), clock: JournalClock(), completions: Completions(), bell: Bell()),
            rejections: RejectionDesk(journal: NoJournal(), logger: logger), logger: logger)
        let listener = Listener(.init(), health: health, logger: logger) { intake }
        let admin = AdminServer(
            AdminSettings(token: .throwaway()), health: health, journal: NoJournal(), metrics: nil, logger: logger
        ) { intake }
        return Set((listener.router().routes + admin.router().routes).map { "\($0.method) \($0.path)" })
    }
}

/// No request is made: nothing of this is called.
private struct NoJournal: DeliveryJournal, RunJournal, ClaimJournal, TurnJournal, RunHistory, JournalHealth,
    VerificationJournal
{
    private func none() -> JournalUnavailable { JournalUnavailable("there is none") }

    func record(_ rejections: [Rejection], keeping count: Int) async throws(JournalUnavailable) { throw none() }
    func rejections(source: String?, limit: Int) async throws(JournalUnavailable) -> [Rejection] { throw none() }
    func lastUses(source: String) async throws(JournalUnavailable) -> [String: Date] { throw none() }

    func append(_ delivery: NewDelivery) async throws(JournalUnavailable) -> Receipt { throw none() }
    func redeliver(
        _ id: String, as decision: RecordedDecision, at time: Date
    ) async throws(JournalUnavailable) -> Receipt? { throw none() }
    func delivery(_ id: String) async throws(JournalUnavailable) -> Delivery? { throw none() }
    func deliveries(_ query: DeliveryQuery) async throws(JournalUnavailable) -> [Delivery] { throw none() }
    func prune(before time: Date, keeping most: Int, now: Date) async throws(JournalUnavailable) -> Bool {
        throw none()
    }
    func lease(_ room: LeaseRoom, now: Date, until expiry: Date) async throws(JournalUnavailable) -> LeasedRuns {
        throw none()
    }
    func renew(_ lease: Lease, until expiry: Date) async throws(JournalUnavailable) -> Bool { throw none() }
    func commit(_ look: Look) async throws(JournalUnavailable) -> LookCommit { throw none() }
    func finish(_ lease: Lease, _ ending: AttemptEnding) async throws(JournalUnavailable) -> Bool { throw none() }
    func release(_ lease: Lease, due time: Date) async throws(JournalUnavailable) -> Bool { throw none() }
    func occupants(before run: Run) async throws(JournalUnavailable) -> [Run] { throw none() }
    func vacate(_ run: Int64) async throws(JournalUnavailable) { throw none() }
    func claims(on pipeline: PipelineAddress) async throws(JournalUnavailable) -> Set<Int> { throw none() }
    func history(of run: Int64) async throws(JournalUnavailable) -> [AttemptRecord] { throw none() }
    func check() async throws(JournalUnavailable) { throw none() }
    func backlog() async throws(JournalUnavailable) -> Backlog { throw none() }
}
