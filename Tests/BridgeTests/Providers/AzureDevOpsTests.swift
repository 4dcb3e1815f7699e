import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

@Suite("Azure DevOps")
struct AzureDevOpsTests {
    private let secret: Secret

    init() throws { secret = try .of("correct:horse") }

    private func provider(username: String? = nil, header: String? = nil) throws(ProviderSettings.Invalid)
        -> AzureDevOps
    {
        var settings = ProviderSettings()
        settings.username = username
        settings.header = header
        return try AzureDevOps(settings)
    }

    private func prove(_ authorization: String, _ secret: Secret? = nil) throws {
        let request = Request([("Authorization", authorization)], "{}".utf8)
        _ = try provider(username: "buddy").prove(request, secret ?? self.secret)
    }

    private func basic(_ text: String) -> String { Base64.encode(Array(text.utf8)) }

    @Test("The name and the password must be those, in any writing of Basic")
    func password() throws {
        for scheme in ["Basic", "basic", "BASIC"] {
            #expect(throws: Never.self) { try prove("\(scheme) \(basic("buddy:correct:horse"))") }
        }
        for text in ["buddy:correct:hors", "buddy:", ":", "other:correct:horse", ":correct:horse", "correct:horse"] {
            #expect(throws: VerificationFailure.mismatch, "\(text)") { try prove("Basic \(basic(text))") }
        }
    }

    @Test(
        "What is not Basic and strict base64 is refused before the body is read",
        arguments: [
            "Basic", "Basic ", "Bearer YnVkZHk6eA==", "YnVkZHk6eA==", "Basic YnVkZHk6eA", "Basic YnVkZHk6eB==",
            "Basic YnVkZHk6eA== x", "Basic //8=", "Basic YnVkZHk=", "Basic YnVk ZHk6eA==",
        ])
    func malformed(_ value: String) {
        #expect(throws: VerificationFailure.malformedHeader("Authorization")) { try prove(value) }
    }

    @Test("Without the header, or with two, nothing is proved")
    func presence() throws {
        let provider = try provider(username: "buddy")
        let field = ("Authorization", "Basic " + basic("buddy:correct:horse"))
        #expect(throws: VerificationFailure.missingHeader("Authorization")) {
            try provider.prove(Request([], "{}".utf8), secret)
        }
        #expect(throws: VerificationFailure.repeatedHeader("Authorization")) {
            try provider.prove(Request([field, field], "{}".utf8), secret)
        }
    }

    @Test("A header of the operator's own proves as well, and is hidden")
    func header() throws {
        let provider = try provider(header: "X-Key")
        #expect(throws: Never.self) {
            try provider.prove(Request([("x-key", "correct:horse")], "{}".utf8), secret)
        }
        #expect(throws: VerificationFailure.mismatch) {
            try provider.prove(Request([("X-Key", "correct:horse ")], "{}".utf8), secret)
        }
        #expect(provider.traits.provingHeaders == ["X-Key"])
        let request = provider.sign(Sample(), with: secret, at: noon)
        #expect(try provider.event(request, secret).name == "git.push")
    }

    @Test("Exactly one of the two must be configured, and it must work")
    func settings() throws {
        #expect(throws: ProviderSettings.Invalid.self) { try provider() }
        #expect(throws: ProviderSettings.Invalid.self) { try provider(username: "a", header: "b") }
        #expect(throws: ProviderSettings.Invalid.self) { try provider(username: "a:b") }
        #expect(throws: ProviderSettings.Invalid.self) { try provider(header: "") }
        #expect(try #require(ProviderCatalog.entry("azure-devops")).keys == ["secrets", "username", "header"])
    }

    @Test("The test button is answered, and is no event")
    func testButton() throws {
        let provider = try provider(username: "buddy")
        let body = #"{"subscriptionId":"00000000-0000-0000-0000-000000000000","eventType":"git.push"}"#
        let request = provider.sign(Sample(payload: Array(body.utf8)), with: secret, at: noon)
        #expect(try provider.handshake(request, secret).status == 200)
    }

    @Test("Event, id and who pushed are told by the body")
    func names() throws {
        let event = try GitProviders.event(
            "azure-devops", nil,
            #"{"id":"03c1","eventType":"git.push","resource":{"pushedBy":{"id":"7","displayName":"Jamal"}}}"#)
        #expect(event.name == "git.push" && event.senderID == "03c1" && event.user == Party(id: "7", name: "Jamal"))
        #expect(try provider(username: "buddy").traits.dedupe == .id)
    }

    @Test("A push of several refs tells each that is still there")
    func push() throws {
        let zeros = String(repeating: "0", count: 40)
        try GitProviders.expect(
            "azure-devops", nil,
            """
            {"eventType":"git.push","resource":{"refUpdates":[{"name":"refs/heads/gone","newObjectId":"\(zeros)"},
             {"name":"refs/heads/main","newObjectId":"33b5"},{"name":"refs/tags/v1","newObjectId":"aad3"}],
             "commits":[{"commitId":"33b5","author":{"name":"Jamal","email":"j@x"}}],
             "repository":{"name":"web","project":{"name":"acme"}}}}
            """,
            tells: [
                .repositoryPath: ["acme/web"], .repositoryName: ["web"], .branch: ["main"], .tag: ["v1"],
                .commit: ["33b5", "aad3"], .authorName: ["Jamal"], .authorEmail: ["j@x"],
            ])
    }

    @Test("A comment tells its pull request; a build of version 2 its branch")
    func nested() throws {
        try GitProviders.expect(
            "azure-devops", nil,
            """
            {"eventType":"ms.vss-code.git-pullrequest-comment-event","resource":{"comment":{"id":2},"pullRequest":{
             "pullRequestId":1,"sourceRefName":"refs/heads/fix","targetRefName":"refs/heads/main",
             "labels":[{"name":"qa"}],"repository":{"name":"web","project":{"name":"acme"}},
             "createdBy":{"displayName":"Jamal"},"lastMergeSourceCommit":{"commitId":"53d5"}}}}
            """,
            tells: [
                .repositoryPath: ["acme/web"], .repositoryName: ["web"], .commit: ["53d5"], .authorName: ["Jamal"],
                .pullRequestNumber: ["1"], .pullRequestSourceBranch: ["fix"], .pullRequestTargetBranch: ["main"],
                .pullRequestLabels: ["qa"],
            ])
        try GitProviders.expect(
            "azure-devops", nil,
            #"{"eventType":"build.complete","resource":{"sourceBranch":"refs/heads/main","sourceVersion":"600c"}}"#,
            tells: [.branch: ["main"], .commit: ["600c"]])
    }
}
