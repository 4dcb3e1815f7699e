package import FoundationEssentials
import Signatures

/// Azure DevOps service hooks, which sign nothing: a secret is sent along, as the password of `Authorization: Basic` or
/// in a header that the operator adds (learn.microsoft.com, "Webhooks with Azure DevOps").
package struct AzureDevOps: Provider {
    private enum Place {
        case basic(username: String)
        case header(String)
    }

    private let place: Place

    package let traits: ProviderTraits

    /// - Throws: ``ProviderSettings/Invalid`` unless exactly one of `username` and `header` says where the secret is.
    package init(_ settings: ProviderSettings) throws(ProviderSettings.Invalid) {
        switch (settings.username, settings.header) {
        case (let username?, nil):
            guard !username.contains(":") else {
                throw .init(key: "username", message: "a 'username' of Basic authentication holds no ':'")
            }
            place = .basic(username: username)
        case (nil, let header?):
            guard !header.isEmpty else { throw .init(key: "header", message: "'header' is empty") }
            place = .header(header)
        case (nil, nil), (_?, _?):
            throw .init(
                key: "username",
                message: "an 'azure-devops' source needs 'username' (for Basic authentication) or 'header', one of them"
            )
        }
        // Azure DevOps sends again on 5xx and 408, gives up for good on 410 and puts a hook on probation after other
        // failures, so a failed run is told in the body of a 200.
        traits = ProviderTraits(
            name: "azure-devops", replyWithin: .seconds(9), failureStatus: 200, dedupe: .id,
            provingHeaders: [settings.header ?? Authorization.header], gives: .git(without: [.paths]))
    }

    package func claim(in head: RequestHead, tolerance: Duration) throws(VerificationFailure) -> Claim {
        switch place {
        case .basic(let username):
            return Claim(.token(SentToken(.found(try Self.userAndPassword(in: head)), prefix: "\(username):")))
        case .header(let name):
            return Claim(.token(SentToken(.found(try head.headers.deciding(name)))))
        }
    }

    /// RFC 7617: the name and the password, with a colon between them, in base64.
    private static func userAndPassword(in head: RequestHead) throws(VerificationFailure) -> String {
        let sent = try Authorization(in: head)
        guard sent.scheme == "basic", let bytes = Base64.decode(sent.credentials),
            let text = String(validating: bytes, as: UTF8.self), text.contains(":")
        else { throw .malformedHeader(Authorization.header) }
        return text
    }

    package func understand(_ request: VerifiedRequest, source: String) throws(NotUnderstood) -> Understanding {
        let payload = Payload.json(try BodyReader.jsonOnly(request.request))
        // The test button sends a made-up event about a project that does not exist: nothing may run for it.
        if payload.scalar("subscriptionId") == "00000000-0000-0000-0000-000000000000" {
            return .handshake(Reply(status: 200, json: ["message": "test received"]))
        }
        var event = Event(
            source: source, provider: traits.name, name: payload.scalar("eventType") ?? "webhook",
            request: request.request, payload: payload, senderID: payload.scalar("id"))
        // Of an updated pull request only its creator is told, not who updated it.
        let actor = event.name == "git.pullrequest.created" ? "createdBy" : "pushedBy"
        event.user = payload.scalar("resource", actor, "id").map { id in
            Party(id: id, name: payload.scalar("resource", actor, "displayName"))
        }
        event.git = AzureDevOpsFields(payload: payload)
        return .event(event)
    }

    package func sign(_ sample: Sample, with key: SigningKey, at time: Date) -> Request {
        let body = sample.payload ?? Self.samplePush(sample.event ?? "git.push")
        let secret = key.secret.exposedText
        let proof =
            switch place {
            case .basic(let username):
                (Authorization.header, "Basic " + Base64.encode(Array("\(username):\(secret)".utf8)))
            case .header(let name): (name, secret)
            }
        let fields = [
            ("Content-Type", "application/json; charset=utf-8"), ("User-Agent", "VSServices/buddy-bridge"), proof,
        ]
        return sample.request(fields, body, at: time)
    }

    private static func samplePush(_ event: String) -> [UInt8] {
        Array(#"{"id":"\#(UUID().uuidString.lowercased())","eventType":"#.utf8) + WireJSON.encode(event)
            + Array(
                """
                ,"publisherId":"tfs","resource":{"refUpdates":[{"name":"refs/heads/master",\
                "oldObjectId":"0000000000000000000000000000000000000000",\
                "newObjectId":"506a3963507943d6908154f4bc9646e829128a08"}],\
                "commits":[{"commitId":"506a3963507943d6908154f4bc9646e829128a08","comment":"init repo",\
                "author":{"name":"Mike Benson","email":"mike@example.com"}}],\
                "repository":{"name":"company-website","project":{"name":"buddy"}},\
                "pushedBy":{"id":"1","displayName":"Mike Benson"}}}
                """.utf8)
    }
}
