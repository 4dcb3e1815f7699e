package import FoundationEssentials
import Signatures

/// GitHub and GitHub Enterprise Server.
///
/// Signs the raw body, as JSON and as a form alike: docs.github.com, "Validating webhook deliveries". The legacy
/// SHA-1 header is never looked at. No time is signed and the delivery id is not, so the body tells deliveries apart.
package struct GitHub: Provider {
    package init() {}

    /// GitHub gives up after 10 s, never delivers again by itself and shows the status in its delivery log.
    package let traits = ProviderTraits(
        name: "github", replyWithin: .seconds(9), failureStatus: 502, dedupe: .body, provingHeaders: [Self.tag.name],
        gives: .git)

    private static let tag = TagHeader("X-Hub-Signature-256", prefix: "sha256=")

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        Claim(.hmac([try Self.tag.tag(in: head)], .sha256))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let head = request.request.head
        let json = try BodyReader.jsonOrForm(request.request)
        let name = head.headers.eventName("X-GitHub-Event")
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

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? Array(Self.samplePush.utf8)
        let fields = [
            ("Content-Type", "application/json"),
            ("User-Agent", "GitHub-Hookshot/buddy-bridge"),
            ("X-GitHub-Event", sample.event ?? "push"),
            ("X-GitHub-Delivery", UUID().uuidString.lowercased()),
            Self.tag.field(body, key: key.secret),
        ]
        return sample.request(fields, body, at: time)
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
        case .repositoryPath: payload.all("repository", "full_name")
        case .repositoryName: payload.all("repository", "name")
        case .branch: branch
        case .tag: tag
        case .commit: commit
        case .authorName: author("name").orElse(payload.all("pull_request", "user", "login"))
        case .authorEmail: author("email")
        case .paths: payload.touchedPaths
        case .pullRequestNumber: number
        case .pullRequestSourceBranch: payload.all("pull_request", "head", "ref")
        case .pullRequestTargetBranch: payload.all("pull_request", "base", "ref")
        case .pullRequestLabels:
            payload.each("pull_request", "labels", "*", "name").orElse(commented("labels", "*", "name"))
        }
    }

    /// `push` names the whole ref, `create` the short name beside its kind; `delete` names what is gone.
    private var branch: [String] {
        switch event {
        case "push": GitRef.short("refs/heads/", of: deleted ? nil : payload.scalar("ref"))
        case "create": payload.scalar("ref_type") == "branch" ? payload.all("ref") : []
        case "workflow_dispatch": GitRef.short("refs/heads/", of: payload.scalar("ref"))
        case "workflow_run", "check_suite": isOfFork ? [] : payload.all(event, "head_branch")
        default: []
        }
    }

    /// A run for a fork's pull request names the fork's branch, which anybody may call `main`.
    private var isOfFork: Bool {
        let head = payload.scalar(event, "head_repository", "full_name")
        return head != nil && head != payload.scalar("repository", "full_name")
    }

    private var tag: [String] {
        switch event {
        case "push": GitRef.short("refs/tags/", of: deleted ? nil : payload.scalar("ref"))
        case "create": payload.scalar("ref_type") == "tag" ? payload.all("ref") : []
        case "workflow_dispatch": GitRef.short("refs/tags/", of: payload.scalar("ref"))
        case "release": payload.all("release", "tag_name")
        default: []
        }
    }

    /// `after` is the tag itself where a tag has a message; the head commit is a commit in either case. Of a pull
    /// request it is the head of its source branch, also when it is merged.
    private var commit: [String] {
        switch event {
        case "push": deleted ? [] : payload.all("head_commit", "id").orElse(payload.all("after"))
        case "workflow_run", "workflow_job", "check_suite", "check_run": payload.all(event, "head_sha")
        case "deployment", "deployment_status": payload.all("deployment", "sha")
        case "commit_comment": payload.all("comment", "commit_id")
        case "status": payload.all("sha")
        default: payload.all("pull_request", "head", "sha")
        }
    }

    private var deleted: Bool { payload.scalar("deleted") == "true" }

    private func author(_ key: String) -> [String] {
        switch event {
        case "workflow_run", "check_suite": payload.all(event, "head_commit", "author", key)
        case "status": payload.all("commit", "commit", "author", key)
        default: payload.all("head_commit", "author", key)
        }
    }

    private var number: [String] { payload.all("pull_request", "number").orElse(commented("number")) }

    /// A comment on a pull request comes as one on its issue.
    private func commented(_ keys: String...) -> [String] {
        payload.has("issue", "pull_request") ? payload.texts(at: ["issue"] + keys) : []
    }
}
