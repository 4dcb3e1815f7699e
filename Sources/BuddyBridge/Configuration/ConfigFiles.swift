import Foundation
import Signatures

/// The files of a configuration, read: the main one, and those of its list `include`.
struct ConfigFiles {
    /// What may stand in every file.
    static let shared = ["sources", "groups", "maps", "routes", "tests"]
    /// What may stand in the main file.
    static let sections =
        ["include", "buddy", "listen", "admin", "journal"] + shared + ["limits", "dispatch", "retention", "log"]
    /// How many files the main one may include.
    static let most = 100

    /// Absolute, in the order of their reading; the main one is the first. Those that cannot be read are among them.
    private(set) var paths: [String] = []
    /// The sections of each file that has any.
    private(set) var maps: [ConfigMapping] = []
    private var contents: [UInt8] = []
    private let filesRead: FilesRead

    /// SHA-256 over what all of them hold, one after the other: 64 hexadecimal digits.
    var version: String { Fingerprint.sha256(contents) }

    /// Reads them, and reports what is no configuration.
    ///
    /// - Parameters:
    ///   - path: of the main file, absolute.
    ///   - diagnostics: of the main file.
    ///   - filesRead: is told what is read.
    init(_ path: String, _ diagnostics: Diagnostics, _ filesRead: FilesRead) {
        self.filesRead = filesRead
        guard let bytes = read(path) else {
            diagnostics.error("the file cannot be read", at: nil)
            return
        }
        guard let root = ConfigFile.parse(bytes, diagnostics), let main = root.mapping("the file", keys: Self.sections)
        else { return }
        maps = [main]
        if let list = main["include"] { include(list) }
    }

    /// The main file's sections.
    var main: ConfigMapping? { maps.first }

    /// What the files say under a key, in their order.
    subscript(key: String) -> [ConfigNode] { maps.compactMap { $0[key] } }

    private mutating func read(_ path: String) -> [UInt8]? {
        paths.append(path)
        let bytes = ConfigFile.bytes(path)
        filesRead.note(path, bytes)
        contents += bytes ?? []
        return bytes
    }

    private mutating func include(_ list: ConfigNode) {
        guard list.isSequence else { return list.error("'include' is a list of files") }
        let elements = list.elements()
        if elements.count > Self.most { list.error("'include' names more than \(Self.most) files") }
        for element in elements.prefix(Self.most) {
            guard let name = element.text("a file of 'include'") else { continue }
            guard !name.isEmpty, !name.contains(where: { "*?[".contains($0) }) else {
                element.error("'include' names files one by one: '\(name)' is no name of a file")
                continue
            }
            let path = Self.beside(paths[0], name)
            guard !paths.contains(where: { Self.real($0) == Self.real(path) }) else {
                element.error("the file '\(name)' is here twice")
                continue
            }
            guard let bytes = read(path) else {
                element.error("the file '\(name)' cannot be read")
                continue
            }
            let diagnostics = list.diagnostics.of(file: Self.beside(list.diagnostics.file, name))
            if let map = Self.included(bytes, diagnostics) { maps.append(map) }
        }
    }

    private static func included(_ bytes: [UInt8], _ diagnostics: Diagnostics) -> ConfigMapping? {
        guard let map = ConfigFile.parse(bytes, diagnostics)?.mapping("the file") else { return nil }
        for entry in map.entries where !shared.contains(entry.key) {
            if sections.contains(entry.key) {
                entry.keyNode.error(
                    "'\(entry.key)' is for the main file: a file that is included holds "
                        + shared.dropLast().joined(separator: ", ") + " and \(shared.last ?? "") only")
            } else {
                entry.keyNode.unknownKey(in: "a file that is included", known: shared)
            }
        }
        return map
    }

    /// A path as it is meant by a file: relative to the folder in which that is.
    static func beside(_ file: String, _ name: String) -> String {
        guard !name.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return name }
        return file[...slash] + name
    }

    private static func real(_ path: String) -> String {
        URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.path
    }
}
