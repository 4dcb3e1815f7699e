package import Signatures

/// What a source may say about its provider, besides its secrets.
package struct ProviderSettings: Sendable {
    package struct Signature: Sendable {
        package var header: TagHeader
        package var key: KeyEncoding = .text
        package var message = "{body}"

        package init(header: TagHeader) { self.header = header }
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
    /// The user's name in `Authorization: Basic`.
    package var username: String?
    /// The header in which a token is sent.
    package var header: String?
    /// For whom a token must have been made.
    package var audience: String?

    package init() {}

    /// Why settings make no provider: at which key, and what is wrong with it.
    package struct Invalid: Error, Equatable {
        package var key: String
        package var message: String
    }
}
