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

        /// Where the token for a domain at a Buddy is kept. Nil where none is for both: a token is sent to its own Buddy
        /// only, whatever has been configured since a run was taken in.
        func tokenReference(of domain: String, at base: String) -> SecretReference? {
            if let workspace = workspaces[domain], workspace.url == base { return workspace.token }
            return url == base ? token : nil
        }
    }

    enum JournalLocation: Equatable {
        /// A file, absolute.
        case sqlite(path: String)
        /// Of the database's address, which may hold a password.
        case postgreSQL(SecretReference)

        /// `sqlite:PATH`, or a reference to the address of a PostgreSQL database. Nil for anything else.
        ///
        /// - Parameter folder: what a relative path is relative to.
        init?(_ text: String, folder: String) {
            if text.hasPrefix("sqlite:"), text.count > 7 {
                let path = String(text.dropFirst(7))
                self = .sqlite(path: path.hasPrefix("/") ? path : folder + "/" + path)
            } else if let reference = SecretReference(text) {
                self = .postgreSQL(reference)
            } else {
                return nil
            }
        }
    }

    struct Log: Equatable {
        enum Format: String, CaseIterable {
            case json, text
        }

        var format: Format?
        var level = "info"
    }

    var buddy = Buddy()
    var listen = Listener.Settings()
    var admin: AdminSettings?
    var journal: JournalLocation
    var sources: [Source] = []
    /// Where senders are asked for what they could not deliver.
    var catchUps: [CatchUpSettings] = []
    var routes: [Route] = []
    /// The file's own, of its rules.
    var tests: [RuleTest] = []
    var dispatch = DispatchRules()
    /// What is kept of deliveries that are over.
    var retention = Retention()
    /// How long a shutdown may take before what is left is cancelled, to be taken up again later.
    var shutdownTime: Duration = .seconds(40)
    var log = Log()
    var secrets: SecretReader
    /// The files that it was made of, absolute; the main one is the first.
    var files: [String] = []
    /// What these files held: SHA-256 over all of them, one after the other, as 64 hexadecimal digits.
    var version = ""
    /// What stood in them, and in the files that it takes secrets and keys from.
    var filesRead: [String: String] = [:]

    /// - Parameter isDryRun: whether everything is decided and recorded only.
    func ruleBook(isDryRun: Bool = false) -> RuleBook {
        RuleBook(
            sources: sources,
            planner: Planner(
                router: Router(routes: routes), buddy: buddy.directory, isDryRun: isDryRun, version: version))
    }
}
