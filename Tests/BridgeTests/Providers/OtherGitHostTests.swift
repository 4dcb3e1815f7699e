import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("Pagure, Review Board, Sourcehut and Buddy")
struct OtherGitHostTests {
    private let secret: Secret

    init() throws { secret = try .of("correct horse") }

    @Test("Pagure's SHA-1 tag is never looked at")
    func pagureSHA1() throws {
        let tag = Tag(.sha1, of: "{}".utf8, key: secret).hex
        let legacy = [("X-Pagure-Signature", tag), ("Content-Type", "application/json")]
        #expect(throws: VerificationFailure.missingHeader("X-Pagure-Signature-256")) {
            try Pagure().prove(Request(legacy, "{}".utf8), secret)
        }
        let wrong = legacy + [("X-Pagure-Signature-256", String(repeating: "a", count: 64))]
        #expect(throws: VerificationFailure.mismatch) { try Pagure().prove(Request(wrong, "{}".utf8), secret) }
    }

    @Test("Pagure's event is the signed topic, else the header's")
    func pagureTopic() throws {
        let signed = try GitProviders.event("pagure", "git.other", #"{"topic":"git.receive","msg_id":"2027-1"}"#)
        #expect(signed.name == "git.receive" && signed.senderID == "2027-1")
        #expect(try GitProviders.event("pagure", "git.receive", #"{"msg":{"agent":"mike"}}"#).name == "git.receive")
    }

    @Test("Pagure's pushes, deletions and pull requests")
    func pagureFields() throws {
        let push: [GitField: [String]] = [
            .repositoryPath: ["acme/web"], .repositoryName: ["web"], .branch: ["main"], .commit: ["506a"],
            .authorName: ["Mike Benson"],
        ]
        for branch in ["main", "refs/heads/main"] {
            try GitProviders.expect(
                "pagure", nil,
                """
                {"topic":"git.receive","msg":{"branch":"\(branch)","end_commit":"506a","start_commit":"1111",
                 "authors":[{"fullname":"Mike Benson"}],"project_fullname":"acme/web"}}
                """, tells: push)
        }
        try GitProviders.expect(
            "pagure", nil, #"{"topic":"git.branch.deletion","msg":{"branch":"main","rev":"506a"}}"#, tells: [:])
        try GitProviders.expect(
            "pagure", nil, #"{"topic":"git.tag.creation","msg":{"tag":"v1","rev":"506a"}}"#,
            tells: [.tag: ["v1"], .commit: ["506a"]])
        try GitProviders.expect(
            "pagure", nil,
            """
            {"topic":"pull-request.new","msg":{"pullrequest":{"id":4,"branch":"main","branch_from":"fix",
             "commit_stop":"506a","user":{"fullname":"Mike"},"tags":["qa"]}}}
            """,
            tells: [
                .commit: ["506a"], .authorName: ["Mike"], .pullRequestNumber: ["4"], .pullRequestSourceBranch: ["fix"],
                .pullRequestTargetBranch: ["main"], .pullRequestLabels: ["qa"],
            ])
    }

    @Test("Review Board's SHA-1 is taken; a SHA-256 in its place is not")
    func reviewBoard() throws {
        let headers = [("x-reviewboard-EVENT", "review_published"), ("Content-Type", "text/plain")]
        let tag = Tag(.sha1, of: "own text".utf8, key: secret).hex
        let event = try ReviewBoard().event(
            Request(headers + [("X-Hub-Signature", "sha1=\(tag)")], "own text".utf8), secret)
        #expect(event.name == "review_published")
        #expect(GitField.allCases.allSatisfy { event.git?.values(of: $0) == [] })
        if case .none = event.payload {} else { Issue.record("a text is no payload") }
        let long = "sha256=" + Tag(.sha256, of: "own text".utf8, key: secret).hex
        #expect(throws: VerificationFailure.malformedHeader("X-Hub-Signature")) {
            try ReviewBoard().prove(Request([("X-Hub-Signature", long)], "own text".utf8), secret)
        }
    }

    private func sourcehut(_ change: (inout Request) -> Void = { _ in }) throws -> (GitProviders.Key, Request) {
        let key = GitProviders.key(for: Sourcehut())
        var request = Sourcehut().sign(Sample(), with: key.signing, at: noon)
        change(&request)
        return (key, request)
    }

    @Test("Sourcehut signs the body and the nonce after it")
    func sourcehutNonce() throws {
        let (key, request) = try sourcehut()
        let nonce = try #require(request.head.headers.first("X-Payload-Nonce"))
        let claim = try Sourcehut().claim(in: request.head, tolerance: .seconds(300))
        #expect(claim.message.suffix == Array(nonce.utf8) && claim.identity == Array(nonce.utf8))
        var other = request
        other.head.headers.set("X-Payload-Nonce", "0123456789abcdef")
        #expect(throws: VerificationFailure.mismatch) { try key.prove(other, by: Sourcehut()) }
        // The same bytes, with the end of the body elsewhere.
        other.body += Array(nonce.utf8.prefix(2))
        other.head.headers.set("X-Payload-Nonce", String(nonce.dropFirst(2)))
        #expect(throws: VerificationFailure.malformedHeader("X-Payload-Nonce")) {
            try key.prove(other, by: Sourcehut())
        }
        #expect(Sourcehut().traits.provenBy == .publicKeys && Sourcehut().traits.publicKeyEncoding == .base64)
    }

    @Test("Sourcehut's signature is strict base64 of 64 bytes", arguments: [63, 65])
    func sourcehutSignature(_ count: Int) throws {
        let text = Base64.encode(Array(repeating: 1, count: count))
        let (key, request) = try sourcehut { $0.head.headers.set("X-Payload-Signature", text) }
        #expect(throws: VerificationFailure.malformedHeader("X-Payload-Signature")) {
            try key.prove(request, by: Sourcehut())
        }
    }

    @Test("Sourcehut's push tells refs that are still there")
    func sourcehutFields() throws {
        let json = """
            {"pusher":{"canonical_name":"~mike","name":"mike"},"refs":[{"name":"refs/heads/gone","new":null},
             {"name":"refs/tags/v1","new":{"id":"506a","author":{"name":"Mike","email":"mike@x"}}}]}
            """
        try GitProviders.expect(
            "sourcehut", nil, json,
            tells: [.tag: ["v1"], .commit: ["506a"], .authorName: ["Mike"], .authorEmail: ["mike@x"]])
        let event = try GitProviders.event("sourcehut", nil, json)
        #expect(event.name == "repo:post-update" && event.user == Party(id: "~mike", name: "mike"))
    }

    private func buddy(_ body: String, header: String? = nil) -> Request {
        Request([("Content-Type", "application/json")] + (header.map { [("secret_key", $0)] } ?? []), body.utf8)
    }

    @Test("Buddy's secret is in the payload, or in a header, which then decides")
    func buddySecret() throws {
        let right = #"{"secret_key":"correct horse"}"#
        #expect(throws: Never.self) { try BuddyWebhooks().prove(buddy(right), secret) }
        #expect(throws: Never.self) { try BuddyWebhooks().prove(buddy("{}", header: "correct horse"), secret) }
        #expect(throws: VerificationFailure.mismatch) { try BuddyWebhooks().prove(buddy(right, header: "x"), secret) }
        #expect(throws: VerificationFailure.emptyHeader("secret_key")) {
            try BuddyWebhooks().prove(buddy(right, header: ""), secret)
        }
        #expect(throws: VerificationFailure.missingField("secret_key")) {
            try BuddyWebhooks().prove(buddy(#"{"a":{"secret_key":"correct horse"}}"#), secret)
        }
        #expect(throws: VerificationFailure.repeatedField("secret_key")) {
            try BuddyWebhooks().prove(buddy(#"{"secret_key":"x","secret_key":"correct horse"}"#), secret)
        }
    }

    @Test("No rule sees Buddy's secret, and the event is read")
    func buddyEvent() throws {
        let request = BuddyWebhooks().sign(Sample(event: "PUSH"), with: secret, at: noon)
        let event = try BuddyWebhooks().event(request, secret)
        #expect(event.name == "PUSH" && event.senderID == nil)
        #expect(event.payload.scalar("secret_key") == nil && event.payload.scalar("project", "name") != nil)
        #expect(!event.payload.scalars(at: [.any]).contains("correct horse"))
        #expect(BuddyWebhooks().traits.provingFields == ["secret_key"])
        let bare = try BuddyWebhooks().event(buddy(#"{"secret_key":"correct horse"}"#), secret)
        #expect(bare.name == "webhook")
    }
}
