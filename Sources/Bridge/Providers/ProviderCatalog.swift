/// Every provider there is, by the name that configuration gives it.
package enum ProviderCatalog {
    /// A way to make a provider of one kind.
    package struct Entry: Sendable {
        package var name: String
        /// The keys of a source of this kind that not all kinds have.
        package var keys = ["secrets"]
        package var make: @Sendable (ProviderSettings) throws(ProviderSettings.Invalid) -> any Provider
    }

    package static let entries: [Entry] = [
        // Git.
        Entry(name: "github", keys: ["secrets", "catch_up"]) { _ in GitHub() },
        Entry(name: "gitlab") { _ in GitLab() },
        Entry(name: "bitbucket") { _ in Bitbucket() },
        Entry(name: "bitbucket-server") { _ in BitbucketServer() },
        Entry(name: "gitea") { _ in Gitea() },
        Entry(name: "forgejo") { _ in Forgejo() },
        Entry(name: "gogs") { _ in Gogs() },
        Entry(name: "azure-devops", keys: ["secrets", "username", "header"]) {
            settings throws(ProviderSettings.Invalid) in try AzureDevOps(settings)
        },
        Entry(name: "pagure") { _ in Pagure() },
        Entry(name: "reviewboard") { _ in ReviewBoard() },
        Entry(name: "sourcehut", keys: ["public_keys"]) { _ in Sourcehut() },
        Entry(name: "buddy") { _ in BuddyWebhooks() },
        // Chats.
        Entry(name: "slack") { _ in Slack() },
        Entry(name: "mattermost") { _ in Mattermost() },
        Entry(name: "rocketchat") { _ in RocketChat() },
        Entry(name: "discord", keys: ["public_keys"]) { _ in Discord() },
        Entry(name: "teams") { _ in Teams() },
        Entry(name: "googlechat", keys: ["audience", "keys"]) {
            settings throws(ProviderSettings.Invalid) in try GoogleChat(settings)
        },
        Entry(name: "zulip") { _ in Zulip() },
        // Whoever keeps to a scheme.
        Entry(name: "standard-webhooks", keys: ["secrets", "public_keys"]) { _ in StandardWebhooks() },
        Entry(name: "sentry") { _ in Sentry() },
        Entry(name: "hmac", keys: ["secrets", "signature", "timestamp", "id", "event"]) {
            settings throws(ProviderSettings.Invalid) in try GenericHMAC(settings)
        },
        Entry(name: "token", keys: ["secrets", "header", "id", "event"]) {
            settings throws(ProviderSettings.Invalid) in try SharedToken(settings)
        },
    ]

    package static func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }
}
