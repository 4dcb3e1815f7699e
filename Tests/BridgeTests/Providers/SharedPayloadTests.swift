import FoundationEssentials
import Signatures
import TestSupport
import Testing

@testable import Bridge

/// Bodies that real senders sent, each signed as its sender would, through its provider.
@Suite("Real bodies", .enabled(if: SharedFiles.isThere, "…/shared is not beside this clone"))
struct SharedPayloadTests {
    struct Folder: Sendable, CustomTestStringConvertible {
        var provider: String
        var path: String
        var count: Int
        var lines: [String]

        init(_ provider: String, _ path: String, _ count: Int, _ lines: String) {
            self.provider = provider
            self.path = path
            self.count = count
            self.lines = lines.split(separator: "\n").map(String.init)
        }

        var testDescription: String { "\(provider): \(path)" }
    }

    @Test("They tell what they say, and nothing else", arguments: SharedPayloadTable.folders)
    func bodies(_ folder: Folder) throws {
        let provider = try GitProviders.make(folder.provider)
        for line in folder.lines {
            let words = line.split(separator: " ").map(String.init)
            let body = Array(try SharedFiles.data("payloads/\(folder.path)/\(words[0]).json"))
            let key = GitProviders.key(for: provider)
            let request = provider.sign(Sample(event: words[1], payload: body), with: key.signing, at: noon)
            switch try provider.understand(try key.prove(request, by: provider), source: "s") {
            case .handshake: #expect(words[2] == "handshake", "\(line)")
            case .event(let event): #expect(Self.line(words[0], event) == line)
            }
        }
    }

    @Test("None is forgotten", arguments: SharedPayloadTable.folders)
    func counts(_ folder: Folder) throws {
        let files = try SharedFiles.names(in: "payloads/\(folder.path)").filter { $0.hasSuffix(".json") }
        #expect(files.sorted() == folder.lines.map { $0.split(separator: " ")[0] + ".json" }.sorted())
        #expect(files.count == folder.count)
    }

    /// An event as a line of the table.
    private static func line(_ file: String, _ event: Event) -> String {
        func list(_ key: String, _ field: GitField, _ length: Int = .max) -> String {
            let values = event.git?.values(of: field) ?? []
            return values.isEmpty ? "" : " \(key)=\(values.map { String($0.prefix(length)) }.joined(separator: ","))"
        }
        func one(_ field: GitField) -> String { event.git?.values(of: field).joined(separator: ",") ?? "" }
        var line = "\(file) \(event.name)" + list("in", .repositoryPath) + list("branch", .branch) + list("tag", .tag)
        line += list("commit", .commit, 12)
        let ends = (one(.pullRequestSourceBranch), one(.pullRequestTargetBranch))
        return ends == ("", "") ? line : line + " pr=\(one(.pullRequestNumber)):\(ends.0)>\(ends.1)"
    }
}
