import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

/// Testing has a `Tag` of its own.
typealias Tag = Signatures.Tag

/// The time at which all tests happen: 2027-01-15T08:00:00Z.
let noon = Date(timeIntervalSince1970: 1_800_000_000)

extension Secret {
    /// A secret of this text.
    static func of(_ text: String) throws -> Secret {
        try #require(Secret(text.utf8, reference: .environment("SECRET")))
    }
}

extension Request {
    /// A POST with these headers, received at ``noon`` unless said otherwise.
    init(_ headers: [(String, String)] = [], _ body: some Sequence<UInt8>, query: String = "", at time: Date = noon) {
        let headers = Headers(headers.map { (name: $0.0, value: $0.1) })
        self.init(
            head: RequestHead(method: "POST", query: query, headers: headers, receivedAt: time), body: Array(body))
    }
}

extension Provider {
    /// Proves a request under one secret, as the listener does.
    func prove(_ request: Request, _ secret: Secret, tolerance: Duration = .seconds(300)) throws -> VerifiedRequest {
        let claim = try claim(in: request.head, tolerance: tolerance)
        return try Verifier(Credentials(secrets: [secret])).verify(claim, request)
    }

    /// Signs a sample under a secret.
    func sign(_ sample: Sample, with secret: Secret, at time: Date) -> Request {
        sign(sample, with: .secret(secret), at: time)
    }

    /// Proves a request and reads it.
    func read(_ request: Request, _ secret: Secret) throws -> Understanding {
        try understand(try prove(request, secret), source: "builds")
    }

    /// Proves a request and reads an event in it.
    func event(_ request: Request, _ secret: Secret, sourceLocation: SourceLocation = #_sourceLocation) throws -> Event
    {
        let event: Event? = if case .event(let event) = try read(request, secret) { event } else { nil }
        return try #require(event, sourceLocation: sourceLocation)
    }

    /// Proves a request and reads a handshake in it.
    func handshake(
        _ request: Request, _ secret: Secret, sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Reply {
        let reply: Reply? = if case .handshake(let reply) = try read(request, secret) { reply } else { nil }
        return try #require(reply, sourceLocation: sourceLocation)
    }
}

extension Event {
    /// An event with a JSON payload.
    init(
        source: String = "github", provider: String = "github", name: String = "push",
        headers: [(String, String)] = [], query: String = "", json: String = "{}", git: (any GitFields)? = nil
    ) throws {
        self.init(
            source: source, provider: provider, name: name, request: Request(headers, json.utf8, query: query),
            payload: .json(try JSONDocument(json.utf8)))
        self.git = git
    }

    /// A slash command.
    init(command: String, text: String, user: String? = "U1", channel: String? = "C1", team: String? = "T1") {
        self.init(source: "slack", provider: "slack", name: "command", request: Request([], []), payload: .none)
        self.command = ChatCommand(command: command, text: text)
        self.user = user.map { Party(id: $0, name: "name of \($0)") }
        self.channel = channel.map { Party(id: $0, name: "name of \($0)") }
        self.team = team.map { Party(id: $0, name: nil) }
    }
}

/// Fields of a Git host, as a test wants them.
struct FixedGitFields: GitFields {
    var fields: [GitField: [String]]

    func values(of field: GitField) -> [String] { fields[field] ?? [] }
}
