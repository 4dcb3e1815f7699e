import Bridge
import BridgeServer
import Foundation
import Signatures

/// `sources`: who may send.
extension ConfigLoader {
    private static let keys = [
        "provider", "secrets", "tolerance", "reply_within", "dedupe", "dedupe_window", "failure_status", "max_body",
        "reply",
    ]

    func loadSources(_ node: ConfigNode?, _ limits: Limits) {
        guard let sources = node?.mapping("'sources'") else { return }
        if sources.entries.isEmpty { sources.node.error("'sources' is empty: nobody could send anything") }
        for entry in sources.entries {
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
            return providerNode.error(
                "unknown provider '\(name)': there are \(names.joined(separator: ", "))",
                didYouMean: Suggestion.nearest(to: name, among: names))
        }
        guard let map = entry.value.mapping(what, keys: Self.keys + kind.settingKeys.sorted()) else { return }
        let settings = providerSettings(map)
        let secrets = loadSecrets(map, entry.key, settings)
        do {
            let provider = try kind.make(settings)
            add(entry, map, provider, secrets, limits)
        } catch {
            (map[error.key] ?? map.node).error("\(what): \(error.message)")
        }
    }

    private func loadSecrets(
        _ map: ConfigMapping, _ name: String, _ settings: ProviderSettings
    ) -> [Secret]? {
        let what = "the source '\(name)'"
        guard let node = map.required("secrets", in: what) else { return nil }
        let isNeeded = needs == .all || needs == .of(source: name)
        let elements = node.elements()
        if elements.isEmpty { node.error("'secrets' is empty: nobody could be verified") }
        let secrets = elements.compactMap { element -> Secret? in
            guard let secret = secret(element, "a secret of \(what)", isNeeded: isNeeded) else { return nil }
            if let encoding = settings.signature?.key, secret.decoded(as: encoding) == nil {
                element.error("a secret of \(what) is not \(encoding.rawValue), as 'key' says")
            }
            return secret
        }
        return secrets.count == elements.count && !secrets.isEmpty ? secrets : nil
    }

    private func add(
        _ entry: ConfigMapping.Entry, _ map: ConfigMapping, _ provider: any Provider, _ secrets: [Secret]?,
        _ limits: Limits
    ) {
        let traits = provider.traits
        let dedupe: DedupePolicy? = map["dedupe"]?.choice("'dedupe'") ?? traits.dedupe
        guard let dedupe else {
            return entry.value.error(
                "the source '\(entry.key)' signs neither an id nor a time: say what tells two deliveries apart, "
                    + "'dedupe: id', 'body', 'both' or 'none'")
        }
        var source = Source(
            name: entry.key, provider: provider, secrets: secrets ?? [], dedupe: dedupe,
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
        if secrets != nil { configuration.sources.append(source) }
    }

    /// Two sources with one secret: what was sent to the one can be replayed to the other.
    private func warnOfEqualSecrets() {
        guard needs == .all else { return }
        var owners: [String: String] = [:]
        for source in configuration.sources {
            for fingerprint in Set(source.secrets.map(\.fingerprint)) {
                if let other = owners[fingerprint], let node = sourceNodes[source.name] {
                    diagnostics.warning(
                        "the sources '\(other)' and '\(source.name)' share a secret: a capture replays across",
                        at: node.mark)
                }
                owners[fingerprint] = source.name
            }
        }
    }

    // MARK: What some providers need

    private func providerSettings(_ map: ConfigMapping) -> ProviderSettings {
        var settings = ProviderSettings()
        settings.signature = map["signature"].flatMap(signature)
        if let timestamp = map["timestamp"]?.mapping("'timestamp'", keys: ["header", "unit"]),
            let header = timestamp.required("header", in: "'timestamp'")?.text("'header'")
        {
            settings.timestamp = .init(header: header, unit: timestamp["unit"]?.choice("'unit'") ?? .s)
        }
        if let id = map["id"]?.mapping("'id'", keys: ["header"]) {
            settings.idHeader = id.required("header", in: "'id'")?.text("'header'")
        }
        if let event = map["event"]?.mapping("'event'", keys: ["header", "payload"]) {
            settings.event = eventName(event)
        }
        warnOfUnsigned(settings, map)
        return settings
    }

    private func signature(_ node: ConfigNode) -> ProviderSettings.Signature? {
        let keys = ["header", "algorithm", "key", "encoding", "prefix", "message"]
        guard let map = node.mapping("'signature'", keys: keys),
            let header = map.required("header", in: "'signature'")?.text("'header'")
        else { return nil }
        var signature = ProviderSettings.Signature(header: header)
        if let value: HashAlgorithm = map["algorithm"]?.choice("'algorithm'") { signature.algorithm = value }
        if let value: KeyEncoding = map["key"]?.choice("'key'") { signature.key = value }
        if let value: ProviderSettings.TagEncoding = map["encoding"]?.choice("'encoding'") {
            signature.encoding = value
        }
        if let value = map.text("prefix") { signature.prefix = value }
        if let value = map.text("message") { signature.message = value }
        return signature
    }

    private func eventName(_ map: ConfigMapping) -> ProviderSettings.EventName? {
        if let header = map.text("header") { return .header(header) }
        guard let node = map["payload"], let path = node.text("'payload'") else {
            map.node.error("'event' needs 'header' or 'payload'")
            return nil
        }
        do {
            return .payload(try FieldPath.steps(path.hasPrefix("[") ? path : "." + path))
        } catch {
            node.error(error.message)
            return nil
        }
    }

    /// A header outside `message` can be changed by who has captured a request.
    private func warnOfUnsigned(_ settings: ProviderSettings, _ map: ConfigMapping) {
        guard let message = settings.signature?.message.lowercased() else { return }
        if case .header(let header) = settings.event, !message.contains("{header.\(header.lowercased())}") {
            diagnostics.warning(
                "the event's header '\(header)' is not in 'message', so it is not signed", at: map["event"]?.mark)
        }
        if let header = settings.idHeader, !message.contains("{id}"),
            !message.contains("{header.\(header.lowercased())}")
        {
            diagnostics.warning(
                "the id's header '\(header)' is not in 'message', so it is not signed", at: map["id"]?.mark)
        }
    }
}
