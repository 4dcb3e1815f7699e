import FoundationEssentials
import Testing

@testable import Bridge

@Suite("A summary for machines")
struct SummaryJSONTests {
    private func json(_ summary: Summary) throws -> Payload { .json(try JSONDocument(WireJSON.encode(summary))) }

    private func text(_ value: some Encodable) -> String { String(decoding: WireJSON.encode(value), as: UTF8.self) }

    /// The names that DESIGN §5.2 shows, and their values for the same example.
    @Test("It holds what the contract shows")
    func contract() throws {
        var target = Target.mission
        target.execution = .selector(Selector(.earliest))
        let json = try json(Summary(Delivery(runs: [Run(.started, target: target, lastLook: .mission)])))
        let expected = [
            "delivery": "01970000-0000-7000-8000-000000000000", "source": "github", "event": "push",
            "sender_id": "72d3162e", "received_at": "2027-01-15T08:00:00.000Z", "outcome": "started",
            "duplicate": "false",
            "message": "Started execution #4 of dev (acme/company-website) on master: INPROGRESS",
            "runs.0.route": "release-on-main", "runs.0.outcome": "started", "runs.0.attempts": "1",
            "runs.0.target.domain": "acme", "runs.0.target.project": "company-website", "runs.0.target.pipeline": "2",
            "runs.0.target.execution": "4", "runs.0.execution.id": "4", "runs.0.execution.status": "INPROGRESS",
            "runs.0.execution.html_url": Execution.mission.htmlURL, "runs.0.execution.branch": "master",
            "runs.0.execution.revision": "506a3963507943d6908154f4bc9646e829128a08",
            "runs.0.execution.creator": "Mike Benson", "runs.0.execution.start_date": "2016-03-29T08:12:04.132Z",
            "runs.0.execution.triggered_on": "CLICK", "runs.0.execution.actions.0.name": "Upload files to dev",
            "runs.0.execution.actions.0.type": "FTP", "runs.0.execution.actions.0.status": "INPROGRESS",
            "runs.0.execution.actions.0.progress": "0",
        ]
        for (path, value) in expected {
            #expect(json.scalars(at: try FieldPath.steps(".\(path)")) == [value], "\(path)")
        }
    }

    @Test("What is not known is null, and there all the same")
    func nulls() {
        let summary = text(Summary(Delivery(runs: [Run(.started, lastLook: .mission), Run(.pending)])))
        for key in ["user", "tag", "finish_date", "delay_until", "error", "execution"] {
            #expect(summary.contains(#""\#(key)":null"#), "\(key)")
        }
        var delivery = Delivery()
        delivery.senderID = nil
        #expect(text(Summary(delivery)).contains(#""sender_id":null"#))
    }

    @Test("Numbers are numbers, and a target that is not resolved shows its selector")
    func targets() {
        #expect(text(Target.mission) == #"{"domain":"acme","execution":4,"pipeline":2,"project":"company-website"}"#)
        let target = Target(
            domain: "acme", project: "web", pipeline: .identifier("release"), execution: .selector(Selector(.latest)))
        let summary = text(Summary(Delivery(runs: [Run(.pending, target: target)])))
        #expect(summary.contains(#""execution":"latest","pipeline":"release""#))
    }

    @Test("An error tells its code, Buddy's status and the candidates")
    func error() {
        let several = RunError(
            code: .severalScheduled, message: "2 wait",
            candidates: [.init(id: 4, delayUntil: "2027-01-15T09:00:00Z", branch: "main")])
        let summary = text(Summary(Delivery(runs: [Run(.refused, error: several)])))
        let candidate = #"{"branch":"main","delay_until":"2027-01-15T09:00:00Z","id":4}"#
        #expect(
            summary.contains(
                #""error":{"candidates":[\#(candidate)],"code":"several_scheduled","message":"2 wait","status":null}"#))
        let refused = RunError(code: .buddyRefused, status: 400, message: "no")
        #expect(text(refused) == #"{"code":"buddy_refused","message":"no","status":400}"#)
    }

    @Test("A target that the event did not give is null, and the message says why")
    func noTarget() {
        let error = RunError(code: .badTemplate, message: "the event has no tag")
        let summary = Summary(Delivery(runs: [Run(.refused, target: .unmade, error: error)]))
        #expect(summary.message == "Refused: the event has no tag")
        #expect(text(summary).contains(#""target":null"#))
    }

    @Test("Who asked is told by id and name, and a duplicate is said to be one")
    func userAndDuplicate() {
        let delivery = Delivery(user: Party(id: "U1", name: "mike"))
        #expect(text(Summary(delivery, isDuplicate: true)).contains(#""user":{"id":"U1","name":"mike"}"#))
        #expect(text(Summary(delivery, isDuplicate: true)).contains(#""duplicate":true"#))
    }

    @Test(
        "The answer's status follows from the outcome",
        arguments: [
            (Run.State.started, 200), (.already_running, 200), (.nothing_scheduled, 200), (.pending, 202),
            (.running, 202),
            (.refused, 502), (.dead, 502),
        ])
    func status(_ state: Run.State, _ status: Int) {
        let summary = Summary(Delivery(runs: [Run(state)]))
        var wishes = ReplyWishes(failureStatus: 502, audience: .caller, usage: [])
        #expect(GitHub().reply(to: summary, wishes).status == status)
        wishes.failureStatus = 200
        #expect(GitHub().reply(to: summary, wishes).status == (status == 502 ? 200 : status))
        #expect(GitHub().reply(to: summary, wishes).contentType == "application/json")
    }

    @Test("It does not tell who may: its reader may be anybody at the sender")
    func denial() {
        var summary = Summary(Delivery(decision: .denied))
        let without = text(summary)
        summary.denial = "'deploy' is for the user U1"
        #expect(text(summary) == without)
    }
}
