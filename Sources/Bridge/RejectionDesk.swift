package import Logging
import ServiceLifecycle
import Synchronization

/// Finds out why requests were not proved, and tells the log and the journal: after the callers have their answers,
/// and never faster than a few times a second, whatever arrives.
package final class RejectionDesk: Service, CustomStringConvertible {
    private let journal: any VerificationJournal
    private let logger: Logger
    private let waiting = Mutex<[Unproved]>([])
    private let bell = Bell()

    /// What arrives beyond that between two rounds is only counted, by ``Intake``.
    private static let limit = 64
    private static let pause = Duration.milliseconds(200)
    /// Of each source, the newest.
    private static let kept = 200

    package init(journal: any VerificationJournal, logger: Logger) {
        self.journal = journal
        self.logger = logger
    }

    package var description: String { "RejectionDesk" }

    func take(_ unproved: Unproved) {
        var unproved = unproved
        // It would not be looked at, and is not to be held.
        if unproved.request.body.count > Diagnosis.bodyLimit { unproved.claim = nil }
        if unproved.claim == nil { unproved.request.body = [] }
        waiting.withLock { if $0.count < Self.limit { $0.append(unproved) } }
        bell.ring()
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled {
                await bell.wait(atMost: .seconds(60))
                await tell()
                _ = try? await Task.sleep(for: Self.pause)
            }
        }
        await tell()
    }

    private func tell() async {
        let unproved = waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
        guard !unproved.isEmpty else { return }
        let rejections = unproved.map { unproved in
            let head = unproved.request.head
            return Rejection(
                id: DeliveryID.new(at: head.receivedAt), source: unproved.source.name, receivedAt: head.receivedAt,
                client: LogText(head.client).description, reason: unproved.failure.reason,
                detail: Diagnosis.of(unproved))
        }
        for rejection in rejections {
            logger.warning(
                "Signature refused",
                metadata: [
                    "source": "\(rejection.source)", "reason": "\(rejection.reason)", "detail": "\(rejection.detail)",
                    "client": "\(rejection.client)",
                ])
        }
        do {
            try await journal.record(rejections, keeping: Self.kept)
        } catch {
            logger.error("The journal cannot take what was refused", metadata: ["error": "\(error)"])
        }
    }
}
