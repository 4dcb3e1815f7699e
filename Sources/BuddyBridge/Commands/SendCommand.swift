import ArgumentParser
import AsyncHTTPClient
import Bridge
import BridgeServer
import Foundation

struct SendCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "send",
        abstract: "Signs a sample as a source's sender would, posts it, and prints the answer.",
        discussion: "Exit code 1 when the answer is a 4xx or 5xx.")

    @OptionGroup var config: ConfigOption
    @OptionGroup var options: SampleOptions

    @Option(help: "Where to post it (default: this configuration's listener).")
    var url: String?

    func run() async throws {
        guard let name = options.source else { throw CommandFailure.wrongUse("--source is needed") }
        let configuration = try config.load(.of(source: name))
        guard let source = configuration.sources.first(where: { $0.name == name }) else {
            throw CommandFailure.wrongUse("there is no source '\(name)'")
        }
        let listen = configuration.listen
        let address = url ?? "http://\(listen.host):\(listen.port)/hooks/\(name)"
        let request = source.provider.sign(try options.sample(), with: source.secrets[0], at: Date())
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
}
