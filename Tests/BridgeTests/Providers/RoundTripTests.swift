import FoundationEssentials
import Signatures
import Testing

@testable import Bridge

/// What `send`, `explain` and the demo sign is what the listener takes.
@Suite("A sample goes the whole way of a real request")
struct RoundTripTests {
    struct Sender: Sendable, CustomTestStringConvertible {
        var testDescription: String
        var provider: any Provider
        var secret = "correct horse"
    }

    static func senders() throws -> [Sender] {
        [
            Sender(testDescription: "github", provider: GitHub()),
            Sender(testDescription: "slack", provider: Slack()),
            Sender(testDescription: "hmac, body only", provider: try GenericHMAC.of()),
            Sender(
                testDescription: "hmac, seconds, id, header",
                provider: try GenericHMAC.of("{timestamp}.{id}.{header.X-Tenant}.{body}") {
                    $0.timestamp = .init(header: "X-Time")
                    $0.idHeader = "X-Id"
                    $0.event = .header("X-Event")
                }),
            Sender(
                testDescription: "hmac, milliseconds, base64, SHA-512, base64 key",
                provider: try GenericHMAC.of("v1|{body}|{timestamp}") {
                    $0.timestamp = .init(header: "X-Time", unit: .ms)
                    $0.signature?.header.algorithm = .sha512
                    $0.signature?.header.encoding = .base64
                    $0.signature?.key = .base64
                    $0.signature?.header.prefix = "HMAC "
                }, secret: "a2V5IQ=="),
            Sender(
                testDescription: "hmac, SHA-1, hexadecimal key",
                provider: try GenericHMAC.of {
                    $0.signature?.header.algorithm = .sha1
                    $0.signature?.key = .hex
                    $0.signature?.header.prefix = "sha1="
                    $0.event = .payload([.name("type")])
                }, secret: "00ff00ff"),
        ]
    }

    private static let sample = Sample(headers: Headers([("X-Tenant", "acme")]))

    @Test("A sample is proved under its secret, and read", arguments: try senders())
    func proved(_ sender: Sender) throws {
        let request = sender.provider.sign(Self.sample, with: try .of(sender.secret), at: noon)
        #expect(request.head.method == "POST" && request.head.receivedAt == noon)
        let event = try sender.provider.event(request, try .of(sender.secret))
        #expect(event.provider == sender.provider.traits.name)
        #expect(!event.name.isEmpty)
        #expect(event.headers.first("X-Tenant") == "acme")
    }

    @Test("It is not proved under another secret, nor with another body", arguments: try senders())
    func notProved(_ sender: Sender) throws {
        var request = sender.provider.sign(Self.sample, with: try .of(sender.secret), at: noon)
        let other = sender.secret == "00ff00ff" ? "00ff00fe" : "b3RoZXI="
        #expect(throws: VerificationFailure.mismatch) { try sender.provider.prove(request, .of(other)) }
        request.body.append(10)
        #expect(throws: VerificationFailure.mismatch) { try sender.provider.prove(request, .of(sender.secret)) }
    }

    @Test("Every throwaway secret can sign it", arguments: try senders())
    func throwaway(_ sender: Sender) throws {
        let secret = Secret.throwaway()
        let request = sender.provider.sign(Self.sample, with: secret, at: noon)
        #expect(try sender.provider.prove(request, secret).credential?.position == 0)
    }

    @Test("What the sample says arrives")
    func contents() throws {
        let secret = try Secret.of("secret")
        let payload = Array(#"{"ref":"refs/heads/dev"}"#.utf8)
        let push = GitHub().sign(Sample(event: "create", payload: payload), with: secret, at: noon)
        #expect(push.body == payload)
        #expect(try GitHub().event(push, secret).name == "create")
        #expect(try GitHub().event(GitHub().sign(Sample(), with: secret, at: noon), secret).name == "push")

        let typed = Sample(text: "/deploy web latest env=prod", user: "U7", channel: "C7")
        let command = try Slack().event(Slack().sign(typed, with: secret, at: noon), secret)
        #expect(command.command == ChatCommand(command: "/deploy", text: "web latest env=prod"))
        #expect(command.user?.id == "U7" && command.channel?.id == "C7")
    }

    @Test("GitHub's own sample is a push that tells all that a push tells")
    func samplePush() throws {
        let secret = try Secret.of("secret")
        let git = try #require(try GitHub().event(GitHub().sign(Sample(), with: secret, at: noon), secret).git)
        #expect(git.values(of: .branch) == ["master"])
        #expect(git.values(of: .commit) == ["506a3963507943d6908154f4bc9646e829128a08"])
        #expect(git.values(of: .paths) == ["index.html"])
        #expect(git.values(of: .authorName) == ["Mike Benson"])
    }

    @Test("The catalog makes each provider by its name")
    func catalog() throws {
        var settings = ProviderSettings()
        settings.signature = .init(header: TagHeader("X-Signature"))
        for name in ["github", "slack", "hmac"] {
            let entry = try #require(ProviderCatalog.entry(name))
            #expect(try entry.make(settings).traits.name == name)
        }
        #expect(ProviderCatalog.entry("GitHub") == nil && ProviderCatalog.entry("") == nil)
        #expect(Set(ProviderCatalog.entries.map(\.name)).count == ProviderCatalog.entries.count)
        let hmac = try #require(ProviderCatalog.entry("hmac"))
        #expect(throws: ProviderSettings.Invalid.self) { try hmac.make(ProviderSettings()) }
    }
}
