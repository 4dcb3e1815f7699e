package import FoundationEssentials
import Signatures

/// Gogs and those that come from it: Gitea and Forgejo.
///
/// They sign the JSON text, also where they send it in a form or in the query of a GET (go-gitea/gitea
/// services/webhook/deliver.go, forgejo services/webhook/shared/payloader.go, gogs internal/database/webhook.go).
/// They send the headers of their ancestors and of GitHub as well: only their own are looked at. Without a secret they
/// send the header empty, which proves nothing.
package protocol GiteaFamily: Provider {
    /// What stands in the middle of the headers' names: `X-Gitea-Event`.
    static var headerWord: String { get }
}

extension GiteaFamily {
    static var tag: TagHeader { TagHeader("X-\(headerWord)-Signature") }

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        Claim(.hmac([try Self.tag.tag(in: head)], .sha256), message: SignedMessage(.payload))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let headers = request.request.head.headers
        let payload = Payload.json(try Self.json(request.request))
        let name = headers.eventName("X-\(Self.headerWord)-Event")
        var event = Event(
            source: source, provider: traits.name, name: name, request: request.request, payload: payload,
            senderID: headers.first("X-\(Self.headerWord)-Delivery"))
        event.user = payload.scalar("sender", "login").map { login in
            Party(id: payload.scalar("sender", "id") ?? login, name: login)
        }
        event.git = GiteaFields(event: name, payload: payload)
        return .event(event)
    }

    /// The text that is signed, read.
    private static func json(_ request: Request) throws(NotUnderstood) -> JSONDocument {
        guard request.head.method == "GET" else { return try BodyReader.jsonOrForm(request) }
        return try BodyReader.jsonInForm(try BodyReader.form(Array(request.head.query.utf8)))
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? Array(samplePush.utf8)
        let fields = [
            ("Content-Type", "application/json"), ("User-Agent", "\(Self.headerWord)-buddy-bridge"),
            ("X-\(Self.headerWord)-Event", sample.event ?? "push"),
            ("X-\(Self.headerWord)-Delivery", UUID().uuidString.lowercased()),
            Self.tag.field(body, key: key.secret),
        ]
        return sample.request(fields, body, at: time)
    }
}

private let samplePush = """
    {"ref":"refs/heads/master","before":"0000000000000000000000000000000000000000",\
    "after":"506a3963507943d6908154f4bc9646e829128a08",\
    "commits":[{"id":"506a3963507943d6908154f4bc9646e829128a08","message":"init repo",\
    "author":{"name":"Mike Benson","email":"mike@example.com","username":"mike"},\
    "added":["index.html"],"removed":[],"modified":[]}],\
    "repository":{"id":1,"name":"company-website","full_name":"buddy/company-website"},\
    "sender":{"id":1,"login":"mike"}}
    """

/// docs.gitea.com and forgejo.org, "Webhooks".
///
/// Gitea and Forgejo list `FEED_MAX_COMMIT_NUM` commits of a push at most, 5 by default, so `paths` may miss some of a
/// longer one: `payload.total_commits` tells how many there are.
private struct GiteaFields: GitFields {
    let event: String
    let payload: Payload

    func values(of field: GitField) -> [String] {
        switch field {
        case .repositoryPath: payload.all("repository", "full_name")
        case .repositoryName: payload.all("repository", "name")
        case .branch: ref("branch", \.branch)
        case .tag: event == "release" ? payload.all("release", "tag_name") : ref("tag", \.tag)
        case .commit: commit
        case .authorName: author("name").orElse(payload.all("pull_request", "user", "login"))
        case .authorEmail: author("email").orElse(payload.all("pull_request", "user", "email").filter { $0 != "" })
        case .paths: payload.touchedPaths
        case .pullRequestNumber: number
        case .pullRequestSourceBranch: pullRequest("head")
        case .pullRequestTargetBranch: pullRequest("base")
        case .pullRequestLabels:
            payload.each("pull_request", "labels", "*", "name").orElse(commented("labels", "*", "name"))
        }
    }

    private var push: RefUpdate {
        RefUpdate(payload.scalar("ref"), object: payload.scalar("after"), commit: payload.scalar("head_commit", "id"))
    }

    /// `push` names the whole ref, `create` the short name beside its kind; `delete` names what is gone.
    private func ref(_ kind: String, _ pushed: KeyPath<RefUpdate, [String]>) -> [String] {
        switch event {
        case "push": push[keyPath: pushed]
        case "create": payload.scalar("ref_type") == kind ? payload.all("ref").flatMap(Self.short) : []
        default: []
        }
    }

    private static func short(_ ref: String) -> [String] {
        ref.hasPrefix("refs/")
            ? GitRef.short("refs/heads/", of: ref).orElse(GitRef.short("refs/tags/", of: ref)) : [ref]
    }

    private var commit: [String] {
        switch event {
        case "push": push.commits
        case "create", "status": payload.all("sha")
        default: payload.all("pull_request", "head", "sha")
        }
    }

    /// Gogs has no `head_commit`, but the list holds it too.
    private func author(_ key: String) -> [String] {
        let head = payload.all("head_commit", "author", key)
        return head.orElse(payload.listedCommit(push.commits.first)?.text("author", key).map { [$0] } ?? [])
    }

    /// Older versions tell it beside the pull request only.
    private var number: [String] {
        let beside = payload.has("pull_request") ? payload.all("number") : commented("number")
        return payload.all("pull_request", "number").orElse(beside)
    }

    /// A comment on a pull request comes as one on its issue.
    private func commented(_ keys: String...) -> [String] {
        payload.scalar("is_pull") == "true" ? payload.texts(at: ["issue"] + keys) : []
    }

    /// Gogs tells `head_branch`, the others `head.ref`.
    private func pullRequest(_ side: String) -> [String] {
        payload.all("pull_request", side, "ref").orElse(payload.all("pull_request", "\(side)_branch"))
    }
}
