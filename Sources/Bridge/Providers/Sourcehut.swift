package import FoundationEssentials
import Signatures

/// Sourcehut's services, foremost git.sr.ht: core.sr.ht srht/crypto.py, crypto/crypto.go.
///
/// Ed25519 by the site's key, of the body followed by a nonce. The nonce is signed, so it tells deliveries apart; the
/// event's name and the delivery's id are not.
package struct Sourcehut: Provider {
    package init() {}

    /// Sourcehut gives up after 5 s.
    package let traits = ProviderTraits(
        name: "sourcehut", provenBy: .publicKeys, publicKeyEncoding: .base64, replyWithin: .milliseconds(4500),
        failureStatus: 200, dedupe: .body, provingHeaders: [Self.signature],
        gives: .git(only: [.branch, .tag, .commit, .authorName, .authorEmail]))

    private static let signature = "X-Payload-Signature"
    private static let nonce = "X-Payload-Nonce"

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        let text = try head.headers.deciding(Self.signature)
        guard let signature = Base64.decode(text), signature.count == 64 else { throw .malformedHeader(Self.signature) }
        // The nonce follows the body without anything between them, so it must be no text that could stand in one:
        // Sourcehut's has 16 hexadecimal digits.
        let nonce = try head.headers.deciding(Self.nonce)
        guard nonce.utf8.count == 16, Hex.decode(nonce) != nil else { throw .malformedHeader(Self.nonce) }
        return Claim(
            .ed25519([signature]), message: SignedMessage(suffix: Array(nonce.utf8)), identity: Array(nonce.utf8))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let headers = request.request.head.headers
        let payload = Payload.json(try BodyReader.jsonOnly(request.request))
        var event = Event(
            source: source, provider: traits.name, name: headers.eventName("X-Webhook-Event"),
            request: request.request, payload: payload, senderID: headers.first("X-Webhook-Delivery"))
        event.user = payload.scalar("pusher", "canonical_name").map { name in
            Party(id: name, name: payload.scalar("pusher", "name"))
        }
        event.git = SourcehutFields(payload: payload)
        return .event(event)
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? Array(Self.samplePush.utf8)
        let nonce = UUID().uuidString.lowercased().filter { $0 != "-" }.prefix(16)
        let signature = key.privateKey(.ed25519).sign(body + Array(nonce.utf8))
        let fields = [
            ("Content-Type", "application/json"), ("X-Webhook-Event", sample.event ?? "repo:post-update"),
            ("X-Webhook-Delivery", UUID().uuidString.lowercased()), (Self.nonce, String(nonce)),
            (Self.signature, Base64.encode(signature)),
        ]
        return sample.request(fields, body, at: time)
    }

    private static let samplePush = """
        {"push":"00000000-0000-4000-8000-000000000001","pusher":{"canonical_name":"~mike","name":"mike"},\
        "refs":[{"name":"refs/heads/master","old":null,\
        "new":{"id":"506a3963507943d6908154f4bc9646e829128a08","message":"init repo",\
        "author":{"name":"Mike Benson","email":"mike@example.com"}}}]}
        """
}

/// man.sr.ht, "git.sr.ht API reference", event `repo:post-update`. It names no repository: a source is one repository's. The
/// bodies of its newer webhooks are what the operator's own GraphQL query asks for, so they are read as `payload` only.
private struct SourcehutFields: GitFields {
    let payload: Payload

    func values(of field: GitField) -> [String] {
        switch field {
        case .branch: updates.flatMap(\.branch)
        case .tag: updates.flatMap(\.tag)
        case .commit: updates.flatMap(\.commits).distinct
        case .authorName: payload.each("refs", "*", "new", "author", "name").distinct
        case .authorEmail: payload.each("refs", "*", "new", "author", "email").distinct
        case .repositoryPath, .repositoryName, .paths, .pullRequestNumber, .pullRequestSourceBranch,
            .pullRequestTargetBranch, .pullRequestLabels:
            []
        }
    }

    /// `new` is null for what was deleted.
    private var updates: [RefUpdate] {
        payload.elements("refs").map { RefUpdate($0.text("name"), object: $0.text("new", "id")) }
    }
}
