import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

/// What `send` and `explain` sign for the chats and the neutral senders is what the listener takes.
@Suite("A chat's sample goes the whole way of a real request")
struct CatalogRoundTripTests {
    struct Sender: Sendable, CustomTestStringConvertible {
        var provider: any Provider
        var signsBody = true

        var testDescription: String { provider.traits.name }
    }

    static func senders() throws -> [Sender] {
        [
            Sender(provider: Slack()), Sender(provider: Discord()), Sender(provider: Teams()),
            Sender(provider: StandardWebhooks()), Sender(provider: Sentry()),
            Sender(provider: Mattermost(), signsBody: false), Sender(provider: RocketChat(), signsBody: false),
            Sender(provider: Zulip(), signsBody: false),
            Sender(provider: try GoogleChat.of("1234567890"), signsBody: false),
            Sender(provider: try GoogleChat.of("https://bridge.example/hooks/g"), signsBody: false),
            Sender(provider: try SharedToken.of("X-Token"), signsBody: false),
            Sender(provider: try SharedToken.of("authorization"), signsBody: false),
        ]
    }

    @Test("It is proved by throwaway credentials, and read", arguments: try senders())
    func proved(_ sender: Sender) throws {
        let (credentials, key) = Credentials.throwaway(sender.provider.traits.provenBy)
        let sample = Sample(headers: Headers([("X-Tenant", "acme")]))
        let event = try sender.provider.event(sender.provider.sign(sample, with: key, at: noon), by: credentials)
        #expect(event.provider == sender.provider.traits.name && event.source == "chat")
        #expect(event.headers.first("X-Tenant") == "acme" && event.senderID?.isEmpty != true)
        if sender.provider.traits.isChat {
            #expect(event.user != nil && event.channel != nil && event.command != nil)
        }
    }

    @Test("It is not proved by others", arguments: try senders())
    func others(_ sender: Sender) throws {
        let (_, key) = Credentials.throwaway(sender.provider.traits.provenBy)
        let (others, _) = Credentials.throwaway(sender.provider.traits.provenBy)
        let request = sender.provider.sign(Sample(), with: key, at: noon)
        #expect(throws: VerificationFailure.mismatch) { try sender.provider.read(request, by: others) }
    }

    @Test("Nor with another body, where the body is signed", arguments: try senders().filter(\.signsBody))
    func otherBody(_ sender: Sender) throws {
        let (credentials, key) = Credentials.throwaway(sender.provider.traits.provenBy)
        var request = sender.provider.sign(Sample(), with: key, at: noon)
        request.body.append(10)
        #expect(throws: VerificationFailure.mismatch) { try sender.provider.read(request, by: credentials) }
    }

    @Test("What somebody says arrives", arguments: try senders().filter { $0.provider.traits.isChat })
    func says(_ sender: Sender) throws {
        let (credentials, key) = Credentials.throwaway(sender.provider.traits.provenBy)
        let sample = Sample(text: "/deploy web latest env=prod", user: "U7", channel: "C7")
        let event = try sender.provider.event(sender.provider.sign(sample, with: key, at: noon), by: credentials)
        #expect(event.command?.command == "/deploy")
        #expect(event.command?.positional == ["web", "latest"])
        #expect(event.command?.named == ["env": "prod"])
        #expect(event.user?.id == "U7" && event.channel?.id == "C7")
    }

    @Test("No rule reads a secret, not even by a wildcard", arguments: try senders())
    func hidden(_ sender: Sender) throws {
        let (credentials, key) = Credentials.throwaway(sender.provider.traits.provenBy)
        let event = try sender.provider.event(sender.provider.sign(Sample(), with: key, at: noon), by: credentials)
        for field in sender.provider.traits.provingFields {
            #expect(try event.values(at: FieldPath("payload.\(field)")).isEmpty)
        }
        guard case .secret(let secret) = key else { return }
        #expect(!(try event.values(at: FieldPath("payload.*")).contains(secret.exposedText)))
        let shown = event.headers.masked(besides: sender.provider.traits.provingHeaders)
        #expect(!shown.fields.contains { $0.value.contains(secret.exposedText) })
    }

    @Test("The catalog makes each by its name")
    func catalog() throws {
        var settings = ProviderSettings()
        settings.audience = "1"
        settings.header = "X-Token"
        for name in Set(try Self.senders().map(\.provider.traits.name)) {
            let entry = try #require(ProviderCatalog.entry(name))
            #expect(try entry.make(settings).traits.name == name)
        }
    }
}

extension SharedToken {
    static func of(_ header: String, _ change: (inout ProviderSettings) -> Void = { _ in }) throws -> SharedToken {
        var settings = ProviderSettings()
        settings.header = header
        change(&settings)
        return try SharedToken(settings)
    }
}
