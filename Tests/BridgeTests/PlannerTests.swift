import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

/// What an event becomes in the journal: DESIGN §2, §5.1 and §6.5.
@Suite("The planner")
struct PlannerTests {
    private func planner(_ routes: [Route], dryRun: Bool = false) -> Planner {
        let buddy = BuddyDirectory(standard: nil, workspaces: ["acme": "https://api.eu.buddy.works"])
        return Planner(router: Router(routes: routes), buddy: buddy, isDryRun: dryRun, version: "v1")
    }

    @Test("A run is to be tried at the Buddy that knows its domain")
    func known() throws {
        let decision = planner([try .of("a", run: [.of("acme", "web")])]).decide(try Event())
        #expect(decision.runs.map(\.buddy) == ["https://api.eu.buddy.works"])
        #expect(decision.runs.map(\.refusal) == [nil] && decision.outcome == .matched)
    }

    @Test("A rendered domain without a token is refused, before Buddy is asked")
    func unknownDomain() throws {
        let decision = planner([try .of("a", run: [.of("{{ payload.d }}")])]).decide(try Event(json: #"{"d":"evil"}"#))
        #expect(decision.runs.map(\.refusal?.code) == [.noToken])
        #expect(decision.runs.first?.refusal?.message.contains("evil") == true)
        let directory = BuddyDirectory(standard: "https://api.buddy.works", workspaces: ["acme": "https://own/api"])
        #expect(
            directory.base(of: "acme") == "https://own/api" && directory.base(of: "evil") == "https://api.buddy.works")
    }

    @Test("A target that cannot be made is refused with the path that it lacks")
    func unmade() throws {
        let decision = planner([try .of("a", run: [.of("acme", "{{ tag }}")])]).decide(try Event())
        #expect(decision.runs.map(\.refusal) == [RunError(code: .badTemplate, message: "the event has no tag")])
    }

    @Test("A key of storm control that no index could hold is refused, as is one whose field is missing")
    func longKey() throws {
        var route = try Route.of("a", run: [.of("acme")])
        route.storm.overrun = .serial
        route.storm.key = try Template("{{ payload.k }}")
        func decide(_ json: String) throws -> RecordedDecision { planner([route]).decide(try Event(json: json)) }
        let longest = String(repeating: "k", count: 200)
        #expect(try decide(#"{"k":"\#(longest)"}"#).runs.map(\.turn) == [Turn(key: longest, overrun: .serial)])
        let long = try decide(#"{"k":"\#(longest)k"}"#)
        #expect(
            long.runs.map(\.refusal?.message) == ["the concurrency_key is longer than 200 bytes"])
        #expect(try decide("{}").runs.map(\.refusal?.message) == ["the event has no payload.k"])
    }

    @Test("An id that no index could hold is known by its digest")
    func longID() throws {
        let long = String(repeating: "i", count: 201)
        let keys = try delivery(.id, id: long, body: "{}").keys
        #expect(keys == [DedupeKey(kind: .id, value: "sha256:\(Fingerprint.sha256(long.utf8))")])
        let short = String(repeating: "i", count: 200)
        #expect(try delivery(.id, id: short, body: "{}").keys == [DedupeKey(kind: .id, value: short)])
    }

    @Test("A service run dry has no runs")
    func dryRun() throws {
        let decision = planner([try .of("a", run: [.of("acme")])], dryRun: true).decide(try Event())
        #expect(decision.runs.isEmpty && decision.outcome == .dryRun)
    }

    private func delivery(
        _ policy: DedupePolicy, id: String?, body: String, identity: String = "", _ headers: [(String, String)] = []
    )
        throws -> NewDelivery
    {
        var source = Source(
            name: "s", provider: GitHub(), credentials: Credentials(secrets: [try .of("secret")]), dedupe: policy,
            bodyLimit: 100)
        source.dedupeWindow = .seconds(3600)
        let request = GitHub().sign(
            Sample(payload: Array(body.utf8), headers: Headers(headers.map { (name: $0.0, value: $0.1) })),
            with: try .of("secret"), at: noon)
        let verified = try GitHub().prove(request, try .of("secret"))
        var event = try Event(json: "{}")
        event.senderID = id
        var claim = try GitHub().claim(in: request.head, tolerance: .zero)
        claim.identity = Array(identity.utf8)
        return planner([]).delivery(of: event, verified, fingerprint: claim.fingerprint(of: request), source)
    }

    private func keys(_ policy: DedupePolicy, id: String?, body: String = "{}", identity: String = "") throws
        -> [DedupeKey]
    {
        try delivery(policy, id: id, body: body, identity: identity).keys
    }

    @Test("Deliveries are told apart by id, by what is signed, by both, or not at all")
    func policies() throws {
        let body = DedupeKey(kind: .body, value: Fingerprint.sha256("{}".utf8))
        let id = DedupeKey(kind: .id, value: "7")
        #expect(try keys(.id, id: "7") == [id] && keys(.id, id: nil) == [body])
        #expect(try keys(.body, id: "7") == [body])
        #expect(try Set(keys(.both, id: "7")) == [id, body] && keys(.both, id: nil) == [body])
        #expect(try keys(.none, id: "7").isEmpty)
    }

    @Test("What is signed besides the body tells deliveries apart as well")
    func identity() throws {
        #expect(try keys(.body, id: nil, identity: "acme") != keys(.body, id: nil, identity: "shop"))
        #expect(try keys(.body, id: nil, body: "{}") != keys(.body, id: nil, body: "[]"))
        #expect(try keys(.body, id: "1", identity: "acme") == keys(.body, id: "2", identity: "acme"))
    }

    @Test("A delivery keeps its body as received, its headers masked, and its keys for the window")
    func kept() throws {
        let delivery = try delivery(.body, id: "7", body: #"{ "a" : 1 }"#, [("Authorization", "Bearer hunter2")])
        #expect(delivery.request.body == Array(#"{ "a" : 1 }"#.utf8))
        #expect(delivery.request.head.headers.first("Authorization") == "***")
        #expect(delivery.request.head.headers.first("X-Hub-Signature-256") == "***")
        #expect(delivery.request.head.headers.first("X-GitHub-Event") == "push")
        #expect(delivery.keysExpire == noon.addingTimeInterval(3600))
        #expect(delivery.id.hasPrefix("01a3185c-5000-7") && delivery.senderID == "7" && delivery.source == "s")
    }
}
