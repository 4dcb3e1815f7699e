package import FoundationEssentials
import Signatures

/// Pagure: pagure/lib/tasks_services.py, and doc/usage/using_webhooks.rst, which says not to trust the other headers.
///
/// It sends an HMAC-SHA1 beside the SHA-256 one, which is never looked at. Id and time are in the signed body.
package struct Pagure: Provider {
    package init() {}

    /// Pagure gives up after 60 s, does not send again and notes a failure in its own log only.
    package let traits = ProviderTraits(
        name: "pagure", replyWithin: .seconds(9), failureStatus: 200, dedupe: .body,
        provingHeaders: [Self.tag.name, "X-Pagure-Signature"], gives: .git(without: [.authorEmail, .paths]))

    private static let tag = TagHeader("X-Pagure-Signature-256")

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        Claim(.hmac([try Self.tag.tag(in: head)], .sha256))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let headers = request.request.head.headers
        let payload = Payload.json(try BodyReader.jsonOnly(request.request))
        let name = payload.scalar("topic") ?? headers.eventName("X-Pagure-Topic")
        var event = Event(
            source: source, provider: traits.name, name: name, request: request.request, payload: payload,
            senderID: payload.scalar("msg_id"))
        event.user = payload.scalar("msg", "agent").map { Party(id: $0, name: $0) }
        event.git = PagureFields(event: name, payload: payload)
        return .event(event)
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let event = sample.event ?? "git.receive"
        let body = sample.payload ?? Self.samplePush(event, at: time)
        let fields = [
            ("Content-Type", "application/json"), ("X-Pagure-Topic", event),
            ("X-Pagure-Project", "buddy/company-website"), Self.tag.field(body, key: key.secret),
        ]
        return sample.request(fields, body, at: time)
    }

    private static func samplePush(_ topic: String, at time: Date) -> [UInt8] {
        Array(
            """
            {"i":1,"msg":{"agent":"mike","authors":[{"fullname":"Mike Benson","name":"mike"}],"branch":"master",\
            "end_commit":"506a3963507943d6908154f4bc9646e829128a08","forced":false,\
            "project_fullname":"buddy/company-website",\
            "start_commit":"506a3963507943d6908154f4bc9646e829128a08","total_commits":1},\
            "msg_id":"2027-\(UUID().uuidString.lowercased())","timestamp":\(Int64(time.timeIntervalSince1970)),"topic":
            """.utf8) + WireJSON.encode(topic) + Array("}".utf8)
    }
}

/// As Pagure's source writes them: `git.receive` of hooks/files/default_hook.py, `pull-request.*` of lib/query.py.
private struct PagureFields: GitFields {
    let event: String
    let payload: Payload

    func values(of field: GitField) -> [String] {
        switch field {
        case .repositoryPath: path
        case .repositoryName: path.lastParts
        case .branch: isGone ? [] : name("branch", "refs/heads/")
        case .tag: isGone ? [] : name("tag", "refs/tags/")
        case .commit: isGone ? [] : commit
        case .authorName: authors("fullname").orElse(pullRequest("user", "fullname"))
        case .pullRequestNumber: pullRequest("id")
        case .pullRequestSourceBranch: pullRequest("branch_from")
        case .pullRequestTargetBranch: pullRequest("branch")
        case .pullRequestLabels: pullRequest("tags", "*")
        // Pagure keeps addresses to itself and lists no paths.
        case .authorEmail, .paths: []
        }
    }

    /// Added to every message for its webhooks; a fork is `fork/mike/acme/web`.
    private var path: [String] { payload.all("msg", "project_fullname") }

    private var isGone: Bool { event.hasSuffix(".deletion") }

    private func name(_ key: String, _ prefix: String) -> [String] {
        payload.all("msg", key).flatMap { name in name.hasPrefix("refs/") ? GitRef.short(prefix, of: name) : [name] }
    }

    private var commit: [String] {
        payload.all("msg", "end_commit").orElse(payload.all("msg", "rev")).orElse(pullRequest("commit_stop"))
    }

    private func authors(_ key: String) -> [String] { payload.each("msg", "authors", "*", key) }

    private func pullRequest(_ keys: String...) -> [String] { payload.texts(at: ["msg", "pullrequest"] + keys) }
}
