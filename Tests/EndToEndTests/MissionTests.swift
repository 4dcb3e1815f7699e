import Bridge
import BuddySandbox
import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// The mission's own example, over real sockets: `/docs/api/runs/update/run-scheduled-execution`.
    @Suite(.timeLimit(.minutes(2)))
    struct MissionTests {
        @Test("A signed push runs the scheduled execution, and the answer tells what Buddy said")
        func summary() async throws {
            try await TestBridge.run { bridge in
                let answer = try await bridge.post(bridge.sign())
                #expect(answer.status == 200)
                #expect(answer.headers["content-type"] == "application/json")
                let summary = try #require(answer.json)
                #expect(summary.outcome == "started")
                #expect(summary.duplicate == false)
                #expect(summary.event == "push")
                #expect(summary.source == "github")
                #expect(
                    summary.message == "Started execution #4 of dev (buddy/company-website) on master: INPROGRESS")
                let run = summary.runs[0]
                #expect(run.route == "release")
                #expect(run.attempts == 1)
                #expect(run.error == nil)
                #expect(run.target.domain == "buddy")
                #expect(run.target.project == "company-website")
                #expect(run.target.pipeline == 2)
                #expect(run.target.execution == 4)
                let execution = run.execution
                #expect(execution.id == 4)
                #expect(execution.status == "INPROGRESS")
                #expect(execution.branch == "master")
                #expect(execution.tag == nil)
                #expect(execution.revision == "506a3963507943d6908154f4bc9646e829128a08")
                #expect(execution.creator == "Mike Benson")
                #expect(execution["start_date"] == "2016-03-29T08:12:04.132Z")
                #expect(execution["finish_date"] == nil)
                #expect(execution["triggered_on"] == "CLICK")
                #expect(
                    execution["html_url"]
                        == "https://app.buddy.works/buddy/company-website/pipelines/pipeline/2/execution/56fa386c99f1e121d8b568b5"
                )
                #expect(execution.actions.count == 1)
                #expect(execution.actions[0].name == "Upload files to dev")
                #expect(execution.actions[0].type == "FTP")
                #expect(execution.actions[0].status == "INPROGRESS")
                #expect(execution.actions[0].progress == 0)
            }
        }

        @Test("Buddy sees exactly one PATCH, with the path, body and headers of its page")
        func patch() async throws {
            try await TestBridge.run { bridge in
                _ = try await bridge.post(bridge.sign())
                let patches = await bridge.buddy.patches()
                #expect(patches.count == 1)
                let patch = try #require(patches.first)
                #expect(patch.path == "/workspaces/buddy/projects/company-website/pipelines/2/executions/4")
                #expect(patch.query?.isEmpty ?? true)
                #expect(JSONValue(patch.bodyText) == .object(["operation": "RUN_DELAYED"]))
                #expect(patch.header("Authorization") == "Bearer \(Canary.token)")
                #expect(patch.header("Content-Type") == "application/json")
                #expect(patch.header("Accept") == "application/json")
                #expect(await bridge.starts() == 1)
            }
        }

        @Test("The same delivery twice is one PATCH, and the second answer is the first one's")
        func duplicate() async throws {
            try await TestBridge.run { bridge in
                let push = try bridge.sign()
                let first = try #require(try await bridge.post(push).json)
                let second = try #require(try await bridge.post(push).json)
                #expect(second.duplicate == true)
                #expect(second.delivery == first.delivery)
                #expect(second.outcome == "started")
                #expect(await bridge.buddy.patches().count == 1)
            }
        }

        @Test("A changed event name or delivery id does not make a new delivery of a captured one")
        func captured() async throws {
            try await TestBridge.run { bridge in
                let push = try bridge.sign()
                _ = try await bridge.post(push)
                let headers = push.head.headers.fields.map { field in
                    switch field.name {
                    case "X-GitHub-Delivery": (field.name, "another")
                    case "X-GitHub-Event": (field.name, "release")
                    default: (field.name, field.value)
                    }
                }
                let answer = try await Web.request("POST", bridge.url("github"), headers: headers, body: push.body)
                #expect(answer.json?.duplicate == true)
                #expect(await bridge.starts() == 1)
            }
        }

        @Test("A push that no route matches runs nothing and says so")
        func ignored() async throws {
            try await TestBridge.run { bridge in
                let answer = try await bridge.post(bridge.sign(TestBridge.push(1, ref: "refs/heads/other")))
                #expect(answer.status == 200)
                #expect(answer.json?.outcome == "ignored")
                #expect(await bridge.buddy.requests.isEmpty)
            }
        }

        @Test("A form body is signed as sent, and its payload routed")
        func form() async throws {
            try await TestBridge.run { bridge in
                let source = try bridge.source("github")
                let json = String(decoding: try #require(TestBridge.push(1).payload), as: UTF8.self)
                var request = source.provider.sign(
                    Sample(payload: Form([("payload", json)]).encoded), with: .secret(source.credentials.secrets[0]),
                    at: Date())
                request.head.headers = Headers(
                    request.head.headers.fields.map {
                        ($0.name, $0.name == "Content-Type" ? "application/x-www-form-urlencoded" : $0.value)
                    })
                #expect(try await bridge.post(request).json?.outcome == "started")
            }
        }

        @Test("GitHub's ping is answered, and nothing is journaled")
        func ping() async throws {
            try await TestBridge.run { bridge in
                let answer = try await bridge.post(
                    bridge.sign(Sample(event: "ping", payload: Array(#"{"zen":"Keep it simple"}"#.utf8))))
                #expect(answer.status == 200)
                #expect(try await bridge.admin("GET", "/api/deliveries").json?.deliveries.count == 0)
            }
        }

        @Test("An old secret verifies beside the new one")
        func rotation() async throws {
            let two = TestBridge.standard.replacingOccurrences(
                of: "secrets: [env:GITHUB_SECRET]", with: "secrets: [env:HMAC_SECRET, env:GITHUB_SECRET]")
            try await TestBridge.run(two) { bridge in
                let source = try bridge.source("github")
                let old = source.provider.sign(Sample(), with: .secret(source.credentials.secrets[1]), at: Date())
                #expect(try await bridge.post(old).json?.outcome == "started")
                #expect(bridge.canary.lines(with: "1 env:GITHUB_SECRET").count == 1)
            }
        }
    }
}
