import Bridge
import Foundation
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

extension EndToEnd {
    /// `buddy-bridge send`, as a process, against the running service.
    @Suite(.timeLimit(.minutes(5)))
    struct SendTests {
        private static let openssl = "/usr/bin/openssl"

        private static func send(
            _ source: String, _ bridge: TestBridge, _ more: String...
        ) async throws -> (code: Int32, output: String, complaints: String) {
            let run = try await ServeProcess.run(
                [
                    "send", "--config", bridge.folder.appendingPathComponent("bridge.yaml").path, "--source", source,
                    "--url", bridge.url(source),
                ] + more, environment: TestBridge.environment)
            bridge.canary.saw(run.output + run.complaints)
            return (run.code, run.output, run.complaints)
        }

        @Test("Whoever signs with a secret is tried in one line")
        func secrets() async throws {
            try await TestBridge.run(EverySenderTests.yaml, files: ["keys.json": TestSender.publishedKeys]) { bridge in
                for sender in TestSender.all where sender.privateKey == nil {
                    let sent = try await Self.send(sender.description, bridge)
                    #expect(sent.code == 0, "\(sender): \(sent.complaints) \(sent.output)")
                    #expect(sent.complaints.contains("200 from"))
                }
            }
        }

        /// A key that 'openssl genpkey' made, as the command's help says, and what the configuration is to know of it.
        @Test(
            "Who signs with a private key is stood in for by one of one's own",
            arguments: ["discord", "sourcehut", "standard-webhooks"])
        func privateKeys(_ provider: String) async throws {
            let folder = try Self.makeFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let key = folder.appendingPathComponent("key.pem").path
            try Self.run(Self.openssl, ["genpkey", "-algorithm", "ed25519", "-out", key])
            let secret = try SecretReader(environment: [:], folder: "").read(.file(key))
            let entry = try #require(try ProviderCatalog.entry(provider)?.make(ProviderSettings()))
            let half = try #require(PrivateKey(secret)?.publicKey.text(as: entry.traits.publicKeyEncoding))
            let yaml = """
                sources: {s: {provider: \(provider), public_keys: ['\(half)']}}
                routes:
                  - {name: r, source: s, when: {source: s}, allow: anyone, run: {domain: a, project: b, pipeline: 1}}

                """
            try await TestBridge.run(yaml) { bridge in
                let sent = try await Self.send("s", bridge, "--signing-key", "file:\(key)")
                #expect(sent.code == 0 || sent.output.contains("refused"), "\(sent.complaints) \(sent.output)")
                #expect(sent.complaints.contains("signed for the public key \(half)"))
                #expect(!(sent.complaints + sent.output).contains("PRIVATE"))
                let without = try await Self.send("s", bridge)
                #expect(without.code == 2 && without.complaints.contains("openssl genpkey"))
                let literal = try await Self.send("s", bridge, "--signing-key", "canary-key")
                #expect(literal.code == 2 && !literal.complaints.contains("canary-key"))
            }
        }

        @Test("Google Chat is stood in for by an RSA key")
        func googleChat() async throws {
            let folder = try Self.makeFolder()
            defer { try? FileManager.default.removeItem(at: folder) }
            let key = folder.appendingPathComponent("key.pem").path
            try Self.run(
                Self.openssl, ["genpkey", "-algorithm", "rsa", "-pkeyopt", "rsa_keygen_bits:2048", "-out", key])
            let secret = try SecretReader(environment: [:], folder: "").read(.file(key))
            let keys = WireJSON.encode(["sample": try #require(PrivateKey(secret)?.publicKey.pem)])
            let yaml = """
                sources: {s: {provider: googlechat, audience: '1', keys: file:keys.json}}
                routes:
                  - {name: r, source: s, when: {source: s}, allow: anyone, run: {domain: a, project: b, pipeline: 1}}

                """
            try await TestBridge.run(yaml, files: ["keys.json": keys]) { bridge in
                let sent = try await Self.send("s", bridge, "--signing-key", "file:\(key)")
                #expect(sent.code == 0, "\(sent.complaints) \(sent.output)")
                #expect(sent.complaints.contains("BEGIN PUBLIC KEY") && !sent.complaints.contains("PRIVATE"))
            }
        }

        private static func makeFolder() throws -> URL {
            let folder = FileManager.default.temporaryDirectory.appendingPathComponent("send-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            return folder
        }

        private static func run(_ command: String, _ arguments: [String]) throws {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: command)
            process.arguments = arguments
            process.standardError = FileHandle.nullDevice
            try process.run()
            process.waitUntilExit()
            try #require(process.terminationStatus == 0)
        }
    }
}
