package import FoundationEssentials
import Signatures

/// GitLab, by its signing token (19.0 and later) or by its older secret token.
///
/// A signing token makes GitLab sign as Standard Webhooks says (gitlab-org/gitlab merge request 230944). The headers
/// `webhook-id` and `webhook-timestamp` come with every delivery; only `webhook-signature` tells that it is signed, and
/// then it decides alone: a secret token beside it is not looked at.
package struct GitLab: Provider {
    package init() {}

    /// GitLab gives up after 10 s. It switches a hook off after four answers in a row that are no success, so a failed
    /// run is told in the body of a 200.
    package let traits = ProviderTraits(
        name: "gitlab", secretEncodings: [.signingToken, .plainToken], replyWithin: .seconds(9), failureStatus: 200,
        dedupe: .id, provingHeaders: [Self.names.signature, Self.token], gives: .git)

    private static let names = StandardWebhooksSignature.HeaderNames.webhook
    private static let token = "X-Gitlab-Token"

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        guard !head.headers.values(Self.names.signature).isEmpty else {
            return Claim(.token(SentToken(.found(try head.headers.deciding(Self.token)), encoding: .plainToken)))
        }
        let signature = try StandardWebhooksSignature(in: head, Self.names, tolerance: tolerance)
        // GitLab signs with no key pair, so a list of such signatures only proves nothing.
        guard !signature.tags.isEmpty else { throw .malformedHeader(Self.names.signature) }
        return Claim(
            .hmac(signature.tags, .sha256, key: .signingToken), message: signature.message,
            identity: signature.identity)
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let headers = request.request.head.headers
        let payload = Payload.json(try BodyReader.jsonOnly(request.request))
        // System hooks have no `object_kind`; a custom template may have neither.
        let name = payload.scalar("object_kind") ?? payload.scalar("event_name") ?? "webhook"
        // Not `X-Gitlab-Event-UUID`: hooks that one event sets off by recursion share it.
        var event = Event(
            source: source, provider: traits.name, name: name, request: request.request, payload: payload,
            senderID: headers.first(Self.names.id) ?? headers.first("Idempotency-Key"))
        event.user = Self.user(payload)
        event.git = GitLabFields(event: name, payload: payload)
        return .event(event)
    }

    /// Who acted: an object, or for pushes and system hooks fields of the root.
    private static func user(_ payload: Payload) -> Party? {
        let name = payload.scalar("user", "username") ?? payload.scalar("user_username") ?? payload.scalar("user_name")
        let id = payload.scalar("user", "id") ?? payload.scalar("user_id") ?? name
        return id.map { Party(id: $0, name: name) }
    }

    /// Signs with a signing token, and sends any other secret along. The event's name is in the body.
    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? Self.samplePush(sample.event ?? "push")
        let id = UUID().uuidString.lowercased()
        var fields = [
            ("Content-Type", "application/json"), ("User-Agent", "GitLab/buddy-bridge"),
            ("X-Gitlab-Event", "Push Hook"), ("X-Gitlab-Event-UUID", UUID().uuidString.lowercased()),
            ("Idempotency-Key", id),
        ]
        if let key = key.secret.decoded(as: .signingToken) {
            fields += StandardWebhooksSignature.fields(Self.names, id: id, at: time, body: body) {
                "v1," + Tag(.sha256, of: $0, key: key).base64
            }
        } else {
            fields += [
                (Self.names.id, id), (Self.names.timestamp, String(Int64(time.timeIntervalSince1970))),
                (Self.token, key.secret.exposedText),
            ]
        }
        return sample.request(fields, body, at: time)
    }

    private static func samplePush(_ event: String) -> [UInt8] {
        let commit = "506a3963507943d6908154f4bc9646e829128a08"
        return Array(#"{"object_kind":"#.utf8) + WireJSON.encode(event)
            + Array(
                """
                ,"ref":"refs/heads/master","before":"0000000000000000000000000000000000000000","after":"\(commit)",\
                "checkout_sha":"\(commit)","user_id":1,"user_name":"Mike Benson","user_username":"mike",\
                "project":{"name":"company-website","path_with_namespace":"buddy/company-website"},\
                "commits":[{"id":"\(commit)","message":"init repo",\
                "author":{"name":"Mike Benson","email":"mike@example.com"},\
                "added":["index.html"],"modified":[],"removed":[]}]}
                """.utf8)
    }
}
