import Bridge
import TestSupport
import Testing

@testable import BuddyBridge

@Suite("One route file for all Git hosts", .enabled(if: SharedFiles.isThere, "…/shared is not beside this clone"))
struct HostRouteTests {
    @Test("The same kind of event gives the same targets, whatever the host", arguments: HostSample.all)
    func targets(_ sample: HostSample) throws {
        let configuration = try HostRules.load()
        expect(sample.kind, try sample.read(by: configuration), configuration)
    }

    private func expect(_ kind: HostSample.Kind, _ event: Event, _ configuration: Configuration) {
        let decision = Router(routes: configuration.routes).decide(event)
        let targets = decision.runs.map { run in
            switch run.target {
            case .success(let target): target.text
            case .failure(let error): "refused: \(error.message)"
            }
        }
        #expect(targets == kind.targets)
        #expect(decision.outcome == (kind == .deletion ? .ignored : .matched))
    }

    @Test("So do bodies as the host documents them, where the folder has none", arguments: DocumentedBody.all)
    func documented(_ body: DocumentedBody) throws {
        #expect(body.kind.without[body.host] != nil, "a real one would do")
        let configuration = try HostRules.load()
        expect(
            body.kind, try HostSample.event(body.host, body.event, Array(body.json.utf8), by: configuration),
            configuration)
    }

    @Test("Each host has a sample of each kind, or a reason for none", arguments: HostSample.Kind.allCases)
    func hosts(_ kind: HostSample.Kind) {
        let sampled = Set(HostSample.all.filter { $0.kind == kind }.map(\.host))
        #expect(sampled.union(kind.without.keys) == Set(HostRules.hosts))
        #expect(sampled.isDisjoint(with: kind.without.keys))
    }
}

extension Target {
    fileprivate var text: String {
        let filters =
            if case .selector(let selector) = execution {
                selector.filters.sorted { $0.key.rawValue < $1.key.rawValue }.map { field, filter in
                    "\(field.rawValue) \(filter.operators.flatMap(\.expected).joined())"
                }
            } else { [String]() }
        return "\(domain)/\(project)/\(pipeline): " + (["only"] + filters).joined(separator: ", ")
    }
}

extension HostSample.Kind {
    /// What each event of this kind gives.
    fileprivate var targets: [String] {
        switch self {
        case .branch: ["acme/shop/site: only, branch production, revision tip"]
        case .app: ["acme/shop/app: only, branch production, revision tip"]
        case .robot: ["acme/shop/robots: only, revision tip"]
        case .tag: ["acme/shop/release: only, revision tip, tag v1"]
        case .nameOnly: ["refused: the event has no commit"]
        case .deletion: []
        case .pullRequest: ["acme/shop/review: only, branch production, comment one topic"]
        case .labelled: ["acme/shop/preview: only, comment topic"]
        }
    }

    /// The hosts of which there is no sample, and why.
    fileprivate var without: [String: String] {
        switch self {
        case .branch, .pullRequest: [:]
        case .app:
            [
                "gogs": "its bodies here list no paths", "bitbucket": "it lists no paths",
                "bitbucket-server": "it lists no paths", "azure-devops": "it lists no paths",
            ]
        case .tag: Self.missing(["gogs", "bitbucket", "bitbucket-server", "azure-devops"])
        case .deletion: Self.missing(["gitlab", "forgejo", "bitbucket", "azure-devops"])
        case .labelled:
            Self.missing(["gogs", "azure-devops"]).merging([
                "bitbucket": "it has no labels", "bitbucket-server": "it has no labels",
            ]) { $1 }
        case .robot: Self.missing(HostRules.hosts.filter { $0 != "bitbucket-server" })
        case .nameOnly: Self.missing(HostRules.hosts.filter { !["github", "gogs"].contains($0) })
        }
    }

    private static func missing(_ hosts: [String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: hosts.map { ($0, "the folder has none") })
    }
}
