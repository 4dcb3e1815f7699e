package import FoundationEssentials
import Signatures

/// Buddy's own webhooks: buddy.works/docs/api/webhooks/create.
///
/// Nothing is signed. The documentation sends `secret_key` "in the payload"; one receiver on GitHub
/// (Above-codes/buddy-works-bot) reads a header of that name instead, so where there is such a header, it decides.
package struct BuddyWebhooks: Provider {
    package init() {}

    /// Buddy documents neither a deadline nor retries.
    package let traits = ProviderTraits(
        name: "buddy", replyWithin: .seconds(9), failureStatus: 200, dedupe: .body, provingHeaders: [Self.secretKey],
        provingFields: [Self.secretKey],
        gives: .git(only: [.repositoryName, .branch, .tag, .commit]))

    private static let secretKey = "secret_key"

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        guard !head.headers.values(Self.secretKey).isEmpty else {
            return Claim(.token(SentToken(.field(Self.secretKey))))
        }
        return Claim(.token(SentToken(.found(try head.headers.deciding(Self.secretKey)))))
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let payload = Payload.hiding(traits.provingFields, .json(try BodyReader.jsonOnly(request.request)))
        // Buddy documents the names of its events (`EXECUTION_FINISHED`) but not the field that tells them.
        let name = payload.scalar("event") ?? payload.scalar("webhook") ?? "webhook"
        var event = Event(
            source: source, provider: traits.name, name: name, request: request.request, payload: payload)
        event.user = payload.scalar("invoker", "name").map { name in
            Party(id: payload.scalar("invoker", "id") ?? name, name: name)
        }
        event.git = BuddyWebhookFields(payload: payload)
        return .event(event)
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        // A payload of the caller's own is not to be changed: it gets the secret as a header.
        let fields = [("Content-Type", "application/json")]
        guard let body = sample.payload else {
            let body = Self.sampleExecution(sample.event ?? "EXECUTION_FINISHED", key.secret.exposedText)
            return sample.request(fields, body, at: time)
        }
        return sample.request(fields + [(Self.secretKey, key.secret.exposedText)], body, at: time)
    }

    private static func sampleExecution(_ event: String, _ secret: String) -> [UInt8] {
        Array(#"{"event":"#.utf8) + WireJSON.encode(event) + Array(#","secret_key":"#.utf8) + WireJSON.encode(secret)
            + Array(
                """
                ,"project":{"name":"company-website","display_name":"Company website"},"invoker":{"name":"Mike Benson"},\
                "execution":{"id":4,"status":"SUCCESSFUL","branch":{"name":"master"},"pipeline":{"id":2,"name":"dev"}}}
                """.utf8)
    }
}

/// What a captured body holds; the documentation shows none.
private struct BuddyWebhookFields: GitFields {
    let payload: Payload

    func values(of field: GitField) -> [String] {
        switch field {
        case .repositoryName: payload.all("project", "name")
        case .branch: payload.all("execution", "branch", "name")
        case .tag: payload.all("execution", "tag", "name")
        case .commit: payload.all("execution", "to_revision", "revision")
        case .repositoryPath, .authorName, .authorEmail, .paths, .pullRequestNumber, .pullRequestSourceBranch,
            .pullRequestTargetBranch, .pullRequestLabels:
            []
        }
    }
}
