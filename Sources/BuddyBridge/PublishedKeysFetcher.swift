import AsyncHTTPClient
import Bridge
import Foundation
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// Fetches the keys that a sender publishes: at the start, every hour, and when one is asked for that is not known.
struct PublishedKeysFetcher: Service, CustomStringConvertible {
    let source: String
    let keys: PublishedKeys
    let url: String
    let http: HTTPClient
    /// Between two fetches: nobody can make us ask more often by naming keys that are not there.
    var pause: Duration = .seconds(10)
    let logger: Logger

    static func all(of sources: [Source], http: HTTPClient, logger: Logger) -> [PublishedKeysFetcher] {
        sources.compactMap { source in
            guard let keys = source.credentials.published, let url = keys.url else { return nil }
            return PublishedKeysFetcher(source: source.name, keys: keys, url: url, http: http, logger: logger)
        }
    }

    var description: String { "PublishedKeysFetcher \(source)" }

    private static let hour = Duration.seconds(3600)

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                let succeeded = await fetch()
                _ = try? await Task.sleep(for: pause)
                // Keys that are known stay in force when their sender cannot be reached.
                if succeeded { await keys.missed.wait(atMost: Self.hour) }
            }
        }
    }

    private func fetch() async -> Bool {
        do {
            let response = try await http.execute(HTTPClientRequest(url: url), timeout: .seconds(10))
            guard response.status == .ok else { throw Failure("HTTP status \(response.status.code)") }
            let body = try await response.body.collect(upTo: 1 << 20)
            guard let found = PublishedKeys.read(Array(body.readableBytesView)) else {
                throw Failure("no JSON object of key ids and PEM certificates")
            }
            keys.replace(with: found)
            logger.debug("Keys fetched", metadata: ["source": "\(source)", "keys": "\(found.count)"])
            return true
        } catch {
            logger.error(
                "The sender's keys cannot be fetched",
                metadata: ["source": "\(source)", "url": "\(url)", "error": "\(LogText("\(error)"))"])
            return false
        }
    }

    private struct Failure: Error, CustomStringConvertible {
        var description: String

        init(_ description: String) { self.description = description }
    }
}
