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
        Entry(name: "github") { _ in GitHub() },
        Entry(name: "slack") { _ in Slack() },
        Entry(name: "hmac", keys: ["secrets", "signature", "timestamp", "id", "event"]) {
            settings throws(ProviderSettings.Invalid) in try GenericHMAC(settings)
        },
    ]

    package static func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }
}
