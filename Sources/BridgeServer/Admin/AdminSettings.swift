package import Signatures

/// The admin port: where it listens, and the token that opens it.
package struct AdminSettings: Sendable {
    package var host: String
    package var port: Int
    package var token: Secret
    /// Whether `/metrics` is open to who has no token.
    package var openMetrics: Bool

    package init(host: String = "127.0.0.1", port: Int = 8081, token: Secret, openMetrics: Bool = false) {
        self.host = host
        self.port = port
        self.token = token
        self.openMetrics = openMetrics
    }
}

extension AdminSettings: Equatable {
    package static func == (one: AdminSettings, other: AdminSettings) -> Bool {
        one.host == other.host && one.port == other.port && one.openMetrics == other.openMetrics
            && one.token.fingerprint == other.token.fingerprint
    }
}
