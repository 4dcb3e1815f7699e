import Bridge
import BridgeServer
import Foundation
import Signatures

/// Makes a ``Configuration`` of a file, or tells everything that is wrong with it.
final class ConfigLoader {
    /// Which secrets must be there.
    enum Secrets: Equatable {
        case all
        /// None: sources get throwaway secrets, for checking and explaining rules where the real ones are not.
        case none
        /// Those of one source only, for signing as it would.
        case of(source: String)
    }

    let diagnostics: Diagnostics
    let secrets: SecretReader
    let needs: Secrets
    var configuration: Configuration
    var groups: [String: [String]] = [:]
    var maps: [String: [String: String]] = [:]
    /// Where each source stands in the file.
    var sourceNodes: [String: ConfigNode] = [:]

    private init(path: String, environment: [String: String], needs: Secrets) {
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        let folder = URL(fileURLWithPath: absolute).deletingLastPathComponent().path
        diagnostics = Diagnostics(file: path)
        secrets = SecretReader(environment: environment, folder: folder)
        self.needs = needs
        configuration = Configuration(journal: .sqlite(path: folder + "/data/bridge.sqlite"), secrets: secrets)
    }

    /// Loads a file.
    ///
    /// - Returns: the configuration, and warnings.
    /// - Throws: ``InvalidConfiguration`` with every error and warning.
    static func load(
        _ path: String, needs: Secrets = .all,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> (Configuration, [Diagnostics.Diagnostic]) {
        let loader = ConfigLoader(path: path, environment: environment, needs: needs)
        if let root = ConfigFile.read(path, loader.diagnostics) { loader.load(root) }
        guard !loader.diagnostics.hasErrors else {
            throw InvalidConfiguration(diagnostics: loader.diagnostics.sorted)
        }
        return (loader.configuration, loader.diagnostics.sorted)
    }

    private static let sections = [
        "buddy", "listen", "admin", "journal", "sources", "groups", "maps", "routes", "tests", "limits", "dispatch",
        "retention",
        "log",
    ]

    private func load(_ root: ConfigNode) {
        guard let file = root.mapping("the file", keys: Self.sections) else { return }
        loadBuddy(file.required("buddy", in: "the file"))
        loadListen(file["listen"])
        loadAdmin(file["admin"])
        loadJournal(file["journal"])
        let limits = loadLimits(file["limits"])
        loadDispatch(file["dispatch"])
        loadRetention(file["retention"])
        loadLog(file["log"])
        loadGroups(file["groups"])
        loadMaps(file["maps"])
        loadSources(file.required("sources", in: "the file"), limits)
        loadRoutes(file.required("routes", in: "the file"))
        loadTests(file["tests"])
    }

    /// A secret that must be there now; a throwaway where this load does without. Nil after a report.
    func secret(_ node: ConfigNode, _ what: String, isNeeded: Bool) -> Secret? {
        node.secretReference(what).flatMap { secret($0, node, what, isNeeded: isNeeded) }
    }

    func secret(_ reference: SecretReference, _ node: ConfigNode, _ what: String, isNeeded: Bool) -> Secret? {
        guard isNeeded else { return .throwaway() }
        do {
            return try secrets.read(reference)
        } catch {
            node.error("\(what): \(error.message)")
            return nil
        }
    }

    private func loadGroups(_ node: ConfigNode?) {
        for entry in node?.mapping("'groups'")?.entries ?? [] {
            groups[entry.key] = entry.value.texts("a member of the group '\(entry.key)'")
        }
    }

    private func loadMaps(_ node: ConfigNode?) {
        for map in node?.mapping("'maps'")?.entries ?? [] {
            for entry in map.value.mapping("the map '\(map.key)'")?.entries ?? [] {
                maps[map.key, default: [:]][entry.key] = entry.value.text("an entry of the map '\(map.key)'")
            }
        }
    }
}
