import Logging

/// Waits for both ports before the service is called ready.
actor Readiness {
    private let hasAdmin: Bool
    private let logger: Logger
    private let onReady: @Sendable (BridgeService.Ports) async -> Void
    private var listenerPort: Int?
    private var adminPort: Int?

    init(
        hasAdmin: Bool, logger: Logger, _ onReady: @escaping @Sendable (BridgeService.Ports) async -> Void
    ) {
        self.hasAdmin = hasAdmin
        self.logger = logger
        self.onReady = onReady
    }

    func listener(_ port: Int) async {
        listenerPort = port
        await tell()
    }

    func admin(_ port: Int) async {
        adminPort = port
        await tell()
    }

    private func tell() async {
        guard let listenerPort, !hasAdmin || adminPort != nil else { return }
        logger.info(
            "Listening", metadata: ["port": "\(listenerPort)", "admin_port": "\(adminPort.map(String.init) ?? "none")"])
        await onReady(.init(listener: listenerPort, admin: adminPort))
    }
}
