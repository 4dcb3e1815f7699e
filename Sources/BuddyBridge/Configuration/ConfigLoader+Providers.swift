import Bridge
import Signatures

/// What some providers need besides their credentials.
extension ConfigLoader {
    static let signatureKeys = ["header", "algorithm", "key", "encoding", "prefix", "message"]
    static let timestampKeys = ["header", "unit"]
    static let idKeys = ["header"]
    static let eventKeys = ["header", "payload"]

    func providerSettings(_ map: ConfigMapping) -> ProviderSettings {
        var settings = ProviderSettings()
        settings.signature = map["signature"].flatMap(signature)
        if let timestamp = map["timestamp"]?.mapping("'timestamp'", keys: Self.timestampKeys),
            let header = timestamp.required("header", in: "'timestamp'")?.text("'header'")
        {
            settings.timestamp = .init(header: header, unit: timestamp["unit"]?.choice("'unit'") ?? .s)
        }
        if let id = map["id"]?.mapping("'id'", keys: Self.idKeys) {
            settings.idHeader = id.required("header", in: "'id'")?.text("'header'")
        }
        if let event = map["event"]?.mapping("'event'", keys: Self.eventKeys) {
            settings.event = eventName(event)
        }
        settings.username = map.text("username")
        settings.header = map.text("header")
        settings.audience = map.text("audience")
        warnOfUnsigned(settings, map)
        return settings
    }

    private func signature(_ node: ConfigNode) -> ProviderSettings.Signature? {
        guard let map = node.mapping("'signature'", keys: Self.signatureKeys),
            let header = map.required("header", in: "'signature'")?.text("'header'")
        else { return nil }
        var signature = ProviderSettings.Signature(header: TagHeader(header))
        if let value: HashAlgorithm = map["algorithm"]?.choice("'algorithm'") { signature.header.algorithm = value }
        if let value: KeyEncoding = map["key"]?.choice("'key'") { signature.key = value }
        if let value: TagHeader.Encoding = map["encoding"]?.choice("'encoding'") { signature.header.encoding = value }
        if let value = map.text("prefix") { signature.header.prefix = value }
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
            map["event"]?.warning("the event's header '\(header)' is not in 'message', so it is not signed")
        }
        if let header = settings.idHeader, !message.contains("{id}"),
            !message.contains("{header.\(header.lowercased())}")
        {
            map["id"]?.warning("the id's header '\(header)' is not in 'message', so it is not signed")
        }
    }
}
