package import AsyncHTTPClient
import NIOCore
import NIOSSL

extension BuddyAPI {
    /// A client that follows no redirects: they could carry the token, or the PATCH, elsewhere.
    ///
    /// - Parameter certificateAuthority: a PEM file with a private authority, trusted besides the system's.
    package static func makeHTTPClient(certificateAuthority: String? = nil) -> HTTPClient {
        var tls = TLSConfiguration.makeClientConfiguration()
        if let certificateAuthority { tls.additionalTrustRoots = [.file(certificateAuthority)] }
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: tls, redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5)))
        configuration.httpVersion = .http1Only
        // A connection that cannot be made is our own retry's business.
        configuration.connectionPool.retryConnectionEstablishment = false
        return HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }
}
