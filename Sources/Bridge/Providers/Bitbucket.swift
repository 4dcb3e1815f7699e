package import FoundationEssentials
import Signatures

/// Bitbucket Cloud.
///
/// Signs the raw body with SHA-256 under a header name that stands for SHA-1 elsewhere: support.atlassian.com, "Manage
/// webhooks". Neither the id nor the event's name is signed.
package struct Bitbucket: Provider {
    package init() {}

    /// Bitbucket gives up after 10 s, and sends again on a 5xx, so a failed run is told in the body of a 200.
    package let traits = ProviderTraits(
        name: "bitbucket", replyWithin: .seconds(9), failureStatus: 200, dedupe: .body,
        provingHeaders: [Self.tag.name], gives: .git(without: [.paths, .pullRequestLabels]))

    private static let tag = TagHeader("X-Hub-Signature", prefix: "sha256=")

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        Claim(.hmac([try Self.tag.tag(in: head)], .sha256))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let headers = request.request.head.headers
        let payload = Payload.json(try BodyReader.jsonOnly(request.request))
        var event = Event(
            source: source, provider: traits.name, name: headers.eventName("X-Event-Key"), request: request.request,
            payload: payload, senderID: headers.first("X-Request-UUID"))
        let id = payload.scalar("actor", "account_id") ?? payload.scalar("actor", "uuid")
        event.user = id.map { id in
            Party(id: id, name: payload.scalar("actor", "nickname") ?? payload.scalar("actor", "display_name"))
        }
        event.git = BitbucketFields(payload: payload)
        return .event(event)
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? Array(Self.samplePush.utf8)
        let fields = [
            ("Content-Type", "application/json"), ("User-Agent", "Bitbucket-Webhooks/2.0"),
            ("X-Event-Key", sample.event ?? "repo:push"), ("X-Request-UUID", UUID().uuidString.lowercased()),
            ("X-Attempt-Number", "1"), Self.tag.field(body, key: key.secret),
        ]
        return sample.request(fields, body, at: time)
    }

    private static let samplePush = """
        {"actor":{"type":"user","nickname":"mike","uuid":"{00000000-0000-4000-8000-000000000001}"},\
        "repository":{"name":"company-website","full_name":"buddy/company-website"},\
        "push":{"changes":[{"old":null,"new":{"type":"branch","name":"master",\
        "target":{"type":"commit","hash":"506a3963507943d6908154f4bc9646e829128a08",\
        "author":{"raw":"Mike Benson <mike@example.com>"}}}}]}}
        """
}

/// support.atlassian.com, "Event payloads". No event lists paths or labels.
private struct BitbucketFields: GitFields {
    let payload: Payload

    func values(of field: GitField) -> [String] {
        switch field {
        case .repositoryPath: payload.all("repository", "full_name")
        case .repositoryName: payload.all("repository", "full_name").lastParts
        case .branch: updates.flatMap(\.branch)
        case .tag: updates.flatMap(\.tag)
        case .commit: updates.flatMap(\.commits).distinct.orElse(subject)
        case .authorName:
            pushed.compactMap(Self.authorName).distinct.orElse(payload.all("pullrequest", "author", "display_name"))
        case .authorEmail: pushed.compactMap { Self.mailbox($0)?.email }.distinct
        case .pullRequestNumber: payload.all("pullrequest", "id")
        case .pullRequestSourceBranch: payload.all("pullrequest", "source", "branch", "name")
        case .pullRequestTargetBranch: payload.all("pullrequest", "destination", "branch", "name")
        case .paths, .pullRequestLabels: []
        }
    }

    /// What branches and tags were pushed to; a deletion has none.
    private var pushed: [JSONElement] {
        payload.elements("push", "changes").compactMap { $0.child("new") }.filter { !$0.isNull }
    }

    private var updates: [RefUpdate] {
        pushed.map { new in
            let kind = ["branch": "refs/heads/", "tag": "refs/tags/"][new.text("type") ?? ""]
            return RefUpdate(
                kind.flatMap { kind in new.text("name").map { kind + $0 } }, object: new.text("target", "hash"))
        }
    }

    private var subject: [String] {
        payload.all("pullrequest", "source", "commit", "hash").orElse(payload.all("commit", "hash"))
    }

    private static func authorName(_ new: JSONElement) -> String? {
        mailbox(new)?.name ?? new.text("target", "author", "user", "display_name")
            ?? new.text("target", "author", "display_name")
    }

    /// A commit's author as Git writes it: `Mike Benson <mike@example.com>`.
    private static func mailbox(_ new: JSONElement) -> (name: String, email: String)? {
        guard let raw = new.text("target", "author", "raw"), raw.hasSuffix(">"), let start = raw.lastIndex(of: "<")
        else { return nil }
        return (String(raw[..<start]).trimmed, String(raw[raw.index(after: start)...].dropLast()))
    }
}
