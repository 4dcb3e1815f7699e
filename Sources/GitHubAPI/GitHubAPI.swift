package import AsyncHTTPClient
package import Bridge
import FoundationEssentials
import NIOCore
import NIOHTTP1

/// Asks GitHub, or a GitHub Enterprise, for the deliveries of one webhook, and for redeliveries of them.
package struct GitHubAPI: Sendable {
    /// Gives who asks, read anew for each call, so that it can be changed without a restart. Nil when it cannot be
    /// read.
    package typealias CredentialReader = @Sendable () -> GitHubCredential?

    private let http: HTTPClient
    private let base: String
    private let hook: GitHubHook
    private let credential: CredentialReader

    private static let timeout = TimeAmount.seconds(30)
    /// A page of 100 deliveries has some 50 kB.
    private static let largestAnswer = 4 << 20
    private static let perPage = 100

    /// - Parameters:
    ///   - http: one that follows no redirects: they could carry the token elsewhere.
    ///   - base: `https://api.github.com`, or `https://HOST/api/v3`; without a slash at its end.
    package init(http: HTTPClient, base: String, hook: GitHubHook, credential: @escaping CredentialReader) {
        self.http = http
        self.base = base
        self.hook = hook
        self.credential = credential
    }

    private func call(
        _ method: HTTPMethod, _ path: String
    ) async throws(DeliveryLogFailure) -> (headers: HTTPHeaders, body: Data) {
        guard let bearer = credential()?.bearer(at: Date()) else {
            throw DeliveryLogFailure(.unavailable, "the token or key for GitHub cannot be read")
        }
        var request = HTTPClientRequest(url: base + path)
        request.method = method
        request.headers = [
            "Authorization": "Bearer \(bearer)", "Accept": "application/vnd.github+json",
            "X-GitHub-Api-Version": "2022-11-28", "User-Agent": "buddy-bridge",
        ]
        let response: HTTPClientResponse
        let body: Data
        do {
            response = try await http.execute(request, timeout: Self.timeout)
            body = Data(try await response.body.collect(upTo: Self.largestAnswer).readableBytesView)
        } catch {
            throw DeliveryLogFailure(.unavailable, "GitHub cannot be reached (\(Self.reason(error)))")
        }
        let status = Int(response.status.code)
        guard (200..<300).contains(status) else {
            // An error may repeat what was sent.
            throw GitHubAnswer.failure(status, response.headers, body, hiding: bearer, now: Date())
        }
        return (response.headers, body)
    }

    private static func reason(_ error: any Error) -> String {
        (error as? HTTPClientError)?.shortDescription ?? "\(type(of: error))"
    }
}

/// docs.github.com, "REST API endpoints for repository webhooks", "… organization webhooks", "… GitHub App webhooks".
extension GitHubAPI: DeliveryLog {
    package func page(from cursor: String?) async throws(DeliveryLogFailure) -> DeliveryLogPage {
        let start = cursor.map { "&cursor=\($0)" } ?? ""
        let answer = try await call(.GET, "\(hook.deliveries)?per_page=\(Self.perPage)\(start)")
        return DeliveryLogPage(
            attempts: try GitHubAnswer.attempts(answer.body),
            next: try GitHubAnswer.nextCursor(answer.headers, base: base))
    }

    package func redeliver(_ attempt: SenderAttempt) async throws(DeliveryLogFailure) {
        _ = try await call(.POST, "\(hook.deliveries)/\(attempt.id)/attempts")
    }
}
