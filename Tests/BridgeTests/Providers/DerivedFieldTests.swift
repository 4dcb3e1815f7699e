import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

@Suite("The fields that a provider says it can give")
struct DerivedFieldTests {
    static let providers = ProviderCatalog.entries.map(\.name)

    /// What no sample and no published body has, and where it comes from.
    static let unseen: [String: Set<String>] = [
        // A change whose `type` is `tag`: support.atlassian.com, "Event payloads".
        "bitbucket": ["tag"],
        // A ref whose id begins with `refs/tags/`: confluence.atlassian.com, "Event payload".
        "bitbucket-server": ["tag"],
        // gogs/go-gogs-client pull.go, `PullRequest.Labels`.
        "gogs": ["pull_request.labels"],
        // learn.microsoft.com: `git.push` of a tag; "Pull Requests - Get", `labels`.
        "azure-devops": ["tag", "pull_request.labels"],
        // Pagure's source: `git.tag.creation` of hooks/files/default_hook.py, `pull-request.*` of lib/query.py.
        "pagure": [
            "tag", "pull_request.number", "pull_request.source_branch", "pull_request.target_branch",
            "pull_request.labels",
        ],
        // A ref whose name begins with `refs/tags/`: man.sr.ht, "git.sr.ht API reference".
        "sourcehut": ["tag"],
        // buddy.works/docs/api, the execution of a webhook: `tag`, `to_revision`.
        "buddy": ["tag", "commit"],
        // discord.com/developers/docs, "Receiving and Responding": the partial `channel` of an interaction.
        "discord": ["channel.name"],
        // Its form that resembles Slack's: zulip.com/api/outgoing-webhooks.
        "zulip": ["team.id"],
    ]

    private static func make(_ name: String) throws -> any Provider {
        var settings = ProviderSettings()
        switch name {
        case "azure-devops": settings.username = "buddy"
        case "googlechat": settings.audience = "1234567890"
        case "token": settings.header = "X-Token"
        case "hmac": settings.signature = .init(header: TagHeader("X-Signature"))
        default: break
        }
        return try #require(ProviderCatalog.entry(name)).make(settings)
    }

    private static let fields =
        GitField.allCases.map(\.rawValue) + [
            "command", "text", "args.0", "args.env", "user.id", "user.name", "channel.id", "channel.name", "team.id",
        ]

    /// The fields that have a value in an event.
    private static func given(_ event: Event) throws -> [(String, DerivedField)] {
        try fields.compactMap { name in
            let path = try FieldPath(name)
            guard !event.values(at: path).isEmpty, let field = path.derived else { return nil }
            return (name, field)
        }
    }

    private static func samples(_ provider: any Provider) throws -> [Event] {
        let key = GitProviders.key(for: provider)
        let names = provider.traits.name == "slack" ? [nil, "app_mention", "block_actions"] : [nil]
        return try names.map { name in
            let sample = Sample(event: name, text: "/deploy web env=prod", user: "U1", channel: "C1")
            return try key.event(provider.sign(sample, with: key.signing, at: noon), by: provider)
        }
    }

    private static func published(_ provider: any Provider) throws -> [Event] {
        let key = GitProviders.key(for: provider)
        var events: [Event] = []
        for folder in SharedPayloadTable.folders where folder.provider == provider.traits.name {
            for line in folder.lines {
                let words = line.split(separator: " ").map(String.init)
                let body = Array(try SharedFiles.data("payloads/\(folder.path)/\(words[0]).json"))
                let request = provider.sign(Sample(event: words[1], payload: body), with: key.signing, at: noon)
                if case .event(let event) = try provider.understand(try key.prove(request, by: provider), source: "s") {
                    events.append(event)
                }
            }
        }
        return events
    }

    @Test("No sample has another one", arguments: providers)
    func samples(_ name: String) throws {
        let provider = try Self.make(name)
        for event in try Self.samples(provider) {
            for (field, derived) in try Self.given(event) {
                #expect(provider.traits.gives.contains(derived), "\(field)")
            }
        }
    }

    @Test(
        "No published body has another one, and all are in some, but for those of which is said where they come from",
        .enabled(if: SharedFiles.isThere, "…/shared is not beside this clone"), arguments: providers)
    func published(_ name: String) throws {
        let provider = try Self.make(name)
        var seen: Set<DerivedField> = []
        for event in try Self.samples(provider) + Self.published(provider) {
            for (field, derived) in try Self.given(event) {
                #expect(provider.traits.gives.contains(derived), "\(field)")
                seen.insert(derived)
            }
        }
        let unseen = try Self.fields.filter { name in
            let derived = try #require(try FieldPath(name).derived)
            return provider.traits.gives.contains(derived) && !seen.contains(derived)
        }
        #expect(Set(unseen) == Self.unseen[name] ?? [])
    }

    @Test("What any sender can send is none of them")
    func sent() throws {
        for field in ["event", "source", "provider", "header.X-A", "query.q", "payload.a.*"] {
            #expect(try FieldPath(field).derived == nil)
        }
    }
}
