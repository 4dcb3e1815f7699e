package import FoundationEssentials
import Signatures

/// Anything that sends a secret along in a header: the source's settings say in which.
package struct SharedToken: Provider {
    private let header: String
    private let event: GenericEvent

    package let traits: ProviderTraits

    /// - Throws: ``ProviderSettings/Invalid`` where the settings name no header.
    package init(_ settings: ProviderSettings) throws(ProviderSettings.Invalid) {
        guard let header = settings.header, !header.isEmpty else {
            throw .init(key: "header", message: "a 'token' source needs the 'header' in which the token is sent")
        }
        self.header = header
        event = GenericEvent(settings)
        traits = ProviderTraits(
            name: "token", replyWithin: .seconds(9), failureStatus: 502, dedupe: .id, provingHeaders: [header])
    }

    private var isAuthorization: Bool { header.lowercased() == Authorization.header.lowercased() }

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        let token: String
        if isAuthorization {
            let authorization = try Authorization(in: head)
            guard ["bearer", "token"].contains(authorization.scheme) else { throw .malformedHeader(header) }
            token = authorization.credentials
        } else {
            token = try head.headers.deciding(header)
        }
        return Claim(.token(SentToken(.found(token))), message: SignedMessage(.whole))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        .event(try event.read(request.request, provider: traits.name, source: source))
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        var headers = event.headers(of: sample)
        let token = key.secret.exposedText
        headers.set(header, isAuthorization ? "Bearer \(token)" : token)
        return Request(
            head: RequestHead(method: "POST", headers: headers, receivedAt: time), body: event.body(of: sample))
    }
}
