import Bridge
import BridgeServer
import Signatures

/// A configuration file, checked and understood.
struct Configuration {
    struct Buddy {
        struct Workspace {
            var url: String
            var token: SecretReference
        }

        var url = "https://api.buddy.works"
        var token: SecretReference?
        /// Of a private certificate authority, absolute.
        var certificateAuthority: String?
        var workspaces: [String: Workspace] = [:]

        /// Which Buddy knows a domain. Domains without a token are not known.
        var directory: BuddyDirectory {
            BuddyDirectory(standard: token == nil ? nil : url, workspaces: workspaces.mapValues(\.url))
        }

        func tokenReference(of domain: String) -> SecretReference? { workspaces[domain]?.token ?? token }
    }

    struct Log {
        enum Format: String, CaseIterable {
            case json, text
        }

        var format: Format?
        var level = "info"
    }

    var buddy = Buddy()
    var listen = Listener.Settings()
    var admin: AdminSettings?
    /// The file of the SQLite journal, absolute.
    var journal: String
    var sources: [Source] = []
    var routes: [Route] = []
    var dispatch = DispatchRules()
    /// How long deliveries are kept.
    var retention: Duration = .seconds(30 * 86_400)
    var log = Log()
    var secrets: SecretReader

    /// - Parameter isDryRun: whether everything is decided and recorded only.
    func ruleBook(isDryRun: Bool = false) -> RuleBook {
        RuleBook(
            sources: sources,
            planner: Planner(router: Router(routes: routes), buddy: buddy.directory, isDryRun: isDryRun))
    }
}
