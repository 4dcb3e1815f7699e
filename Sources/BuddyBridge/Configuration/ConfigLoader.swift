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

    /// Of the main file.
    let diagnostics: Diagnostics
    let files: ConfigFiles
    let secrets: SecretReader
    private let filesRead = FilesRead()
    let needs: Secrets
    var configuration: Configuration
    var groups: [String: [String]] = [:]
    var maps: [String: [String: String]] = [:]
    /// Where each source stands.
    var sourceNodes: [String: ConfigNode] = [:]
    /// The routes by now, without those of whose conditions some could not be read.
    var earlierRoutes = EarlierRoutes()
    var writtenRoutes: [WrittenRoute] = []
    /// The templates of the route that is being read.
    var routeTemplates: [(node: ConfigNode, template: Template)] = []

    private init(path: String, environment: [String: String], needs: Secrets) {
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        let folder = URL(fileURLWithPath: absolute).deletingLastPathComponent().path
        diagnostics = Diagnostics(file: path)
        files = ConfigFiles(absolute, diagnostics, filesRead)
        secrets = SecretReader(environment: environment, folder: folder, filesRead: filesRead)
        self.needs = needs
        configuration = Configuration(
            journal: .sqlite(path: folder + "/data/bridge.sqlite"),
            secrets: SecretReader(environment: environment, folder: folder))
        configuration.files = files.paths
        configuration.version = files.version
    }

    /// Loads a file, and those that it includes. References go from any of them to any other. Paths of secrets, of the
    /// journal and of `ca` are relative to the main file's folder, wherever they are written.
    ///
    /// - Returns: the configuration, and warnings.
    /// - Throws: ``InvalidConfiguration`` with every error and warning.
    static func load(
        _ path: String, needs: Secrets = .all,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> (Configuration, [Diagnostics.Diagnostic]) {
        let loader = ConfigLoader(path: path, environment: environment, needs: needs)
        if let main = loader.files.main { loader.load(main) }
        guard !loader.diagnostics.hasErrors else {
            throw InvalidConfiguration(diagnostics: loader.diagnostics.sorted, filesRead: loader.filesRead.all)
        }
        loader.configuration.filesRead = loader.filesRead.all
        return (loader.configuration, loader.diagnostics.sorted)
    }

    private func load(_ main: ConfigMapping) {
        loadBuddy(main.required("buddy", in: "the file"))
        loadListen(main["listen"])
        loadAdmin(main["admin"])
        loadJournal(main["journal"])
        let limits = loadLimits(main["limits"])
        loadDispatch(main["dispatch"])
        loadRetention(main["retention"])
        loadLog(main["log"])
        loadGroups()
        loadMaps()
        loadSources(limits)
        loadRoutes()
        loadTests()
    }

    /// The sections of this name, one of each file that has it; one of them must.
    func required(_ section: String) -> [ConfigNode] {
        let found = files[section]
        if found.isEmpty { _ = files.main?.required(section, in: "the file") }
        return found
    }

    /// What maps of several files hold together. A name that is in two of them is reported, and then left out.
    ///
    /// - Parameter kind: of what they hold, for the message.
    func entries(_ sections: [ConfigNode], _ what: String, of kind: String) -> [ConfigMapping.Entry] {
        var places: [String: ConfigNode] = [:]
        return sections.flatMap { $0.mapping(what)?.entries ?? [] }.filter { entry in
            if let other = places[entry.key] {
                entry.keyNode.error("there is another \(kind) '\(entry.key)' in \(other.place)")
                return false
            }
            places[entry.key] = entry.keyNode
            return true
        }
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

    private func loadGroups() {
        for entry in entries(files["groups"], "'groups'", of: "group") {
            groups[entry.key] = entry.value.texts("a member of the group '\(entry.key)'")
        }
    }

    private func loadMaps() {
        for map in entries(files["maps"], "'maps'", of: "map") {
            for entry in map.value.mapping("the map '\(map.key)'")?.entries ?? [] {
                maps[map.key, default: [:]][entry.key] = entry.value.text("an entry of the map '\(map.key)'")
            }
        }
    }
}
