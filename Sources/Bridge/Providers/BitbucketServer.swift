package import FoundationEssentials
import Signatures

/// Bitbucket Data Center and Server.
///
/// Signs the raw body as Bitbucket Cloud does: confluence.atlassian.com, "Manage webhooks". Its test button is not
/// signed, even where a secret is set.
package struct BitbucketServer: Provider {
    package init() {}

    /// After five failures in a row Bitbucket skips the hook for a while, so a failed run is told in the body of a 200.
    /// The ping's body is `{"test":true}`; anything much longer is none.
    package let traits = ProviderTraits(
        name: "bitbucket-server", replyWithin: .seconds(9), failureStatus: 200, dedupe: .body,
        provingHeaders: [Self.tag.name], unsignedHandshakeLimit: 1024,
        gives: .git(without: [.paths, .pullRequestLabels]))

    private static let tag = TagHeader("X-Hub-Signature", prefix: "sha256=")

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        Claim(.hmac([try Self.tag.tag(in: head)], .sha256))
    }

    /// The event's name is anybody's to choose, so nothing but this answer may come of it.
    package func unsignedHandshake(_ request: Request) -> Reply? {
        request.head.headers.first("X-Event-Key") == "diagnostics:ping" ? Reply(status: 200) : nil
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        if let reply = unsignedHandshake(request.request) { return .handshake(reply) }
        let headers = request.request.head.headers
        let payload = Payload.json(try BodyReader.jsonOnly(request.request))
        var event = Event(
            source: source, provider: traits.name, name: headers.eventName("X-Event-Key"), request: request.request,
            payload: payload, senderID: headers.first("X-Request-Id"))
        event.user = payload.scalar("actor", "name").map { name in
            Party(id: payload.scalar("actor", "id") ?? name, name: name)
        }
        event.git = BitbucketServerFields(payload: payload)
        return .event(event)
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? Array(Self.samplePush.utf8)
        let fields = [
            ("Content-Type", "application/json; charset=utf-8"), ("User-Agent", "Atlassian HttpClient"),
            ("X-Event-Key", sample.event ?? "repo:refs_changed"), ("X-Request-Id", UUID().uuidString.lowercased()),
            Self.tag.field(body, key: key.secret),
        ]
        return sample.request(fields, body, at: time)
    }

    private static let samplePush = """
        {"eventKey":"repo:refs_changed","actor":{"name":"mike","id":1,"displayName":"Mike Benson"},\
        "repository":{"slug":"company-website","name":"company-website","project":{"key":"BUDDY","name":"Buddy"}},\
        "changes":[{"ref":{"id":"refs/heads/master","displayId":"master","type":"BRANCH"},"refId":"refs/heads/master",\
        "fromHash":"0000000000000000000000000000000000000000","toHash":"506a3963507943d6908154f4bc9646e829128a08",\
        "type":"ADD"}]}
        """
}

/// confluence.atlassian.com, "Event payload". No event lists paths or labels.
private struct BitbucketServerFields: GitFields {
    let payload: Payload

    func values(of field: GitField) -> [String] {
        switch field {
        case .repositoryPath: path
        case .repositoryName: path.lastParts
        case .branch: updates.flatMap(\.branch)
        case .tag: updates.flatMap(\.tag)
        case .commit: updates.flatMap(\.commits).distinct.orElse(subject)
        case .authorName: author("displayName").orElse(author("name"))
        case .authorEmail: author("emailAddress")
        case .pullRequestNumber: payload.all("pullRequest", "id")
        case .pullRequestSourceBranch: payload.all("pullRequest", "fromRef", "displayId")
        case .pullRequestTargetBranch: payload.all("pullRequest", "toRef", "displayId")
        case .paths, .pullRequestLabels: []
        }
    }

    /// The project's key and the repository's name in URLs. A pull request belongs to the repository that it goes to; a
    /// renamed repository is known by its new name.
    private var path: [String] {
        for place in [["repository"], ["pullRequest", "toRef", "repository"], ["new"]] {
            let project = payload.texts(at: place + ["project", "key"]).first
            let name = payload.texts(at: place + ["slug"]).first
            if let project, let name { return ["\(project)/\(name)"] }
        }
        return []
    }

    private var updates: [RefUpdate] {
        payload.elements("changes").map { change in RefUpdate(change.text("ref", "id"), object: change.text("toHash")) }
    }

    /// The head of a pull request, or the commit that is commented on.
    private var subject: [String] {
        payload.all("pullRequest", "fromRef", "latestCommit").orElse(payload.all("commit"))
    }

    /// Newer versions tell the newest commit of a push.
    private func author(_ key: String) -> [String] {
        payload.all("toCommit", "author", key).orElse(payload.all("pullRequest", "author", "user", key))
    }
}
