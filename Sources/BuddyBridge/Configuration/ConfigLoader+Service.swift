import Bridge
import BridgeServer
import Foundation
import JournalStore
import Signatures

/// The sections about the service itself.
extension ConfigLoader {
    static let buddyKeys = ["url", "token", "timeout", "ca", "workspaces"]
    static let workspaceKeys = ["url", "token"]
    static let listenKeys = ["host", "port", "trusted_proxies"]
    static let adminKeys = ["host", "port", "token", "open_metrics"]
    static let limitKeys = ["body", "in_flight", "header", "body_time", "connections", "shutdown_time"]
    static let dispatchKeys = ["concurrency", "lease", "retry", "breaker", "list_pages", "waiting_statuses"]
    static let retryKeys = ["first", "longest", "give_up_after"]
    static let breakerKeys = ["failures", "pause"]
    static let retentionKeys = ["age", "deliveries"]
    static let logKeys = ["format", "level"]
    static let logLevels = ["trace", "debug", "info", "notice", "warning", "error", "critical"]

    func loadBuddy(_ node: ConfigNode?) {
        guard let buddy = node?.mapping("'buddy'", keys: Self.buddyKeys) else {
            return
        }
        if let url = buddy["url"].flatMap({ apiURL($0) }) { configuration.buddy.url = url }
        configuration.buddy.token = buddy["token"].flatMap(token)
        if let timeout = buddy["timeout"]?.duration("'timeout'") { configuration.dispatch.callTimeout = timeout }
        if let ca = buddy["ca"], let path = ca.text("'ca'") {
            configuration.buddy.certificateAuthority = secrets.absolute(path)
            if !FileManager.default.isReadableFile(atPath: secrets.absolute(path)) {
                ca.error("'ca': the file \(path) cannot be read")
            }
        }
        for entry in buddy["workspaces"]?.mapping("'workspaces'")?.entries ?? [] { loadWorkspace(entry) }
        if buddy["token"] == nil, configuration.buddy.workspaces.isEmpty {
            buddy.node.error("'buddy' needs 'token', or 'workspaces' with a token each")
        }
    }

    private func loadWorkspace(_ entry: ConfigMapping.Entry) {
        let what = "the workspace '\(entry.key)'"
        guard let workspace = entry.value.mapping(what, keys: Self.workspaceKeys) else { return }
        let url = workspace["url"].flatMap({ apiURL($0) }) ?? configuration.buddy.url
        if let node = workspace["token"] {
            if let token = token(node) { configuration.buddy.workspaces[entry.key] = .init(url: url, token: token) }
        } else if let token = configuration.buddy.token {
            configuration.buddy.workspaces[entry.key] = .init(url: url, token: token)
        } else {
            workspace.node.error("\(what) needs 'token': there is none to inherit")
        }
    }

    /// Tokens are read for each call; here it is seen whether they can be.
    private func token(_ node: ConfigNode) -> SecretReference? {
        guard let reference = node.secretReference("'token'") else { return nil }
        _ = secret(reference, node, "'token'", isNeeded: needs == .all)
        return reference
    }

    /// https, or http to this machine for a sandbox: a token never crosses a network in the clear.
    ///
    /// - Parameter example: for the message.
    func apiURL(_ node: ConfigNode, like example: String = "https://api.buddy.works,") -> String? {
        guard let text = node.text("'url'") else { return nil }
        guard let url = URL(string: text), url.host() != nil, ["https", "http"].contains(url.scheme),
            url.query() == nil, url.fragment() == nil, url.user() == nil
        else {
            // Not repeated: there may be a password in it.
            node.error("'url' is the base of an API like \(example) and nothing more")
            return nil
        }
        if !Self.isSafe(url) {
            node.error("'url' must be https: the token would cross the network in the clear")
        }
        return text.hasSuffix("/") ? String(text.dropLast()) : text
    }

    /// Whether what is fetched from there cannot be read or changed on the way.
    static func isSafe(_ url: URL) -> Bool {
        url.scheme == "https" || url.scheme == "http" && ["127.0.0.1", "localhost", "::1"].contains(url.host())
    }

    func loadListen(_ node: ConfigNode?) {
        guard let listen = node?.mapping("'listen'", keys: Self.listenKeys) else { return }
        if let host = listen.text("host") { configuration.listen.host = host }
        if let port = listen["port"]?.number("'port'", in: 0...65_535) { configuration.listen.port = port }
        if let node = listen["trusted_proxies"] {
            configuration.listen.trustedProxies = addressRanges(node, "a trusted proxy")
        }
    }

    func addressRanges(_ node: ConfigNode, _ what: String) -> [AddressRange] {
        node.elements().compactMap { element in
            guard let text = element.text(what) else { return nil }
            let range = AddressRange(text)
            if range == nil { element.error("\(what) is an address or a range like 10.0.0.0/8, not '\(text)'") }
            return range
        }
    }

    func loadAdmin(_ node: ConfigNode?) {
        guard let admin = node?.mapping("'admin'", keys: Self.adminKeys) else { return }
        let token = admin["token"].map { secret($0, "'token'", isNeeded: needs == .all) }
        if token == nil {
            admin.node.warning("'admin' has no 'token': there will be no admin port")
        }
        var settings = AdminSettings(token: (token ?? nil) ?? .throwaway())
        if let host = admin.text("host") { settings.host = host }
        if let port = admin["port"]?.number("'port'", in: 0...65_535) { settings.port = port }
        if let open = admin["open_metrics"]?.flag("'open_metrics'") { settings.openMetrics = open }
        if token != nil { configuration.admin = settings }
    }

    /// `sqlite:PATH`, or a reference to the address of a PostgreSQL database, which may hold a password.
    func loadJournal(_ node: ConfigNode?) {
        guard let node, let text = node.text("'journal'") else { return }
        guard let location = Configuration.JournalLocation(text, folder: secrets.folder) else {
            // Only what looks like the beginning of an address is repeated: there may be a password in the rest.
            let scheme = text.prefix { $0 != ":" }
            let isScheme = scheme.count < text.count && scheme.allSatisfy { $0.isLetter || $0.isNumber }
            return node.error(
                "'journal' is sqlite:PATH, or env:NAME or file:/path with the address of a PostgreSQL database"
                    + (isScheme ? ", not '\(scheme):…'" : ""))
        }
        configuration.journal = location
        guard case .postgreSQL(let reference) = location, needs == .all,
            let address = secret(reference, node, "'journal'", isNeeded: true)
        else { return }
        if PostgreSQLAddress(address) == nil { node.error("'journal': \(PostgreSQLAddress.explanation(reference))") }
    }

    /// What applies to every source.
    struct Limits {
        var body: Int?
    }

    func loadLimits(_ node: ConfigNode?) -> Limits {
        var limits = Limits()
        guard let section = node?.mapping("'limits'", keys: Self.limitKeys) else { return limits }
        limits.body = section["body"]?.size("'body'")
        if let inFlight = section["in_flight"]?.size("'in_flight'") { configuration.listen.inFlight = inFlight }
        if let header = section["header"]?.size("'header'") { configuration.listen.headerLimit = header }
        if let time = section["body_time"]?.duration("'body_time'") { configuration.listen.bodyTime = time }
        if let connections = section["connections"]?.number("'connections'", in: 1...100_000) {
            configuration.listen.connections = connections
        }
        if let time = section["shutdown_time"]?.duration("'shutdown_time'") { configuration.shutdownTime = time }
        return limits
    }

    func loadDispatch(_ node: ConfigNode?) {
        let dispatch = node?.mapping("'dispatch'", keys: Self.dispatchKeys)
        if let value = dispatch?["concurrency"]?.number("'concurrency'", in: 1...1000) {
            configuration.dispatch.concurrency = value
        }
        if let value = dispatch?["lease"]?.duration("'lease'") { configuration.dispatch.lease = value }
        if let value = dispatch?["list_pages"]?.number("'list_pages'", in: 1...100) {
            configuration.dispatch.listPages = value
        }
        if let statuses = dispatch?["waiting_statuses"] {
            configuration.dispatch.waitingStatuses = Set(statuses.texts("a waiting status"))
        }
        if let retry = dispatch?["retry"]?.mapping("'retry'", keys: Self.retryKeys) {
            if let value = retry["first"]?.duration("'first'") { configuration.dispatch.firstRetry = value }
            if let value = retry["longest"]?.duration("'longest'") { configuration.dispatch.longestRetry = value }
            if let value = retry["give_up_after"]?.duration("'give_up_after'") {
                configuration.dispatch.giveUpAfter = value
            }
        }
        if let breaker = dispatch?["breaker"]?.mapping("'breaker'", keys: Self.breakerKeys) {
            if let value = breaker["failures"]?.number("'failures'", in: 1...1000) {
                configuration.dispatch.breakerFailures = value
            }
            if let value = breaker["pause"]?.duration("'pause'") { configuration.dispatch.breakerPause = value }
        }
        let rules = configuration.dispatch
        if rules.lease <= rules.callTimeout + .seconds(5) {
            (dispatch?["lease"] ?? dispatch?.node).map {
                $0.error("'lease' must be longer than 'buddy.timeout' and 5 s: a call could outlive it")
            } ?? diagnostics.error("'buddy.timeout' leaves no room in 'dispatch.lease', which is 60s", at: nil)
        }
    }

    func loadRetention(_ node: ConfigNode?) {
        let retention = node?.mapping("'retention'", keys: Self.retentionKeys)
        if let age = retention?["age"]?.duration("'age'") { configuration.retention.age = age }
        if let value = retention?["deliveries"]?.number("'deliveries'", in: 1...100_000_000) {
            configuration.retention.deliveries = value
        }
    }

    func loadLog(_ node: ConfigNode?) {
        let log = node?.mapping("'log'", keys: Self.logKeys)
        configuration.log.format = log?["format"]?.choice("'format'")
        if let level = log?["level"], let text = level.text("'level'") {
            if Self.logLevels.contains(text) {
                configuration.log.level = text
            } else {
                level.error(
                    "'level' is one of \(Self.logLevels.joined(separator: ", ")), not '\(text)'",
                    didYouMean: Suggestion.nearest(to: text, among: Self.logLevels))
            }
        }
    }
}
