package import FoundationEssentials
import Signatures

/// Standard Webhooks, and Svix, from which they come: standard-webhooks/standard-webhooks
/// `spec/standard-webhooks.md`.
package struct StandardWebhooks: Provider {
    package init() {}

    /// Senders wait 15 s or more, and come again for three days after anything but a 2xx; a 410 switches them off.
    package let traits = ProviderTraits(
        name: "standard-webhooks", provenBy: .secretsOrPublicKeys, secretEncodings: [.whsec], publicKeyEncoding: .whpk,
        replyWithin: .seconds(14), failureStatus: 200, dedupe: .id, dedupeWindow: .seconds(86_400),
        provingHeaders: [
            StandardWebhooksSignature.HeaderNames.webhook.signature,
            StandardWebhooksSignature.HeaderNames.svix.signature,
        ])

    /// Some senders put both sets in, for receivers of either kind: then the standard's decides.
    private static func names(in head: RequestHead) -> StandardWebhooksSignature.HeaderNames {
        let standard = StandardWebhooksSignature.HeaderNames.webhook
        let svix = StandardWebhooksSignature.HeaderNames.svix
        return head.headers.first(standard.signature) == nil && head.headers.first(svix.signature) != nil
            ? svix : standard
    }

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        let signature = try StandardWebhooksSignature(in: head, Self.names(in: head), tolerance: tolerance)
        return Claim(
            .hmac(signature.tags, .sha256, key: .whsec), .ed25519(signature.signatures), message: signature.message,
            identity: signature.identity)
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let request = request.request
        let payload = try payload(of: request)
        return .event(
            Event(
                source: source, provider: traits.name, name: payload.scalar("type") ?? "webhook", request: request,
                payload: payload, senderID: request.head.headers.first(Self.names(in: request.head).id)))
    }

    /// The standard leaves the body to the sender: what is neither JSON nor a form has no fields.
    private func payload(of request: Request) throws(NotUnderstood) -> Payload {
        do throws(NotUnderstood) {
            return try BodyReader.jsonOrFields(request)
        } catch {
            guard case .mediaType = error else { throw error }
            return .none
        }
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let event = WireJSON.encode(["type": sample.event ?? "sample"])
        let body = sample.payload ?? event
        let fields = StandardWebhooksSignature.fields(
            id: "msg_" + UUID().uuidString.lowercased(), at: time, body: body
        ) { message in
            switch key {
            // A secret that is not of this encoding is refused when the configuration is read.
            case .secret(let secret):
                "v1," + Tag(.sha256, of: message, key: secret.decoded(as: .whsec) ?? secret).base64
            case .privateKey: "v1a," + Base64.encode(key.privateKey(.ed25519).sign(message))
            }
        }
        return sample.request([("Content-Type", BodyReader.json)] + fields, body, at: time)
    }
}
