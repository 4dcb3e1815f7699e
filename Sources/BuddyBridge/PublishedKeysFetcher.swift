import AsyncHTTPClient
import Bridge
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// Fetches the keys that senders publish: when their source comes into force, every hour, and when one is asked for that
/// is not known. What no source in force needs any more is not fetched.
struct PublishedKeysFetcher: Service, CustomStringConvertible {
    /// The sources in force.
    let sources: @Sendable () -> [Source]
    /// Yields when they may be others.
    let changes: AsyncStream<Void>
    let http: HTTPClient
    /// Between two fetches: nobody can make us ask more often by naming keys that are not there.
    var pause: Duration = .seconds(10)
    let logger: Logger

    var description: String { "PublishedKeysFetcher" }

    private static let hour = Duration.seconds(3600)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                var fetched = needed()
                for keys in fetched { group.addTask { await keep(keys) } }
                for await _ in changes {
                    let needed = needed()
                    for keys in needed where !fetched.contains(where: { $0 === keys }) {
                        group.addTask { await keep(keys) }
                    }
                    // Woken, so that it sees that nobody needs them.
                    for keys in fetched where !needed.contains(where: { $0 === keys }) { keys.missed.ring() }
                    fetched = needed
                }
            }
        }
        // A service that returns before the shutdown ends all others.
        try? await gracefulShutdown()
    }

    private func needed() -> [PublishedKeys] {
        var needed: [PublishedKeys] = []
        for keys in sources().compactMap(\.credentials.published)
        where keys.url != nil && !needed.contains(where: { $0 === keys }) { needed.append(keys) }
        return needed
    }

    /// Keeps keys up to date for as long as they are needed.
    private func keep(_ keys: PublishedKeys) async {
        guard let url = keys.url else { return }
        while !Task.isCancelled, needed().contains(where: { $0 === keys }) {
            let succeeded = await fetch(keys, url)
            _ = try? await Task.sleep(for: pause)
            // Keys that are known stay in force when their sender cannot be reached.
            if succeeded { await keys.missed.wait(atMost: Self.hour) }
        }
    }

    private func fetch(_ keys: PublishedKeys, _ url: String) async -> Bool {
        do {
            let response = try await http.execute(HTTPClientRequest(url: url), timeout: .seconds(10))
            guard response.status == .ok else { throw Failure("HTTP status \(response.status.code)") }
            let body = try await response.body.collect(upTo: 1 << 20)
            guard let found = PublishedKeys.read(Array(body.readableBytesView)) else {
                throw Failure("no JSON object of key ids and PEM certificates")
            }
            keys.replace(with: found)
            logger.debug("Keys fetched", metadata: ["url": "\(url)", "keys": "\(found.count)"])
            return true
        } catch {
            logger.error(
                "The sender's keys cannot be fetched",
                metadata: ["url": "\(url)", "error": "\(LogText("\(error)"))"])
            return false
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        var description: String

        init(_ description: String) { self.description = description }
    }
}
