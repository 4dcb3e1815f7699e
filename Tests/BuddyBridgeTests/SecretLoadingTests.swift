import Bridge
import Foundation
import Signatures
import TestSupport
import Testing

@testable import BuddyBridge

@Suite("Secrets of a configuration")
struct SecretLoadingTests {
    @Test(
        "Line ends after a secret are dropped, what else is in it stays",
        arguments: [
            ("s3cret\n", "s3cret"), ("s3cret\r\n", "s3cret"), ("s3cret\n\n\r\n", "s3cret"),
            (" s3 cret \n", " s3 cret "),
            ("one\ntwo\n", "one\ntwo"), ("\ts\u{e9}cret", "\ts\u{e9}cret"),
        ])
    func lineEnds(_ content: String, _ secret: String) throws {
        let folder = try ConfigFolder()
        try folder.write(content.utf8, to: "hub.secret")
        try folder.write(
            Variant("", 3, "  github: {provider: github, secrets: [file:hub.secret, env:GITHUB_SECRET]}").yaml.utf8)
        var environment = ConfigFolder.environment
        environment["GITHUB_SECRET"] = content
        let configuration = try #require(folder.load(environment: environment).configuration)
        #expect(configuration.sources.first?.credentials.secrets.map(\.exposedText) == [secret, secret])
    }

    @Test("A file of line ends and blanks alone is empty", arguments: ["", "\n", "\r\n\n", " ", "\t \n"])
    func empty(_ content: String) throws {
        let folder = try ConfigFolder()
        try folder.write(content.utf8, to: "hub.secret")
        try folder.write(Variant("", 3, "  github: {provider: github, secrets: file:hub.secret}").yaml.utf8)
        #expect(
            folder.load().messages == [
                "bridge.yaml:3:39: error: a secret of the source 'github': file:hub.secret is empty"
            ])
    }

    @Test("Relative paths are relative to the file, absolute ones are not")
    func paths() throws {
        let folder = try ConfigFolder()
        try FileManager.default.createDirectory(
            at: folder.url.appendingPathComponent("secrets"), withIntermediateDirectories: true)
        try folder.write("beside".utf8, to: "secrets/hub")
        try folder.write("authority".utf8, to: "own.pem")
        var variant = Variant(
            "", 3, "  github: {provider: github, secrets: [file:secrets/hub, file:\(folder.path)/secrets/hub]}")
        variant.lines[1] = "buddy: {token: file:secrets/hub, ca: own.pem}\njournal: sqlite:state/bridge.sqlite"
        try folder.write(variant.yaml.utf8)
        let loaded = folder.load()
        #expect(loaded.messages == [])
        let configuration = try #require(loaded.configuration)
        #expect(configuration.sources.first?.credentials.secrets.map(\.exposedText) == ["beside", "beside"])
        #expect(configuration.buddy.certificateAuthority == folder.path + "/own.pem")
        #expect(configuration.journal == .sqlite(path: folder.path + "/state/bridge.sqlite"))
        let token = try #require(configuration.buddy.token)
        #expect(try configuration.secrets.read(token).exposedText == "beside")
    }

    @Test("The file may itself be named by a relative path: messages repeat it as it was given")
    func relative() throws {
        let folder = try ConfigFolder()
        try folder.write("beside\n".utf8, to: "hub")
        try folder.write(Variant("", 3, "  github: {provider: github, secrets: [file:hub, env:NOWHERE]}").yaml.utf8)
        let up = FileManager.default.currentDirectoryPath.split(separator: "/").map { _ in ".." }
        let path = up.joined(separator: "/") + folder.path + "/bridge.yaml"
        let error = #expect(throws: InvalidConfiguration.self) {
            try ConfigLoader.load(path, environment: ConfigFolder.environment)
        }
        #expect(
            error?.diagnostics.map(\.description) == [
                "\(path):3:50: error: a secret of the source 'github': the variable NOWHERE is not set"
            ])
    }

    @Test("A token is read anew each time")
    func readAnew() throws {
        let folder = try ConfigFolder()
        try folder.write("first\n".utf8, to: "token")
        try folder.write(Variant("", 1, "buddy: {token: file:token}").yaml.utf8)
        let configuration = try #require(folder.load().configuration)
        let token = try #require(configuration.buddy.token)
        #expect(try configuration.secrets.read(token).exposedText == "first")
        try folder.write("second\n".utf8, to: "token")
        #expect(try configuration.secrets.read(token).exposedText == "second")
        try FileManager.default.removeItem(at: folder.url.appendingPathComponent("token"))
        #expect(throws: SecretReader.Unreadable.self) { try configuration.secrets.read(token) }
    }

    @Test("Where no secrets are needed, none have to be there, and none are read")
    func throwaway() throws {
        let folder = try ConfigFolder()
        try folder.write(Variant("", 0, "").yaml.utf8)
        let loaded = folder.load(needs: .none, environment: [:])
        #expect(loaded.messages == [])
        let configuration = try #require(loaded.configuration)
        #expect(configuration.sources.map(\.credentials.secrets.count) == [1, 1])
        let read =
            folder.load(needs: .none).configuration?.sources.flatMap(\.credentials.secrets).map(\.exposedText) ?? []
        #expect(read.count == 2)
        #expect(Set(read).isDisjoint(with: ConfigFolder.environment.values))
        #expect(Set(read).count == 2)
    }

    @Test("A secret written in place is an error even where none are needed")
    func inline() throws {
        let loaded = try Loaded(
            Variant("", 3, "  github: {provider: github, secrets: [\(Canary.github)]}").yaml, needs: .none)
        #expect(loaded.configuration == nil)
        #expect(loaded.messages.allSatisfy { !$0.contains("canary") })
    }

    @Test("Where one source's secrets are needed, only those have to be there")
    func one() throws {
        let folder = try ConfigFolder()
        try folder.write(Variant("", 0, "").yaml.utf8)
        let there = folder.load(needs: .of(source: "github"), environment: ["GITHUB_SECRET": Canary.github])
        #expect(there.messages == [])
        #expect(there.configuration?.sources.first?.credentials.secrets.map(\.exposedText) == [Canary.github])
        #expect(there.configuration?.sources.last?.credentials.secrets.map(\.exposedText) != [Canary.slack])
        let missing = folder.load(needs: .of(source: "slack"), environment: ["GITHUB_SECRET": Canary.github])
        #expect(
            missing.messages == [
                "bridge.yaml:4:38: error: a secret of the source 'slack': the variable SLACK_SECRET is not set"
            ])
    }

    @Test("A key may be written as hexadecimal or base64", arguments: [("hex", "6b6579"), ("base64", "a2V5")])
    func keys(_ encoding: String, _ secret: String) throws {
        let yaml = """
            buddy: {token: env:BUDDY_TOKEN}
            sources:
              builds: {provider: hmac, secrets: env:KEY, dedupe: body, signature: {header: X-Sig, key: \(encoding)}}
            routes:
              - {name: all, source: builds, run: {domain: acme, project: web, pipeline: 1}}

            """
        let folder = try ConfigFolder()
        try folder.write(yaml.utf8)
        #expect(folder.load(environment: ["BUDDY_TOKEN": "t", "KEY": secret]).messages == [])
        #expect(
            folder.load(environment: ["BUDDY_TOKEN": "t", "KEY": "no!"]).messages == [
                "bridge.yaml:3:37: error: a secret of the source 'builds' is not \(encoding == "hex" ? "hexadecimal" : encoding): "
                    + "its sender could not sign with it"
            ])
    }
}
