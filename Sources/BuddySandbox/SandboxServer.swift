import Hummingbird
package import Logging
import NIOCore
import ServiceLifecycle

/// Serves a ``SandboxBuddy`` over HTTP.
package struct SandboxServer: Service, CustomStringConvertible {
    private let buddy: SandboxBuddy
    private let host: String
    private let port: Int
    private let logger: Logger
    private let onReady: @Sendable (Int) async -> Void

    /// A server that does not listen yet.
    ///
    /// - Parameters:
    ///   - buddy: What it serves.
    ///   - host: Where it listens; only this machine by default, because the control endpoints need no token.
    ///   - port: The port; 0 takes a free one.
    ///   - logger: Where it logs.
    ///   - onReady: Called with the port once it listens.
    package init(
        buddy: SandboxBuddy, host: String = "127.0.0.1", port: Int = 0, logger: Logger,
        onReady: @escaping @Sendable (Int) async -> Void
    ) {
        self.buddy = buddy
        self.host = host
        self.port = port
        self.logger = logger
        self.onReady = onReady
    }

    /// Serves until cancelled or shut down gracefully.
    package func run() async throws {
        let application = Application(
            responder: SandboxResponder(buddy: buddy),
            server: .http1(configuration: .init(idleTimeout: .seconds(60))),
            configuration: .init(address: .hostname(host, port: port)),
            onServerRunning: { [onReady, port] channel in await onReady(channel.localAddress?.port ?? port) },
            logger: logger)
        try await application.run()
    }

    /// Its name in logs.
    package var description: String {
        "SandboxServer"
    }
}
