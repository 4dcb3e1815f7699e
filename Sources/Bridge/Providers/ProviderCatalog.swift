package import Signatures

/// Every provider there is, by the name that configuration gives it.
package enum ProviderCatalog {
    /// A way to make a provider of one kind, and the keys of a source that only this kind has.
    package struct Entry: Sendable {
        package var name: String
        package var settingKeys: Set<String> = []
        package var make: @Sendable (ProviderSettings) throws(ProviderSettings.Invalid) -> any Provider
    }

    package static let entries: [Entry] = [
        Entry(name: "github") { _ in GitHub() },
        Entry(name: "slack") { _ in Slack() },
        Entry(name: "hmac", settingKeys: ["signature", "timestamp", "id", "event"]) {
            settings throws(ProviderSettings.Invalid) in try GenericHMAC(settings)
        },
    ]

    package static func entry(_ name: String) -> Entry? { entries.first { $0.name == name } }
}

/// What a source may say about its provider, besides its secrets.
package struct ProviderSettings: Sendable {
    package struct Signature: Sendable {
        package var header: String
        package var algorithm: HashAlgorithm = .sha256
        package var key: KeyEncoding = .text
        package var encoding: TagEncoding = .hex
        package var prefix = ""
        package var message = "{body}"

        package init(header: String) { self.header = header }
    }

    package enum TagEncoding: String, Sendable, CaseIterable {
        case hex, base64
    }

    package struct Timestamp: Sendable {
        package enum Unit: String, Sendable, CaseIterable {
            case s, ms
        }

        package var header: String
        package var unit: Unit

        package init(header: String, unit: Unit = .s) {
            self.header = header
            self.unit = unit
        }
    }

    /// Where an event's name is found.
    package enum EventName: Sendable {
        case header(String)
        case payload([Payload.Step])
    }

    package var signature: Signature?
    package var timestamp: Timestamp?
    package var idHeader: String?
    package var event: EventName?

    package init() {}

    /// Why settings make no provider: at which key, and what is wrong with it.
    package struct Invalid: Error, Equatable {
        package var key: String
        package var message: String
    }
}
