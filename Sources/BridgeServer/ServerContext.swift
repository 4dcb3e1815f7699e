import Hummingbird
import Logging
import NIOCore

// Both the domain and Hummingbird have a `Router` and a `Request`; these are Hummingbird's.
typealias WebRouter = Hummingbird.Router<ServerContext>
typealias WebRequest = Hummingbird.Request

/// What is known of a request besides itself.
struct ServerContext: RequestContext, RemoteAddressRequestContext {
    var coreContext: CoreRequestContextStorage
    let remoteAddress: SocketAddress?

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        remoteAddress = source.channel.remoteAddress
    }
}
