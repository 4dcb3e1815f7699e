import Signatures

/// What is probably wrong with a request that was not proved: for the operator, never for the caller.
///
/// Made after the caller has its answer, so that neither its words nor its time tell the caller anything.
enum Diagnosis {
    /// Larger bodies are not tried in other forms, in bytes.
    static let bodyLimit = 256 << 10

    static func of(_ unproved: Unproved) -> String {
        let advice: String? =
            switch unproved.failure {
            case .missingHeader(let name): onMissing(name, unproved.request.head.headers)
            case .malformedHeader(let name): onMalformed(name, unproved.request.head.headers)
            case .staleTimestamp: "is the clock of this machine right? If it is, a capture was replayed"
            case .mismatch: onMismatch(unproved)
            case .unknownKey: "have the keys been fetched, and is the audience of the right kind?"
            default: nil
            }
        return "\(unproved.failure)" + (advice.map { "; \($0)" } ?? "")
    }

    // MARK: The head

    /// The headers by which senders prove themselves, with who sends them.
    private static let schemes = [
        ("X-Forgejo-Signature", "forgejo"), ("X-Gitea-Signature", "gitea"), ("X-Gogs-Signature", "gogs"),
        ("X-Hub-Signature-256", "github"), ("X-Gitlab-Token", "gitlab"), ("X-Slack-Signature", "slack"),
        ("webhook-signature", "standard-webhooks or gitlab"), ("svix-signature", "standard-webhooks"),
        ("X-Signature-Ed25519", "discord"), ("X-Payload-Signature", "sourcehut"),
        ("Sentry-Hook-Signature", "sentry"), ("X-Pagure-Signature-256", "pagure"),
        ("X-Hub-Signature", "bitbucket, bitbucket-server or reviewboard"),
        ("Authorization", "teams, mattermost, googlechat, azure-devops or token"),
    ]

    private static func onMissing(_ name: String, _ headers: Headers) -> String {
        if let other = headers.first("X-Hub-Signature"), other.hasPrefix("sha1="), name.hasPrefix("X-Hub") {
            return "only SHA-1 is offered, in X-Hub-Signature, and SHA-256 is wanted"
        }
        let other = schemes.first { $0.0.lowercased() != name.lowercased() && !headers.values($0.0).isEmpty }
        guard let other else { return "has the sender a secret?" }
        return "there is \(other.0), as \(other.1) sends it: is 'provider' right?"
    }

    private static func onMalformed(_ name: String, _ headers: Headers) -> String? {
        guard let value = headers.first(name) else { return nil }
        let tag = value.split(separator: "=", maxSplits: 1).last.map(String.init) ?? value
        let prefix = value.contains("=") && Hex.decode(tag) != nil ? value.prefix { $0 != "=" } : ""
        guard let bytes = Hex.decode(tag) else { return "\(value.utf8.count) characters, and no hexadecimal tag" }
        let algorithm = HashAlgorithm.allCases.first { $0.digestSize == bytes.count }
        let length = algorithm.map { "as long as one of \($0.rawValue)" } ?? "\(tag.utf8.count) digits long"
        return "its tag is \(length)"
            + (prefix.isEmpty ? ", without a prefix" : ", after '\(LogText(String(prefix)))='")
    }

    // MARK: The body

    /// Tries what is known to go wrong with secrets and bodies on their way.
    private static func onMismatch(_ unproved: Unproved) -> String? {
        guard let claim = unproved.claim, unproved.request.body.count <= bodyLimit else { return nil }
        let credentials = unproved.source.credentials
        func proves(_ credentials: Credentials, _ request: Request, _ claim: Claim) -> Bool {
            (try? Verifier(credentials).verify(claim, request)) != nil
        }
        for slip in SecretSlip.allCases {
            let secrets = credentials.secrets.compactMap { $0.with(slip) }
            if !secrets.isEmpty, proves(Credentials(secrets: secrets), unproved.request, claim) {
                return "it matches under a secret \(slip.rawValue): compare what is configured here and there"
            }
        }
        for (content, words) in [
            (SignedMessage.Content.body, "over the whole body, as GitHub signs forms"),
            (.payload, "over the form's JSON, as Gitea and Gogs sign"),
        ] {
            var claim = claim
            claim.message.content = content
            if proves(credentials, unproved.request, claim) {
                return "it is a signature \(words): is 'provider' right?"
            }
        }
        for (body, words) in Rewriting.guesses(at: unproved.request.body) {
            let request = Request(head: unproved.request.head, body: body)
            if proves(credentials, request, claim) {
                return "it matches the body \(words): something on the way, a proxy perhaps, rewrote it"
            }
        }
        return "another secret, or another body"
    }
}
