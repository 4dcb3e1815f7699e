package import FoundationEssentials

/// The configuration in force, as it may be shown: references instead of secrets.
package struct Outline: Encodable {
    struct SourceView: Encodable {
        var name: String
        var provider: String
        var secrets: [CredentialView]
        var replyWithinSeconds: Double
        var dedupe: String
        var bodyLimit: Int

        private enum CodingKeys: String, CodingKey {
            case name, provider, secrets, dedupe
            case replyWithinSeconds = "reply_within_seconds"
            case bodyLimit = "body_limit"
        }
    }

    struct CredentialView: Encodable {
        var position: Int
        var name: String
        /// Of the deliveries that the journal has. Nil when it proved none of them.
        var lastVerified: String?

        private enum CodingKeys: String, CodingKey {
            case position, name
            case lastVerified = "last_verified"
        }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: CodingKeys.self)
            try container.encode(position, forKey: .position)
            try container.encode(name, forKey: .name)
            try container.encode(lastVerified, forKey: .lastVerified)
        }
    }

    struct RouteView: Encodable {
        var name: String
        var sources: [String]
        var dryRun: Bool
        var `continue`: Bool

        private enum CodingKeys: String, CodingKey {
            case name, sources, `continue`
            case dryRun = "dry_run"
        }
    }

    let sources: [SourceView]
    let routes: [RouteView]
    let dryRun: Bool
    let version: String
    let loadedAt: String
    /// Nil until the first one.
    let reload: ReloadReport?

    private enum CodingKeys: String, CodingKey {
        case sources, routes, version, reload
        case dryRun = "dry_run"
        case loadedAt = "loaded_at"
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(sources, forKey: .sources)
        try container.encode(routes, forKey: .routes)
        try container.encode(dryRun, forKey: .dryRun)
        try container.encode(version, forKey: .version)
        try container.encode(loadedAt, forKey: .loadedAt)
        try container.encode(reload, forKey: .reload)
    }
}

extension RuleBook {
    /// - Parameters:
    ///   - lastUses: when each credential last proved a delivery, by source.
    ///   - reload: what came of the last one. Nil before the first.
    package func outline(lastUses: [String: [String: Date]], reload: ReloadReport?) -> Outline {
        Outline(
            sources: sources.values.sorted { $0.name < $1.name }.map { source in
                .init(
                    name: source.name, provider: source.provider.traits.name,
                    secrets: credentials(of: source, lastUses[source.name] ?? [:]),
                    replyWithinSeconds: source.replyWithin.seconds, dedupe: source.dedupe.rawValue,
                    bodyLimit: source.bodyLimit)
            },
            routes: planner.router.routes.map { route in
                .init(
                    name: route.name, sources: route.sources.sorted(), dryRun: route.isDryRun,
                    continue: route.continues)
            },
            dryRun: planner.isDryRun, version: version, loadedAt: Timestamp.text(loadedAt), reload: reload)
    }

    /// Those that are configured and, of keys that the sender publishes, those that were seen.
    private func credentials(of source: Source, _ lastUses: [String: Date]) -> [Outline.CredentialView] {
        let names =
            source.credentials.published == nil
            ? source.credentials.names : lastUses.keys.sorted().map { CredentialName(position: 0, name: $0) }
        return names.map { credential in
            .init(
                position: credential.position, name: credential.name,
                lastVerified: lastUses[credential.name].map(Timestamp.text))
        }
    }
}
