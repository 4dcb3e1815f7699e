import FoundationEssentials
import TestSupport
import Testing

@testable import Bridge

/// Every body of …/shared/payloads, through every Git provider: most get bodies of another host, or no Git event at all.
@Suite(
    "Every real body, to every Git host", .enabled(if: SharedFiles.isThere, "…/shared is not beside this clone"),
    .timeLimit(.minutes(5)))
struct EveryPayloadTests {
    /// The names under which a host tells its fields differently; where the body has the name, or it does not matter, one.
    private static func events(_ host: String) -> [String] {
        switch host {
        case "github": ["push", "create", "pull_request", "workflow_run", "deployment"]
        case "gitea", "forgejo", "gogs": ["push", "create"]
        default: ["push"]
        }
    }

    @Test("Each is understood or refused, and each field told or not", arguments: GitProviders.names)
    func bodies(_ name: String) throws {
        let provider = try GitProviders.make(name)
        let key = GitProviders.key(for: provider)
        let files = try SharedFiles.paths(in: "payloads").filter { $0.hasSuffix(".json") }
        #expect(files.count > 250)
        var understood = 0
        for file in files {
            let body = Array(try SharedFiles.data("payloads/\(file)"))
            for event in Self.events(name) {
                let request = provider.sign(Sample(event: event, payload: body), with: key.signing, at: noon)
                // Buddy's proof is a field of the body, which others do not have.
                guard let verified = try? key.prove(request, by: provider) else { continue }
                guard case .event(let event) = try provider.understand(verified, source: "s") else { continue }
                let git = try #require(event.git)
                for field in GitField.allCases {
                    #expect(git.values(of: field).allSatisfy { $0.utf8.count < 10_000 }, "\(file): \(field.rawValue)")
                }
                understood += 1
            }
        }
        #expect(understood > (name == "buddy" ? 0 : 250))
    }
}
