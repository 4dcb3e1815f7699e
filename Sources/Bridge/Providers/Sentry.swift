package import FoundationEssentials
import Signatures

/// Sentry's integration platform.
///
/// docs.sentry.io, "Webhooks": the HMAC-SHA256 of the raw body under the client secret, as bare hexadecimal. A time is
/// sent but not signed, so it proves nothing; nor does the id.
package struct Sentry: Provider {
    package init() {}

    /// Sentry waits one second, and unsubscribes who is too late a thousand times a day.
    package let traits = ProviderTraits(
        name: "sentry", replyWithin: .milliseconds(700), failureStatus: 200, dedupe: .body,
        provingHeaders: [Self.tag.name])

    private static let tag = TagHeader("Sentry-Hook-Signature")

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        Claim(.hmac([try Self.tag.tag(in: head)], .sha256))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        // getsentry/integration-platform-example: some requests have no body, and the HMAC of nothing.
        if request.request.body.isEmpty { return .handshake(Reply(status: 200)) }
        let headers = request.request.head.headers
        let json = try BodyReader.jsonOnly(request.request)
        return .event(
            Event(
                source: source, provider: traits.name, name: headers.eventName("Sentry-Hook-Resource"),
                request: request.request, payload: .json(json), senderID: headers.first("Request-ID")))
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? Array(#"{"action":"created","data":{"issue":{"id":"1","title":"sample"}}}"#.utf8)
        let fields = [
            ("Content-Type", BodyReader.json), ("Sentry-Hook-Resource", sample.event ?? "issue"),
            ("Sentry-Hook-Timestamp", String(Int64(time.timeIntervalSince1970))),
            ("Request-ID", UUID().uuidString.lowercased()), Self.tag.field(body, key: key.secret),
        ]
        return sample.request(fields, body, at: time)
    }
}
