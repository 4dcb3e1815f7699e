import Foundation
import Yams

/// Reads a configuration file into nodes with places.
enum ConfigFile {
    private static let largest = 1 << 20

    /// What a file holds, cut after one byte more than is taken. Nil where it cannot be read.
    static func bytes(_ path: String) -> [UInt8]? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? file.close() }
        do {
            return Array(try file.read(upToCount: largest + 1) ?? Data())
        } catch {
            return nil
        }
    }

    /// The root, or nil with what is wrong in `diagnostics`.
    static func parse(_ bytes: [UInt8], _ diagnostics: Diagnostics) -> ConfigNode? {
        guard bytes.count <= largest else {
            diagnostics.error("the file is larger than 1 MiB", at: nil)
            return nil
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            diagnostics.error("the file is not UTF-8", at: nil)
            return nil
        }
        return parse(text, diagnostics)
    }

    private static func parse(_ text: String, _ diagnostics: Diagnostics) -> ConfigNode? {
        diagnostics.text = text
        do {
            // The parser holds the anchors that the nodes refer to: it must live as long as they are looked for.
            let parser = try Parser(yaml: text)
            guard let root = try parser.singleRoot() else {
                diagnostics.error("the file is empty", at: nil)
                return nil
            }
            let isPlain = withExtendedLifetime(parser) { refuseAnchors(in: root, diagnostics) }
            return isPlain ? ConfigNode(node: root, diagnostics: diagnostics) : nil
        } catch let error as YamlError {
            report(error, text, diagnostics)
        } catch {
            diagnostics.error("\(error)", at: nil)
        }
        return nil
    }

    /// An alias repeats what an anchor names, out of sight of who reads a rule: neither is taken.
    private static func refuseAnchors(in node: Node, _ diagnostics: Diagnostics) -> Bool {
        if node.anchor != nil {
            diagnostics.error("YAML anchors and aliases are not taken here: write it out", at: node.mark)
            return false
        }
        return switch node {
        case .scalar: true
        case .alias: false
        case .sequence(let sequence): sequence.allSatisfy { refuseAnchors(in: $0, diagnostics) }
        case .mapping(let mapping):
            mapping.allSatisfy { refuseAnchors(in: $0.key, diagnostics) && refuseAnchors(in: $0.value, diagnostics) }
        }
    }

    private static func report(_ error: YamlError, _ text: String, _ diagnostics: Diagnostics) {
        switch error {
        case .duplicatedKeysInMapping(let keys, let context):
            let names = keys.map { "'\($0)'" }.joined(separator: ", ")
            diagnostics.error("\(names) is there more than once in the same map", at: context.mark)
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
            let line = lines.indices.contains(mark.line - 1) ? lines[mark.line - 1] : ""
            let hint = line.contains("{{") ? "; a value that begins with '{{' must be quoted: \"{{ … }}\"" : ""
            diagnostics.error("not YAML: \(problem)\(hint)", at: mark)
        case .reader(let problem, let offset, _, _):
            // Its own description repeats the line, in which a secret may stand.
            let lines = text.prefix(offset ?? 0).split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
            let column = (lines.last?.unicodeScalars.count ?? 0) + 1
            diagnostics.error("not YAML: \(problem)", line: lines.count, column: column)
        default:
            diagnostics.error("not YAML: \(error)", at: nil)
        }
    }
}
