package import Signatures

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
