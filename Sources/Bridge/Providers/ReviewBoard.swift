package import FoundationEssentials
import Signatures

/// Review Board: reviewboard/notifications/webhooks.py.
///
/// It knows no other signature than HMAC-SHA1, of the body in whichever encoding it is sent. As an HMAC, SHA-1 still
/// holds (RFC 6194 §3.3); it is taken here and from nobody else who could do better.
package struct ReviewBoard: Provider {
    package init() {}

    /// Review Board neither sends again nor shows the answer.
    package let traits = ProviderTraits(
        name: "reviewboard", replyWithin: .seconds(9), failureStatus: 200, dedupe: .body,
        provingHeaders: [Self.tag.name],
        gives: [.git(.repositoryName), .git(.commit), .git(.authorName), .git(.pullRequestNumber)])

    private static let tag = TagHeader("X-Hub-Signature", prefix: "sha1=", .sha1)

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        Claim(.hmac([try Self.tag.tag(in: head)], .sha1))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let type = request.request.head.mediaType
        // XML, or the text of an operator's own template: only the event's name can be routed by.
        let isReadable = BodyReader.isJSON(type) || type == BodyReader.form
        let payload = isReadable ? Payload.json(try BodyReader.jsonOrForm(request.request)) : .none
        var event = Event(
            source: source, provider: traits.name,
            name: payload.scalar("event") ?? request.request.head.headers.eventName("X-ReviewBoard-Event"),
            request: request.request, payload: payload)
        event.git = ReviewBoardFields(payload: payload)
        return .event(event)
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let event = sample.event ?? "review_request_published"
        let body = sample.payload ?? Self.samplePublished(event)
        let fields = [
            ("Content-Type", "application/json"), ("User-Agent", "ReviewBoard-WebHook/buddy-bridge"),
            ("X-ReviewBoard-Event", event), Self.tag.field(body, key: key.secret),
        ]
        return sample.request(fields, body, at: time)
    }

    private static func samplePublished(_ event: String) -> [UInt8] {
        Array(#"{"event":"#.utf8) + WireJSON.encode(event)
            + Array(
                """
                ,"is_new":true,"review_request":{"id":1,"branch":"master","summary":"init repo",\
                "commit_id":"506a3963507943d6908154f4bc9646e829128a08",\
                "links":{"repository":{"title":"company-website"},"submitter":{"title":"mike"}}}}
                """.utf8)
    }
}

/// reviewboard.org, "WebHooks". A review request stands for the pull request of other hosts; its `branch` is free text, so
/// it is no branch here, and is there as `payload.review_request.branch`.
private struct ReviewBoardFields: GitFields {
    let payload: Payload

    func values(of field: GitField) -> [String] {
        switch field {
        case .repositoryName: payload.all("review_request", "links", "repository", "title")
        case .commit: payload.all("review_request", "commit_id")
        case .authorName: payload.all("review_request", "links", "submitter", "title")
        case .pullRequestNumber: payload.all("review_request", "id")
        case .repositoryPath, .branch, .tag, .authorEmail, .paths, .pullRequestSourceBranch, .pullRequestTargetBranch,
            .pullRequestLabels:
            []
        }
    }
}
