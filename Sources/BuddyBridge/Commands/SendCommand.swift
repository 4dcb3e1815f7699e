import ArgumentParser
import AsyncHTTPClient
import Bridge
import BridgeServer
import Foundation
import Signatures

struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Signs a sample as a source's sender would, posts it, and prints the answer.",
        discussion: "Exit code 1 when the answer is a 4xx or 5xx.")

    @OptionGroup var config: ConfigOption
    @OptionGroup var options: SampleOptions

    @Option(help: "Where to post it (default: this configuration's listener).")
    var url: String?

    @Option(
        help: """
            For a sender that signs with a private key: one that stands in for it, env:NAME or file:/path \
            ('openssl genpkey -algorithm ed25519', or RSA for googlechat).
            """)
    var signingKey: String?

    func run() async throws {
        guard let name = options.source else { throw CommandFailure.wrongUse("--source is needed") }
        let configuration = try config.load(.of(source: name))
        guard let source = configuration.sources.first(where: { $0.name == name }) else {
            throw CommandFailure.wrongUse("there is no source '\(name)'")
        }
        let listen = configuration.listen
        let address = url ?? "http://\(listen.host):\(listen.port)/hooks/\(name)"
        let key = try signingKey.map { try privateKey($0, of: source, configuration.secrets) }
        guard let request = source.sign(try options.sample(), with: key, at: Date()) else {
            throw CommandFailure.wrongUse(Self.needsKey(source))
        }
        let answer: SignedPost.Answer
        do {
            answer = try await SignedPost.send(request, to: address)
        } catch {
            throw CommandFailure.failed("\(address) did not answer: \(error)")
        }
        Terminal.complain("\(answer.status) from \(address)")
        Terminal.say(answer.body)
        if answer.status >= 400 { throw CommandFailure.answeredNo }
    }

    private static func needsKey(_ source: Source) -> String {
        """
        '\(source.name)' signs with a private key, which only its sender has. To try the source, make a key of your own \
        ('openssl genpkey -algorithm ed25519 -out key.pem'; for googlechat RSA), name it by --signing-key file:key.pem, \
        and let a configuration for trying things know its public half: send tells what to write.
        """
    }

    private func privateKey(
        _ text: String, of source: Source, _ secrets: SecretReader
    ) throws -> PrivateKey {
        guard let reference = SecretReference(text) else {
            throw CommandFailure.wrongUse("--signing-key is a reference, env:NAME or file:/path, never the key itself")
        }
        let secret: Secret
        do { secret = try secrets.read(reference) } catch { throw CommandFailure.wrongUse(error.message) }
        guard let key = PrivateKey(secret) else {
            throw CommandFailure.wrongUse("\(reference) is no private key of Ed25519 or RSA that can be read")
        }
        let traits = source.provider.traits
        switch traits.provenBy {
        case .secrets: throw CommandFailure.wrongUse("'\(source.name)' signs with its secret, not with a private key")
        case .publishedKeys:
            guard key.kind == .rsa else { throw CommandFailure.wrongUse("'\(source.name)' signs with RSA") }
            Terminal.complain(
                "signed as key '\(SigningKey.keyID)'; in 'keys: file:…' it is {\"\(SigningKey.keyID)\": \"…\"} with the PEM:\n"
                    + key.publicKey.pem)
        case .publicKeys, .secretsOrPublicKeys:
            guard let half = key.publicKey.text(as: traits.publicKeyEncoding) else {
                throw CommandFailure.wrongUse("'\(source.name)' signs with Ed25519")
            }
            Terminal.complain("signed for the public key \(half)")
        }
        return key
    }
}
