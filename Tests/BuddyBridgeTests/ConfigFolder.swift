import Foundation
import TestSupport
import Testing

@testable import BuddyBridge

/// A folder of its own with a `bridge.yaml` in it.
final class ConfigFolder: Sendable {
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("config-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    var path: String { url.path }

    func write(_ bytes: some Sequence<UInt8>, to name: String = "bridge.yaml") throws {
        let file = url.appendingPathComponent(name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
    }

    static let environment = [
        "BUDDY_TOKEN": Canary.token, "ADMIN_TOKEN": Canary.admin, "GITHUB_SECRET": Canary.github,
        "SLACK_SECRET": Canary.slack, "HMAC_SECRET": Canary.hmac, "EMPTY": "", "NEWLINES": "\r\n\n",
    ]

    /// What loading the folder's file gives, without the folder in messages.
    func load(
        needs: ConfigLoader.Secrets = .all, environment: [String: String] = environment
    ) -> Loaded {
        do {
            let (configuration, warnings) = try ConfigLoader.load(
                path + "/bridge.yaml", needs: needs, environment: environment)
            let text = try String(contentsOfFile: path + "/bridge.yaml", encoding: .utf8)
            // What is taken is valid for editors, too.
            #expect(try SchemaValidator.ofPackage.get().accepts(text), "the schema refuses what is taken")
            return Loaded(configuration: configuration, messages: short(warnings), output: output(warnings))
        } catch let error as InvalidConfiguration {
            return Loaded(
                configuration: nil, messages: short(error.diagnostics), output: output(error.diagnostics))
        } catch {
            return Loaded(configuration: nil, messages: ["\(error)"])
        }
    }

    private func output(_ diagnostics: [Diagnostics.Diagnostic]) -> String {
        diagnostics.map { $0.text.replacingOccurrences(of: path + "/", with: "") + "\n" }.joined()
    }

    private func short(_ diagnostics: [Diagnostics.Diagnostic]) -> [String] {
        diagnostics.map { $0.description.replacingOccurrences(of: path + "/", with: "") }
    }
}

/// A configuration, or nil with why there is none; `messages` holds the warnings in either case.
struct Loaded {
    var configuration: Configuration?
    var messages: [String]
    /// All that is printed: the messages with the lines of the file.
    var output = ""

    init(configuration: Configuration?, messages: [String], output: String = "") {
        self.configuration = configuration
        self.messages = messages
        self.output = output
    }

    /// Loads a text from a folder of its own.
    init(_ yaml: String, needs: ConfigLoader.Secrets = .all) throws {
        let folder = try ConfigFolder()
        try folder.write(yaml.utf8)
        self = folder.load(needs: needs)
    }
}

/// A small file that is right, and what becomes of it when lines of it are replaced.
struct Variant: Sendable, CustomTestStringConvertible {
    /// The tests name lines by these numbers.
    static let base = [
        "buddy: {token: env:BUDDY_TOKEN}",  // 1
        "sources:",  // 2
        "  github: {provider: github, secrets: [env:GITHUB_SECRET]}",  // 3
        "  slack: {provider: slack, secrets: [env:SLACK_SECRET]}",  // 4
        "groups: {admins: [U1]}",  // 5
        "maps: {pipelines: {acme/web: 41}}",  // 6
        "routes:",  // 7
        "  - name: release",  // 8
        "    source: github",  // 9
        "    when: {event: push}",  // 10
        "    run: {domain: acme, project: web, pipeline: 41}",  // 11
        "  - name: deploy",  // 12
        "    source: slack",  // 13
        "    allow: anyone",  // 14
        "    run: {domain: acme, project: web, pipeline: 41}",  // 15
    ]

    var testDescription: String
    var lines: [Int: String]
    /// `line:column: error: …`, without a place `error: …`; none where it is right.
    var messages: [String]

    /// - Parameters:
    ///   - what: what is wrong with it.
    ///   - line: the number of the line that is replaced.
    ///   - text: what stands there instead; may be several lines.
    init(_ what: String, _ line: Int, _ text: String, _ messages: String...) {
        testDescription = what
        lines = [line: text]
        self.messages = messages
    }

    var yaml: String {
        Self.base.enumerated().map { lines[$0.offset + 1] ?? $0.element }.joined(separator: "\n") + "\n"
    }

    /// Loads it, and compares what is said with what is expected: all errors, or, where none is expected, everything.
    func check(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let loaded = try Loaded(yaml)
        let expected = messages.map { $0.first?.isNumber == true ? "bridge.yaml:\($0)" : "bridge.yaml: \($0)" }
        let isRefused = messages.contains { $0.contains("error: ") }
        let told = isRefused ? loaded.messages.filter { !$0.contains(": warning: ") } : loaded.messages
        #expect(told == expected, sourceLocation: sourceLocation)
        #expect((loaded.configuration == nil) == isRefused, sourceLocation: sourceLocation)
    }
}
