import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("GitLab")
struct GitLabTests {
    private let provider = GitLab()
    private let signing: Secret
    private let plain: Secret

    init() throws {
        signing = try .of("whsec_" + Base64.encode(Array(repeating: 9, count: 32)))
        plain = try .of("correct horse")
    }

    private func request(_ secret: Secret, _ sample: Sample = Sample()) -> Request {
        provider.sign(sample, with: secret, at: noon)
    }

    private func prove(_ request: Request, _ secrets: Secret...) throws -> CredentialName? {
        let claim = try provider.claim(in: request.head, tolerance: .seconds(300))
        return try Verifier(Credentials(secrets: secrets)).verify(claim, request).credential
    }

    @Test("Either kind of token proves, side by side")
    func both() throws {
        #expect(try prove(request(signing), plain, signing)?.position == 1)
        #expect(try prove(request(plain), plain, signing)?.position == 0)
    }

    @Test("A signature covers id, time and body")
    func signed() throws {
        let good = request(signing)
        var other = good
        other.body.append(32)
        #expect(throws: VerificationFailure.mismatch) { try prove(other, signing) }
        for (name, value) in [("webhook-id", "another"), ("webhook-timestamp", "1800000001")] {
            other = good
            other.head.headers.set(name, value)
            #expect(throws: VerificationFailure.mismatch) { try prove(other, signing) }
        }
        other = good
        other.head.receivedAt = noon.addingTimeInterval(301)
        #expect(throws: VerificationFailure.staleTimestamp(seconds: -301)) { try prove(other, signing) }
    }

    @Test("A signature that is there decides alone")
    func noFallBack() throws {
        var request = request(plain)
        let wrong = "v1," + Base64.encode(Array(repeating: 0, count: 32))
        request.head.headers.set("webhook-signature", wrong)
        #expect(throws: VerificationFailure.mismatch) { try prove(request, plain, signing) }
        for list in ["v2,abc", "v1a," + Base64.encode(Array(repeating: 0, count: 64))] {
            request.head.headers.set("webhook-signature", list)
            #expect(throws: VerificationFailure.malformedHeader("webhook-signature")) { try prove(request, plain) }
        }
        request.head.headers.set("webhook-signature", "")
        #expect(throws: VerificationFailure.emptyHeader("webhook-signature")) { try prove(request, plain) }
    }

    @Test("A signing token sent as a secret token proves nothing")
    func wrongKind() throws {
        let request = Request(
            [("X-Gitlab-Token", signing.exposedText), ("Content-Type", "application/json")], "{}".utf8)
        #expect(throws: VerificationFailure.mismatch) { try prove(request, signing) }
    }

    @Test("The time and the id on a delivery without a signature decide nothing")
    func unsignedTime() throws {
        var request = request(plain)
        request.head.headers.set("webhook-timestamp", "yesterday")
        request.head.headers.add("webhook-id", "second")
        #expect(try prove(request, plain)?.position == 0)
        request.head.headers.add("X-Gitlab-Token", "correct horse")
        #expect(throws: VerificationFailure.repeatedHeader("X-Gitlab-Token")) { try prove(request, plain) }
    }

    @Test("The id is the webhook's, else the idempotency key, and never the event's")
    func ids() throws {
        let headers = [
            ("Content-Type", "application/json"), ("X-Gitlab-Token", "correct horse"), ("X-Gitlab-Event-UUID", "event"),
        ]
        func id(_ more: [(String, String)]) throws -> String? {
            try provider.event(Request(headers + more, "{}".utf8), plain).senderID
        }
        #expect(try id([]) == nil)
        #expect(try id([("Idempotency-Key", "key")]) == "key")
        #expect(try id([("Idempotency-Key", "key"), ("webhook-id", "id")]) == "id")
        #expect(provider.traits.dedupe == .id && provider.traits.failureStatus == 200)
    }

    @Test("What happened is told by the body, and who did it")
    func names() throws {
        let push = try GitProviders.event("gitlab", nil, #"{"event_name":"push","user_id":4,"user_name":"John"}"#)
        #expect(push.name == "push" && push.user == Party(id: "4", name: "John"))
        let note = try GitProviders.event(
            "gitlab", nil, #"{"object_kind":"note","event_name":"x","user":{"id":1,"username":"root"}}"#)
        #expect(note.name == "note" && note.user == Party(id: "1", name: "root"))
        #expect(try GitProviders.event("gitlab", nil, #"{"text":"an operator's own template"}"#).name == "webhook")
        #expect(try provider.event(request(plain, Sample(event: #"a"b"#)), plain).name == #"a"b"#)
    }

    @Test("A push tells its newest commit's author, and every path")
    func push() throws {
        try GitProviders.expect(
            "gitlab", nil,
            """
            {"object_kind":"push","ref":"refs/heads/feature/x","after":"da15","checkout_sha":"da15",
             "project":{"name":"My Web","path_with_namespace":"acme/team/web"},
             "commits":[{"id":"b656","author":{"name":"A","email":"a@x"},"added":["a"],"modified":["b"],"removed":[]},
                        {"id":"da15","author":{"name":"B","email":"b@x"},"added":[],"modified":[],"removed":["c"]}]}
            """,
            tells: [
                .repositoryPath: ["acme/team/web"], .repositoryName: ["web"], .branch: ["feature/x"], .commit: ["da15"],
                .authorName: ["B"], .authorEmail: ["b@x"], .paths: ["a", "b", "c"],
            ])
    }

    @Test("A deletion tells no name and no commit", arguments: [("push", "heads"), ("tag_push", "tags")])
    func deleted(_ kind: String, _ folder: String) throws {
        let zeros = String(repeating: "0", count: 40)
        let json = """
            {"object_kind":"\(kind)","ref":"refs/\(folder)/x","after":"\(zeros)","checkout_sha":null,"commits":[]}
            """
        try GitProviders.expect("gitlab", nil, json, tells: [:])
    }

    @Test("A merge request tells its labels and the head of its source")
    func mergeRequest() throws {
        try GitProviders.expect(
            "gitlab", nil,
            """
            {"object_kind":"merge_request","labels":[{"title":"deploy"},{"title":"qa"}],"object_attributes":{"iid":7,
             "source_branch":"fix","target_branch":"main",
             "last_commit":{"id":"da15","author":{"name":"B","email":"b@x"}}}}
            """,
            tells: [
                .commit: ["da15"], .authorName: ["B"], .authorEmail: ["b@x"], .pullRequestNumber: ["7"],
                .pullRequestSourceBranch: ["fix"], .pullRequestTargetBranch: ["main"],
                .pullRequestLabels: ["deploy", "qa"],
            ])
    }

    @Test("Pipelines and jobs tell a branch or a tag", arguments: [true, false])
    func builds(_ isTag: Bool) throws {
        let name: [GitField: [String]] = [isTag ? .tag : .branch: ["x"], .commit: ["da15"]]
        try GitProviders.expect(
            "gitlab", nil,
            #"{"object_kind":"pipeline","object_attributes":{"ref":"x","tag":\#(isTag),"sha":"da15"}}"#, tells: name)
        try GitProviders.expect(
            "gitlab", nil, #"{"object_kind":"build","ref":"x","tag":\#(isTag),"sha":"da15"}"#, tells: name)
    }
}
