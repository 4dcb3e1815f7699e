package import AsyncHTTPClient
package import Bridge
import FoundationEssentials
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
package import Signatures

/// Calls Buddy's REST API.
package struct BuddyAPI: Sendable {
    /// Gives the token for a workspace at a Buddy, by its base, read anew for each call, so that it can be changed
    /// without a restart. Never one that is for another Buddy.
    package typealias TokenReader = @Sendable (_ buddy: String, _ domain: String) -> Secret?

    /// Is told what each answer says of the limit on calls.
    package typealias LimitObserver = @Sendable (_ buddy: String, RateLimit) -> Void

    private let http: HTTPClient
    private let timeout: Duration
    private let token: TokenReader
    private let observer: LimitObserver

    /// A real answer has some 5 kB, a page of 50 executions some 150.
    private static let largestAnswer = 8 << 20

    /// - Parameters:
    ///   - http: made by ``makeHTTPClient(certificateAuthority:)``.
    ///   - timeout: for one whole call.
    package init(
        http: HTTPClient, timeout: Duration, token: @escaping TokenReader,
        observer: @escaping LimitObserver = { _, _ in }
    ) {
        self.http = http
        self.timeout = timeout
        self.token = token
        self.observer = observer
    }

    /// Makes one call.
    ///
    /// - Parameters:
    ///   - path: its segments, to be percent-encoded.
    ///   - body: JSON.
    func call<Resource: Decodable>(
        _ method: HTTPMethod, buddy: String, domain: String, path: [String], query: [(String, String)] = [],
        body: String? = nil, as: Resource.Type = Resource.self
    ) async throws(BuddyFailure) -> Resource {
        guard let token = token(buddy, domain) else {
            var failure = BuddyFailure(.notSent, "no Buddy token can be read for the workspace '\(domain)'")
            failure.isTokenMissing = true
            throw failure
        }
        var request = HTTPClientRequest(url: Self.url(buddy, path, query))
        request.method = method
        request.headers.add(name: "Authorization", value: "Bearer \(token.exposedText)")
        request.headers.add(name: "Accept", value: "application/json")
        request.headers.add(name: "User-Agent", value: "buddy-bridge")
        if let body {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(string: body))
        }
        let (response, bytes) = try await send(request)
        if let limit = Answer.limit(response.headers, now: Date()) { observer(buddy, limit) }
        let status = Int(response.status.code)
        guard (200..<300).contains(status) else {
            // An error may repeat what was sent.
            throw Answer.failure(status, response.headers, bytes, hiding: token.exposedText, now: Date())
        }
        do {
            return try Answer.decoder.decode(Resource.self, from: bytes)
        } catch {
            throw BuddyFailure(.unreadable(status), "Buddy answered \(status) with something else than was asked for")
        }
    }

    private func send(_ request: HTTPClientRequest) async throws(BuddyFailure) -> (HTTPClientResponse, Data) {
        do {
            let response = try await http.execute(request, timeout: .nanoseconds(Int64(timeout.seconds * 1e9)))
            // An error's body is read too: an unread one costs the connection.
            let bytes = try await response.body.collect(upTo: Self.largestAnswer)
            return (response, Data(bytes.readableBytesView))
        } catch {
            throw Self.failure(error)
        }
    }

    /// Only where it is certain that no request left us, nothing was sent.
    private static func failure(_ error: any Error) -> BuddyFailure {
        let unreachable = [ECONNREFUSED, EHOSTUNREACH, ENETUNREACH, EADDRNOTAVAIL, EMFILE, ENFILE]
        if error is NIOConnectionError || (error as? IOError).map({ unreachable.contains($0.errnoCode) }) == true {
            return BuddyFailure(.notSent, "no connection to Buddy")
        }
        guard let error = error as? HTTPClientError else {
            return BuddyFailure(.broken, "the call to Buddy broke off (\(type(of: error)))")
        }
        return switch error {
        case .connectTimeout: BuddyFailure(.notSent, "no connection to Buddy in time")
        case .tlsHandshakeTimeout: BuddyFailure(.notSent, "no TLS connection to Buddy in time")
        case .deadlineExceeded, .readTimeout: BuddyFailure(.broken, "Buddy did not answer in time")
        default: BuddyFailure(.broken, "the call to Buddy broke off (\(error.shortDescription))")
        }
    }

    /// - Parameter buddy: the base of the API, whose path is kept.
    private static func url(_ buddy: String, _ path: [String], _ query: [(String, String)]) -> String {
        let base = buddy.hasSuffix("/") ? String(buddy.dropLast()) : buddy
        let tail = query.isEmpty ? "" : "?" + query.map { "\($0)=\(percentEncode($1))" }.joined(separator: "&")
        return base + path.map { "/" + percentEncode($0) }.joined() + tail
    }

    /// Everything but RFC 3986's unreserved characters.
    private static func percentEncode(_ text: String) -> String {
        text.utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            let isPlain = character.isASCII && (character.isLetter || character.isNumber || "-._~".contains(character))
            return isPlain ? String(character) : "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }.joined()
    }
}

extension BuddyAPI: CustomStringConvertible {
    package var description: String { "BuddyAPI" }
}
