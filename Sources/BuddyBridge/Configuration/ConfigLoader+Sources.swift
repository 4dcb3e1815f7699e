import Bridge
import BridgeServer
import Foundation
import Signatures

/// `sources`: who may send.
extension ConfigLoader {
    static let sourceKeys = [
        "provider", "tolerance", "reply_within", "dedupe", "dedupe_window", "failure_status", "max_body", "reply",
        "allow_from",
    ]

    func loadSources(_ limits: Limits) {
        let sections = required("sources")
        let sources = entries(sections, "'sources'", of: "source")
        if sources.isEmpty, let section = sections.first, section.isMapping {
            section.error("'sources' is empty: nobody could send anything")
        }
        for entry in sources {
            sourceNodes[entry.key] = entry.keyNode
            guard Self.isURLSegment(entry.key) else {
                entry.keyNode.error(
                    "'\(entry.key)' cannot be a part of a URL: letters, digits, '.', '_' and '-' make a source's name")
                continue
            }
            loadSource(entry, limits)
        }
        warnOfEqualSecrets()
    }

    private static func isURLSegment(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && name != "." && name != ".."
            && name.unicodeScalars.allSatisfy { scalar in
                switch scalar {
                case "a"..."z", "A"..."Z", "0"..."9", ".", "_", "-": true
                default: false
                }
            }
    }

    private func loadSource(_ entry: ConfigMapping.Entry, _ limits: Limits) {
        let what = "the source '\(entry.key)'"
        guard let any = entry.value.mapping(what), let providerNode = any.required("provider", in: what),
            let name = providerNode.text("'provider'")
        else { return }
        guard let kind = ProviderCatalog.entry(name) else {
            let names = ProviderCatalog.entries.map(\.name)
            let suggestion = Suggestion.nearest(to: name, among: names)
            let list = suggestion == nil ? ": there are \(names.joined(separator: ", "))" : ""
            return providerNode.error("unknown provider '\(name)'\(list)", didYouMean: suggestion)
        }
        guard let map = entry.value.mapping(what, keys: Self.sourceKeys + kind.keys) else { return }
        do {
            let provider = try kind.make(providerSettings(map))
            add(entry, map, provider, limits)
        } catch {
            (map[error.key] ?? map.node).error("\(what): \(error.message)")
            // Its secrets are looked at all the same: every error at once.
            _ = loadSecrets(map, entry.key, [.text])
        }
    }

    private func add(
        _ entry: ConfigMapping.Entry, _ map: ConfigMapping, _ provider: any Provider, _ limits: Limits
    ) {
        let traits = provider.traits
        let credentials = loadCredentials(map, entry.key, traits)
        let dedupe: DedupePolicy? = map["dedupe"]?.choice("'dedupe'") ?? traits.dedupe
        guard let dedupe else {
            return entry.value.error(
                "the source '\(entry.key)' signs neither an id nor a time: say what tells two deliveries apart, "
                    + "'dedupe: id', 'body', 'both' or 'none'")
        }
        var source = Source(
            name: entry.key, provider: provider, credentials: credentials ?? Credentials(), dedupe: dedupe,
            bodyLimit: traits.bodyLimit ?? limits.body ?? 25 << 20)
        if let value = map["max_body"]?.size("'max_body'") { source.bodyLimit = value }
        if source.bodyLimit > configuration.listen.inFlight / 4 {
            (map["max_body"] ?? entry.value).error(
                "the largest body is more than a quarter of 'limits.in_flight', which is what one client may hold")
        }
        if let value = map["tolerance"]?.duration("'tolerance'") { source.tolerance = value }
        if let value = map["reply_within"]?.duration("'reply_within'") { source.replyWithin = value }
        if let value = map["dedupe_window"]?.duration("'dedupe_window'") { source.dedupeWindow = value }
        if source.dedupeWindow < source.tolerance * 2 {
            (map["dedupe_window"] ?? entry.value).error("'dedupe_window' must be at least twice 'tolerance'")
        }
        if let node = map["failure_status"], let text = node.text("'failure_status'") {
            if traits.isChat {
                node.error("a chat always gets 200: 'failure_status' is for other sources")
            } else if let status = Int(text), [200, 502].contains(status) {
                source.failureStatus = status
            } else {
                node.error("'failure_status' is 200 or 502, not '\(text)'")
            }
        }
        if let audience: ReplyWishes.Audience = map["reply"]?.choice("'reply'") { source.audience = audience }
        source.allowFrom = map["allow_from"].map { addressRanges($0, "an address of 'allow_from'") } ?? []
        loadCatchUps(map["catch_up"], of: entry.key)
        if credentials != nil { configuration.sources.append(source) }
    }

    /// Two sources with one secret: what was sent to the one can be replayed to the other.
    private func warnOfEqualSecrets() {
        guard needs == .all else { return }
        var owners: [String: String] = [:]
        for source in configuration.sources {
            for fingerprint in Set(source.credentials.secrets.map(\.fingerprint)) {
                if let other = owners[fingerprint], let node = sourceNodes[source.name] {
                    node.warning(
                        "the sources '\(other)' and '\(source.name)' share a secret: a capture replays across")
                }
                owners[fingerprint] = source.name
            }
        }
    }
}
