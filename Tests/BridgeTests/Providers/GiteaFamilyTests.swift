import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("Gitea, Forgejo and Gogs")
struct GiteaFamilyTests {
    private let secret: Secret
    private static let json = #"{"ref":"refs/heads/a+b","after":"506a","x":"ü & %"}"#
    private static let form = "application/x-www-form-urlencoded"

    init() throws { secret = try .of("correct horse") }

    private func headers(_ word: String, signing text: String, _ more: (String, String)...) -> [(String, String)] {
        [
            ("X-\(word)-Event", "push"), ("X-\(word)-Delivery", "1"),
            ("X-\(word)-Signature", Tag(.sha256, of: text.utf8, key: secret).hex),
        ] + more
    }

    private static let family: [(String, any Provider)] = [
        ("Gitea", Gitea()), ("Forgejo", Forgejo()), ("Gogs", Gogs()),
    ]

    @Test("A form is signed as the JSON in it, not as it is sent")
    func forms() throws {
        for (word, provider) in Self.family {
            let body = Form([("payload", Self.json)]).encoded
            let request = Request(headers(word, signing: Self.json, ("Content-Type", Self.form)), body)
            let event = try provider.event(request, secret)
            #expect(event.git?.values(of: .branch) == ["a+b"] && event.senderID == "1" && event.name == "push")
            let raw = headers(word, signing: String(decoding: body, as: UTF8.self), ("Content-Type", Self.form))
            #expect(throws: VerificationFailure.mismatch) { try provider.prove(Request(raw, body), secret) }
            let other = Form([("other", Self.json)]).encoded
            #expect(throws: VerificationFailure.missingField("payload")) {
                try provider.prove(Request(headers(word, signing: "", ("Content-Type", Self.form)), other), secret)
            }
        }
    }

    @Test("A GET is signed as the JSON in its query, and its body is not looked at")
    func gets() throws {
        for (word, provider) in Self.family.prefix(2) {
            let query = String(decoding: Form([("payload", Self.json)]).encoded, as: UTF8.self)
            var request = Request(headers(word, signing: Self.json), "another".utf8, query: query)
            request.head.method = "GET"
            #expect(try provider.event(request, secret).git?.values(of: .branch) == ["a+b"])
            request.head.query = "payload=%7B%7D"
            #expect(throws: VerificationFailure.mismatch) { try provider.prove(request, secret) }
            request.head.query = ""
            #expect(throws: VerificationFailure.missingField("payload")) { try provider.prove(request, secret) }
            #expect(provider.traits.methods == ["POST", "GET"])
        }
        #expect(Gogs().traits.methods == ["POST"])
    }

    @Test("An empty tag proves nothing, nor does another member's header")
    func tags() throws {
        for (word, provider) in Self.family {
            let name = "X-\(word)-Signature"
            #expect(throws: VerificationFailure.emptyHeader(name)) {
                try provider.prove(Request([(name, "")], "{}".utf8), secret)
            }
            let tag = Tag(.sha256, of: "{}".utf8, key: secret).hex
            #expect(throws: VerificationFailure.malformedHeader(name)) {
                try provider.prove(Request([(name, "sha256=\(tag)")], "{}".utf8), secret)
            }
            let others = ["Gitea", "Forgejo", "Gogs", "Hub"].filter { $0 != word }.map { ("X-\($0)-Signature", tag) }
            #expect(throws: VerificationFailure.missingHeader(name)) {
                try provider.prove(Request(others + [("X-Hub-Signature-256", "sha256=\(tag)")], "{}".utf8), secret)
            }
        }
    }

    @Test("Another media type is not read")
    func mediaTypes() throws {
        let request = Request(headers("Gitea", signing: "{}", ("Content-Type", "text/plain")), "{}".utf8)
        #expect(throws: NotUnderstood.mediaType("text/plain")) { try Gitea().read(request, secret) }
    }

    @Test("Times and statuses are the senders'")
    func traits() {
        #expect(Self.family.map(\.1.traits.replyWithin) == [.milliseconds(4500), .milliseconds(4500), .seconds(9)])
        #expect(Self.family.allSatisfy { $0.1.traits.failureStatus == 502 && $0.1.traits.dedupe == .body })
    }

    @Test(
        "A push tells the author of its head, from either place, and every path",
        arguments: ["gitea", "forgejo", "gogs"])
    func push(_ name: String) throws {
        let head = #""head_commit":{"id":"67b5","author":{"name":"Ann","email":"ann@x"}},"#
        try GitProviders.expect(
            name, "push",
            """
            {"ref":"refs/tags/v1","after":"67b5",\(name == "gogs" ? "" : head)
             "commits":[{"id":"67b5","author":{"name":"Ann","email":"ann@x"},"added":["a"],"removed":null,"modified":["b"]},
                        {"id":"6efc","author":{"name":"Bob","email":"bob@x"},"added":[],"removed":["c"],"modified":[]}],
             "repository":{"name":"web","full_name":"acme/web"},"sender":{"id":1,"login":"ann"}}
            """,
            tells: [
                .repositoryPath: ["acme/web"], .repositoryName: ["web"], .tag: ["v1"], .commit: ["67b5"],
                .authorName: ["Ann"], .authorEmail: ["ann@x"], .paths: ["a", "b", "c"],
            ])
    }

    @Test("A deletion tells no name and no commit", arguments: ["gitea", "forgejo", "gogs"])
    func deleted(_ name: String) throws {
        try GitProviders.expect(name, "delete", #"{"ref":"main","ref_type":"branch"}"#, tells: [:])
        let zeros = String(repeating: "0", count: 40)
        try GitProviders.expect(
            name, "push", #"{"ref":"refs/heads/main","after":"\#(zeros)","commits":[]}"#, tells: [:])
    }

    @Test("A creation names what was created, whole or short")
    func created() throws {
        try GitProviders.expect(
            "gitea", "create", #"{"ref":"v1","ref_type":"tag","sha":"67b5"}"#, tells: [.tag: ["v1"], .commit: ["67b5"]])
        try GitProviders.expect(
            "gogs", "create", #"{"ref":"refs/heads/a/b","ref_type":"branch"}"#, tells: [.branch: ["a/b"]])
    }

    @Test("A pull request tells its labels")
    func pullRequest() throws {
        try GitProviders.expect(
            "forgejo", "pull_request",
            """
            {"pull_request":{"number":2,"user":{"login":"ann"},"labels":[{"name":"bug"},{"name":"qa"}],
             "base":{"ref":"main"},"head":{"ref":"fix","sha":"48e7"}}}
            """,
            tells: [
                .commit: ["48e7"], .authorName: ["ann"], .pullRequestNumber: ["2"], .pullRequestSourceBranch: ["fix"],
                .pullRequestTargetBranch: ["main"], .pullRequestLabels: ["bug", "qa"],
            ])
    }
}
