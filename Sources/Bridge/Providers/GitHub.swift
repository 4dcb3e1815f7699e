package import FoundationEssentials
package import Signatures

/// GitHub and GitHub Enterprise Server.
///
/// Signs the raw body, as JSON and as a form alike: docs.github.com, "Validating webhook deliveries". The legacy
/// SHA-1 header is never looked at. No time is signed and the delivery id is not, so the body tells deliveries apart.
package struct GitHub: Provider {
    package init() {}

    /// GitHub gives up after 10 s, never delivers again by itself and shows the status in its delivery log.
    package let traits = ProviderTraits(
        name: "github", replyWithin: .seconds(9), failureStatus: 502, dedupe: .body, provingHeaders: [Self.tag])

    private static let tag = "X-Hub-Signature-256"
    private static let prefix = "sha256="

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        let header = try head.headers.deciding(Self.tag)
        guard header.hasPrefix(Self.prefix), let tag = Tag(hex: header.dropFirst(Self.prefix.count), .sha256) else {
            throw .malformedHeader(Self.tag)
        }
        return Claim(tag: tag, algorithm: .sha256)
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let head = request.request.head
        let json = try BodyReader.jsonOrForm(request.request)
        let name = head.headers.first("X-GitHub-Event").flatMap { $0.isEmpty ? nil : $0 } ?? "webhook"
        if name == "ping" { return .handshake(Reply(status: 200, json: ["message": "pong"])) }
        var event = Event(
            source: source, provider: traits.name, name: name, request: request.request, payload: .json(json),
            senderID: head.headers.first("X-GitHub-Delivery"))
        event.user = event.payload.scalar("sender", "login").map { login in
            Party(id: event.payload.scalar("sender", "id") ?? login, name: login)
        }
        event.git = GitHubFields(event: name, payload: event.payload)
        return .event(event)
    }

    package func sign(_ sample: Sample, with secret: Secret, at time: Date) -> Request {
        let body = sample.payload ?? Array(Self.samplePush.utf8)
        var headers = Headers([
            ("Content-Type", "application/json"),
            ("User-Agent", "GitHub-Hookshot/buddy-bridge"),
            ("X-GitHub-Event", sample.event ?? "push"),
            ("X-GitHub-Delivery", UUID().uuidString.lowercased()),
            (Self.tag, Self.prefix + Tag(.sha256, of: body, key: secret).hex),
        ])
        for field in sample.headers.fields { headers.set(field.name, field.value) }
        return Request(head: RequestHead(method: "POST", headers: headers, receivedAt: time), body: body)
    }

    private static let samplePush = """
        {"ref":"refs/heads/master","before":"0000000000000000000000000000000000000000",\
        "after":"506a3963507943d6908154f4bc9646e829128a08","deleted":false,\
        "repository":{"name":"company-website","full_name":"buddy/company-website"},\
        "sender":{"login":"mike","id":1},\
        "head_commit":{"id":"506a3963507943d6908154f4bc9646e829128a08","message":"init repo",\
        "author":{"name":"Mike Benson","email":"mike@example.com"}},\
        "commits":[{"id":"506a3963507943d6908154f4bc9646e829128a08","added":["index.html"],"modified":[],"removed":[]}]}
        """
}

/// docs.github.com, "Webhook events and payloads".
private struct GitHubFields: GitFields {
    let event: String
    let payload: Payload

    func values(of field: GitField) -> [String] {
        switch field {
        case .repositoryPath: all("repository", "full_name")
        case .repositoryName: all("repository", "name")
        case .branch: branch
        case .tag: tag
        case .commit: commit
        case .authorName: first(all("head_commit", "author", "name"), all("pull_request", "user", "login"))
        case .authorEmail: all("head_commit", "author", "email")
        case .paths:
            ["added", "modified", "removed"].flatMap { kind in
                payload.scalars(at: [.name("commits"), .any, .name(kind), .any])
            }
        case .pullRequestNumber: all("pull_request", "number")
        case .pullRequestSourceBranch: all("pull_request", "head", "ref")
        case .pullRequestTargetBranch: all("pull_request", "base", "ref")
        case .pullRequestLabels:
            payload.scalars(at: [.name("pull_request"), .name("labels"), .any, .name("name")])
        }
    }

    /// `push` names the whole ref, `create` the short name beside its kind; `delete` names what is gone.
    private var branch: [String] {
        switch event {
        case "push": GitRef.short("refs/heads/", of: deleted ? nil : payload.scalar("ref"))
        case "create": payload.scalar("ref_type") == "branch" ? all("ref") : []
        case "workflow_run", "check_suite": all(event, "head_branch")
        default: []
        }
    }

    private var tag: [String] {
        switch event {
        case "push": GitRef.short("refs/tags/", of: deleted ? nil : payload.scalar("ref"))
        case "create": payload.scalar("ref_type") == "tag" ? all("ref") : []
        case "release": all("release", "tag_name")
        default: []
        }
    }

    private var commit: [String] {
        switch event {
        case "push": deleted ? [] : all("after")
        case "workflow_run", "check_suite", "check_run": all(event, "head_sha")
        case "status": all("sha")
        default: all("pull_request", "head", "sha")
        }
    }

    private var deleted: Bool { payload.scalar("deleted") == "true" }

    private func all(_ keys: String...) -> [String] { payload.scalars(at: keys.map(Payload.Step.name)) }

    private func first(_ one: [String], _ other: [String]) -> [String] { one.isEmpty ? other : one }
}
