import Signatures
import Testing

@testable import Bridge

/// The providers of Git hosts, each with the least settings it takes.
enum GitProviders {
    static let names = [
        "github", "gitlab", "bitbucket", "bitbucket-server", "gitea", "forgejo", "gogs", "azure-devops", "pagure",
        "reviewboard", "sourcehut", "buddy",
    ]

    static func make(_ name: String) throws -> any Provider {
        var settings = ProviderSettings()
        if name == "azure-devops" { settings.username = "buddy" }
        return try #require(ProviderCatalog.entry(name)).make(settings)
    }

    /// A key of the kind that the provider takes, and what verifies by it.
    struct Key {
        var credentials: Credentials
        var signing: SigningKey

        func prove(_ request: Request, by provider: any Provider) throws -> VerifiedRequest {
            let claim = try provider.claim(in: request.head, tolerance: .seconds(300))
            return try Verifier(credentials).verify(claim, request)
        }

        func event(_ request: Request, by provider: any Provider) throws -> Event {
            let event: Event? =
                if case .event(let event) = try provider.understand(try prove(request, by: provider), source: "s") {
                    event
                } else { nil }
            return try #require(event)
        }
    }

    static func key(for provider: any Provider) -> Key {
        let (credentials, signing) = Credentials.throwaway(provider.traits.provenBy)
        return Key(credentials: credentials, signing: signing)
    }

    /// The event that a provider makes of a body that its sender signed.
    static func event(_ name: String, _ event: String?, _ json: String) throws -> Event {
        let provider = try make(name)
        let key = key(for: provider)
        let request = provider.sign(Sample(event: event, payload: Array(json.utf8)), with: key.signing, at: noon)
        return try key.event(request, by: provider)
    }

    /// Everything that a body tells; what is left out must be missing.
    static func expect(
        _ provider: String, _ event: String?, _ json: String, tells expected: [GitField: [String]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let git = try #require(try Self.event(provider, event, json).git, sourceLocation: sourceLocation)
        for field in GitField.allCases {
            #expect(git.values(of: field) == expected[field] ?? [], "\(field.rawValue)", sourceLocation: sourceLocation)
        }
    }
}

@Suite("Samples of the Git hosts")
struct GitSampleTests {
    @Test("Each is proved, read, and tells a repository or a review", arguments: GitProviders.names)
    func sample(_ name: String) throws {
        let provider = try GitProviders.make(name)
        #expect(provider.traits.name == name)
        let key = GitProviders.key(for: provider)
        let event = try key.event(provider.sign(Sample(), with: key.signing, at: noon), by: provider)
        #expect(event.provider == name && event.name != "webhook")
        let git = try #require(event.git)
        if name != "sourcehut" { #expect(git.values(of: .repositoryName) == ["company-website"]) }
        if name != "reviewboard" { #expect(git.values(of: .branch) == ["master"]) }
        if name != "buddy" {
            #expect(git.values(of: .commit) == ["506a3963507943d6908154f4bc9646e829128a08"])
            #expect([["Mike Benson"], ["mike"], []].contains(git.values(of: .authorName)))
        }
    }

    @Test("None is proved by another key, nor with a header of its proof changed", arguments: GitProviders.names)
    func strangers(_ name: String) throws {
        let provider = try GitProviders.make(name)
        let key = GitProviders.key(for: provider)
        let request = provider.sign(Sample(), with: key.signing, at: noon)
        #expect(throws: VerificationFailure.mismatch) {
            try GitProviders.key(for: provider).prove(request, by: provider)
        }
        for header in provider.traits.provingHeaders where request.head.headers.first(header) != nil {
            for values in [[], [""], ["x"], [request.head.headers.first(header) ?? "", "x"]] {
                var other = request
                other.head.headers = Headers(
                    request.head.headers.fields.filter { $0.name != header }.map { ($0.name, $0.value) }
                        + values.map { (header, $0) })
                #expect(throws: VerificationFailure.self, "\(header): \(values)") { try key.prove(other, by: provider) }
            }
        }
    }

    @Test("A changed body is not proved where the body is signed", arguments: GitProviders.names)
    func changed(_ name: String) throws {
        let provider = try GitProviders.make(name)
        let key = GitProviders.key(for: provider)
        var request = provider.sign(Sample(), with: key.signing, at: noon)
        request.body.append(32)
        // The secret of these is sent along, and proves the sender alone.
        if ["gitlab", "azure-devops", "buddy"].contains(name) {
            #expect(throws: Never.self) { try key.prove(request, by: provider) }
        } else {
            #expect(throws: VerificationFailure.mismatch) { try key.prove(request, by: provider) }
        }
    }

    @Test("Bodies of another shape do no harm", arguments: GitProviders.names)
    func otherShapes(_ name: String) throws {
        for json in [
            "[]", "1", #"{"ref":1,"changes":{},"push":[],"commits":{"id":"x"},"project":[],"refs":[1],"resource":1}"#,
            #"{"object_kind":"push","push":{"changes":[null,1,{"new":1}]},"resource":{"refUpdates":[null]}}"#,
        ] {
            let git = try #require(try GitProviders.event(name, "push", json).git)
            #expect(GitField.allCases.allSatisfy { git.values(of: $0) == [] }, "\(json)")
        }
    }
}
