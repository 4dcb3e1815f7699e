import Signatures

/// The configuration in force, as it may be shown: references instead of secrets.
package struct Outline: Encodable {
    struct SourceView: Encodable {
        var name: String
        var provider: String
        var secrets: [String]
        var replyWithinSeconds: Double
        var dedupe: String
        var bodyLimit: Int

        private enum CodingKeys: String, CodingKey {
            case name, provider, secrets, dedupe
            case replyWithinSeconds = "reply_within_seconds"
            case bodyLimit = "body_limit"
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

    private enum CodingKeys: String, CodingKey {
        case sources, routes
        case dryRun = "dry_run"
    }
}

extension RuleBook {
    package var outline: Outline {
        Outline(
            sources: sources.values.sorted { $0.name < $1.name }.map { source in
                .init(
                    name: source.name, provider: source.provider.traits.name,
                    secrets: source.secrets.map { "\($0.reference)" },
                    replyWithinSeconds: source.replyWithin.seconds, dedupe: source.dedupe.rawValue,
                    bodyLimit: source.bodyLimit)
            },
            routes: planner.router.routes.map { route in
                .init(
                    name: route.name, sources: route.sources.sorted(), dryRun: route.isDryRun,
                    continue: route.continues)
            },
            dryRun: planner.isDryRun)
    }
}
