import Bridge
import BuddySandbox
import Foundation
import NIOHTTP1
import Testing

@testable import BuddyAPI

@Suite("What Buddy shows of an execution", .timeLimit(.minutes(2)))
struct ExecutionShapeTests {
    private static let revision = "506a3963507943d6908154f4bc9646e829128a08"
    private static let api = "https://api.buddy.works/workspaces/buddy"
    private static let app = "https://app.buddy.works/buddy"

    @Test("Every fact of the published answer that a summary tells")
    func facts() async throws {
        try await BuddyUnderTest.run { test async throws in
            let execution = try await test.api.runScheduled(4, of: test.pipeline())
            var expected = Execution(id: 4, status: "INPROGRESS")
            expected.htmlURL = Self.app + "/company-website/pipelines/pipeline/2/execution/56fa386c99f1e121d8b568b5"
            expected.branch = "master"
            expected.revision = Self.revision
            expected.comment = ""
            expected.creator = "Mike Benson"
            expected.startDate = "2016-03-29T08:12:04.132Z"
            expected.triggeredOn = "CLICK"
            expected.pipelineName = "dev"
            expected.actions = [.init(name: "Upload files to dev", type: "FTP", status: "INPROGRESS", progress: 0)]
            #expect(execution == expected)
        }
    }

    @Test("Every field of the published answer is read")
    func fields() async throws {
        try await BuddyUnderTest.run { test async throws in
            let resource = try await test.api.call(
                .PATCH, buddy: test.base, domain: "buddy",
                path: ["workspaces", "buddy", "projects", "company-website", "pipelines", "2", "executions", "4"],
                body: #"{"operation":"RUN_DELAYED"}"#, as: ExecutionResource.self)
            let project = Self.api + "/projects/company-website"
            let page = Self.app + "/company-website"
            #expect(resource.url == project + "/pipelines/2/executions/4")
            #expect(resource.htmlUrl == page + "/pipelines/pipeline/2/execution/56fa386c99f1e121d8b568b5")
            #expect(resource.id == 4)
            #expect(resource.startDate == "2016-03-29T08:12:04.132Z")
            #expect(resource.finishDate == nil)
            #expect(resource.triggeredOn == "CLICK")
            #expect(resource.refresh == false)
            #expect(resource.status == "INPROGRESS")
            #expect(resource.comment == "")
            #expect(resource.branch?.url == project + "/repository/branches/master")
            #expect(resource.branch?.htmlUrl == page + "/repository/branch/master")
            #expect(resource.branch?.name == "master")
            #expect(resource.branch?.default == true)
            for revision in [resource.fromRevision, resource.toRevision] {
                #expect(revision?.url == project + "/repository/commits/\(Self.revision)")
                #expect(revision?.htmlUrl == page + "/repository/commit/\(Self.revision)")
                #expect(revision?.revision == Self.revision)
                #expect(revision?.authorDate == "2016-01-19T12:36:33Z")
                #expect(revision?.commitDate == "2016-01-19T12:36:33Z")
                #expect(revision?.message == "init repo\n")
            }
            let revisions = [resource.fromRevision, resource.toRevision]
            for member in revisions.flatMap({ [$0?.author, $0?.committer] }) + [resource.creator] {
                #expect(member?.url == Self.api + "/member/1")
                #expect(member?.htmlUrl == Self.app + "/profile/1")
                #expect(member?.id == 1)
                #expect(member?.name == "Mike Benson")
                #expect(member?.avatarUrl?.hasSuffix("/w/32/32/AVATAR.png") == true)
            }
            #expect(resource.pipeline?.url == project + "/pipelines/2")
            #expect(resource.pipeline?.htmlUrl == page + "/pipelines/pipeline/2")
            #expect(resource.pipeline?.id == 2)
            #expect(resource.pipeline?.name == "dev")
            #expect(resource.pipeline?.on == "CLICK")
            #expect(resource.pipeline?.refs == ["refs/heads/master"])
            #expect(resource.pipeline?.lastExecutionStatus == "INPROGRESS")
            #expect(resource.pipeline?.lastExecutionRevision == Self.revision)
            #expect(resource.actionExecutions?.count == 1)
            let action = resource.actionExecutions?.first
            #expect(action?.status == "INPROGRESS")
            #expect(action?.progress == 0)
            #expect(action?.action?.url == project + "/pipelines/2/actions/5")
            #expect(action?.action?.htmlUrl == page + "/pipelines/action/5/edit")
            #expect(action?.action?.id == 5)
            #expect(action?.action?.name == "Upload files to dev")
            #expect(action?.action?.type == "FTP")
            #expect(action?.action?.triggerTime == "ON_EVERY_EXECUTION")
            #expect(action?.action?.lastExecutionStatus == "INPROGRESS")
        }
    }

    @Test("The trigger is read in all three spellings", arguments: SandboxSwitches.TriggeredOn.allCases)
    func trigger(_ spelling: SandboxSwitches.TriggeredOn) async throws {
        var switches = SandboxSwitches()
        switches.triggeredOn = spelling
        try await BuddyUnderTest.run(switches) { test async throws in
            #expect(try await test.api.execution(4, of: test.pipeline()).triggeredOn == "CLICK")
            #expect(
                try await test.api.executions(of: test.pipeline(), page: 1, perPage: 5).executions.map(\.triggeredOn)
                    == ["CLICK"])
        }
    }

    @Test(
        "The oldest spelling's words are today's",
        arguments: [
            ("MANUAL", "CLICK"), ("ON_EVERY_PUSH", "EVENT"), ("SCHEDULED", "SCHEDULE"), ("OTHER", "OTHER"),
        ])
    func mode(_ mode: String, _ trigger: String) throws {
        #expect(try decode(#"{"id":1,"mode":"\#(mode)"}"#).triggeredOn == trigger)
        #expect(try decode(#"{"id":1,"mode":"\#(mode)","triggered_on":"EMAIL"}"#).triggeredOn == "EMAIL")
    }

    @Test("A field that is missing, and one that is null, are nil", arguments: SandboxSwitches.EmptyFields.allCases)
    func empty(_ fields: SandboxSwitches.EmptyFields) async throws {
        var switches = SandboxSwitches()
        switches.emptyFields = fields
        switches.delayUntilInGet = false
        try await BuddyUnderTest.run(switches) { test async throws in
            let execution = try await test.api.execution(4, of: test.pipeline())
            #expect(execution.startDate == nil)
            #expect(execution.finishDate == nil)
            #expect(execution.delayUntil == nil)
            #expect(execution.tag == nil)
            #expect(execution.branch == "master")
        }
    }

    @Test("Only the number is needed")
    func onlyID() throws { #expect(try decode(#"{"id":9}"#) == Execution(id: 9, status: "UNKNOWN")) }

    @Test(
        "A field of another type than documented is nil, and takes nothing else with it",
        arguments: [
            #""branch":"master""#, #""creator":7"#, #""html_url":{}"#, #""start_date":1459239124"#, #""comment":false"#,
            #""action_executions":{}"#, #""to_revision":"506a""#, #""pipeline":[]"#, #""priority":{"a":1}"#,
            #""news":[1]"#,
        ])
    func oddTypes(_ field: String) throws {
        let execution = try decode(#"{"id":9,"status":"FAILED",\#(field)}"#)
        #expect(execution == Execution(id: 9, status: "FAILED"))
    }

    @Test("A tag, and the revision that it runs from where there is no other")
    func tag() throws {
        let execution = try decode(
            #"{"id":9,"status":"INITIAL","tag":{"name":"v1"},"branch":null,"from_revision":{"revision":"abc"}}"#)
        #expect(execution.tag == "v1")
        #expect(execution.branch == nil)
        #expect(execution.revision == "abc")
        #expect(
            try decode(#"{"id":9,"from_revision":{"revision":"abc"},"to_revision":{"revision":"def"}}"#).revision
                == "def")
    }

    @Test("A status that no page lists is kept")
    func status() async throws {
        var switches = SandboxSwitches()
        switches.unseenStatus = true
        try await BuddyUnderTest.run(switches) { test async throws in
            #expect(try await test.api.runScheduled(4, of: test.pipeline()).status == "WARMING_UP")
        }
        #expect(try decode(#"{"id":9,"status":"größer als je"}"#).status == "größer als je")
    }

    @Test(
        "Dates are kept as they are written",
        arguments: [
            "2016-03-29T08:12:04.132Z", "2022-05-20T07:40:09.2Z", "2022-05-20T07:43:43.17Z", "2022-05-20T07:35:19Z",
            "2022-05-20T07:35:19+0000", "soon",
        ])
    func dates(_ text: String) throws {
        let execution = try decode(
            #"{"id":1,"start_date":"\#(text)","finish_date":"\#(text)","delay_until":"\#(text)"}"#)
        #expect([execution.startDate, execution.finishDate, execution.delayUntil] == [text, text, text])
    }

    @Test("A date with fewer fraction digits comes over the wire as it is")
    func fractions() async throws {
        var switches = SandboxSwitches()
        switches.dateFractions = .upToThree
        try await BuddyUnderTest.run(switches) { test async throws in
            await test.buddy.schedule(
                domain: "buddy", project: "company-website", pipeline: 2,
                delayUntil: Date(timeIntervalSince1970: 4_000_000_000.5), id: 5)
            #expect(try await test.api.execution(5, of: test.pipeline()).delayUntil == "2096-10-02T07:06:40.5Z")
        }
    }

    private func decode(_ json: String) throws -> Execution {
        Execution(try Answer.decoder.decode(ExecutionResource.self, from: Data(json.utf8)))
    }
}
