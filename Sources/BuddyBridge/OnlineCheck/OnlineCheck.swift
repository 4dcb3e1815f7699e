import AsyncHTTPClient
import Bridge
import BuddyAPI

/// Asks Buddy, one call after the other, whether the tokens and the targets of a configuration are right. Nothing is
/// changed there.
struct OnlineCheck {
    let buddy: Configuration.Buddy
    let api: BuddyAPI
    private(set) var findings: [OnlineFinding] = []
    /// Where asking more is of no use: what came of it is told.
    private var closed: Set<BuddyAccess> = []

    init(_ buddy: Configuration.Buddy, api: BuddyAPI) {
        self.buddy = buddy
        self.api = api
    }

    /// Asks everything that a configuration says of Buddy.
    private static func run(_ configuration: Configuration) async throws -> [OnlineFinding] {
        let http = BuddyAPI.makeHTTPClient(certificateAuthority: configuration.buddy.certificateAuthority)
        let api = BuddyAPI(http: http, timeout: configuration.dispatch.callTimeout) { [configuration] base, domain in
            configuration.buddy.tokenReference(of: domain, at: base).flatMap { try? configuration.secrets.read($0) }
        }
        var check = OnlineCheck(configuration.buddy, api: api)
        await check.askTokens()
        let tree = TargetTree(configuration.routes)
        for (domain, node) in tree.root.inOrder { await check.askWorkspace(domain, node) }
        try await http.shutdown()
        return check.findings + tree.notes
    }

    /// Says what was found, and fails where something is wrong.
    static func report(_ configuration: Configuration, file: String) async throws {
        let findings = try await run(configuration)
        for finding in findings { Terminal.complain(finding.line(file: file)) }
        Terminal.say("\(file): Buddy was asked: \(findings.counts)")
        guard findings.count(.error) == 0 else { throw CommandFailure.answeredNo }
    }

    private mutating func askTokens() async {
        for (access, name, domain) in buddy.accesses {
            let answer = await ask(access) { [api] () async throws(BuddyFailure) in
                try await api.tokenScopes(domain: domain, buddy: access.url)
            }
            switch answer {
            case nil: continue
            case .failure(let failure):
                // An older Buddy has no such call, and a token need not have the scope that it asks for.
                add(.note, "the scopes of \(name) could not be seen: \(LogText(failure.message))")
            case .success(nil): add(.note, "the scopes of \(name) could not be seen: Buddy does not list them")
            case .success(let scopes?):
                for need in TokenNeed.all where !need.isMet(by: scopes) {
                    add(.error, "\(name) lacks the scope \(need.scope)")
                }
            }
        }
    }

    /// The answer to one question; nil where Buddy could not be asked, which is told here.
    mutating func ask<Answer: Sendable>(
        _ access: BuddyAccess, _ question: () async throws(BuddyFailure) -> Answer
    ) async -> Result<Answer, BuddyFailure>? {
        guard !closed.contains(access) else { return nil }
        let failure: BuddyFailure
        do {
            return .success(try await question())
        } catch {
            failure = error
        }
        if failure.isTokenMissing || failure.status == 401 {
            closed.insert(access)
            let why = failure.isTokenMissing ? "cannot be read" : "is not accepted: \(LogText(failure.message))"
            add(.error, "\(name(of: access)) \(why)")
            return nil
        }
        if case .unreadable = failure.kind { return .failure(failure) }
        guard failure.isRetryable else { return .failure(failure) }
        // Nor will it answer about another workspace.
        closed.formUnion(buddy.accesses.map(\.access).filter { $0.url == access.url })
        add(.error, "Buddy cannot be asked at \(access.url): \(LogText(failure.message))")
        return nil
    }

    private func name(of access: BuddyAccess) -> String {
        buddy.accesses.first { $0.access == access }?.name ?? "a token"
    }

    mutating func add(_ severity: OnlineFinding.Severity, _ message: String) {
        let finding = OnlineFinding(severity: severity, message: message)
        if !findings.contains(finding) { findings.append(finding) }
    }
}
