package import FoundationEssentials
import Signatures

/// Anything that signs with an HMAC: the source's settings say how.
package struct GenericHMAC: Provider {
    private let signature: ProviderSettings.Signature
    private let timestamp: ProviderSettings.Timestamp?
    private let event: GenericEvent
    private let message: MessageTemplate

    package let traits: ProviderTraits

    /// - Throws: ``ProviderSettings/Invalid`` where the settings could sign less, or something else, than they say.
    package init(_ settings: ProviderSettings) throws(ProviderSettings.Invalid) {
        guard let signature = settings.signature else {
            throw .init(key: "signature", message: "an 'hmac' source needs 'signature' with its 'header'")
        }
        message = try MessageTemplate(signature.message)
        self.signature = signature
        timestamp = settings.timestamp
        event = GenericEvent(settings)
        let signsTime = message.uses(.timestamp)
        let signsID = message.uses(.id)
        if signsTime != (timestamp != nil) {
            throw .init(
                key: "signature",
                message: signsTime
                    ? "'message' uses {timestamp}, but the source has no 'timestamp'"
                    : "'timestamp' is configured, but 'message' does not sign {timestamp}")
        }
        if signsID, event.idHeader == nil {
            throw .init(key: "signature", message: "'message' uses {id}, but the source has no 'id'")
        }
        traits = ProviderTraits(
            name: "hmac", secretEncodings: [signature.key], replyWithin: .seconds(9), failureStatus: 502,
            dedupe: signsID ? .id : signsTime || event.idHeader != nil ? .body : nil,
            dedupeWindow: .seconds(signsTime ? 86_400 : 30 * 86_400), provingHeaders: [signature.header.name])
    }

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        let tag = try signature.header.tag(in: head)
        var values: [String: String] = [:]
        for name in message.headerNames(timestamp: timestamp?.header, id: event.idHeader) {
            values[name.lowercased()] = try head.headers.deciding(name)
        }
        if let timestamp {
            try SignedTime.check(
                values[timestamp.header.lowercased()] ?? "", header: timestamp.header,
                unitsPerSecond: timestamp.unit == .ms ? 1000 : 1, now: head.receivedAt, tolerance: tolerance)
        }
        let signed = message.parts(timestamp: timestamp?.header, id: event.idHeader, values: values)
        if let timestamp { values[timestamp.header.lowercased()] = "" }
        let identity = message.parts(timestamp: timestamp?.header, id: event.idHeader, values: values)
        return Claim(
            .hmac([tag], signature.header.algorithm, key: signature.key),
            message: SignedMessage(prefix: signed.prefix, suffix: signed.suffix),
            identity: identity.prefix + identity.suffix)
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        .event(try event.read(request.request, provider: traits.name, source: source))
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = event.body(of: sample)
        var headers = event.headers(of: sample)
        if let timestamp {
            let units = timestamp.unit == .ms ? 1000.0 : 1
            headers.add(timestamp.header, String(Int64(time.timeIntervalSince1970 * units)))
        }
        let values = headers.fields.reduce(into: [:]) { $0[$1.name.lowercased()] = $1.value }
        let parts = message.parts(timestamp: timestamp?.header, id: event.idHeader, values: values)
        // A secret that is not of the configured encoding is refused when the configuration is read.
        let secret = key.secret.decoded(as: signature.key) ?? key.secret
        let tag = signature.header.field(parts.prefix + body + parts.suffix, key: secret)
        headers.add(tag.name, tag.value)
        return Request(head: RequestHead(method: "POST", headers: headers, receivedAt: time), body: body)
    }
}
