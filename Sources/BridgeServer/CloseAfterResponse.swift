import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Ends a connection after a response that says `Connection: close`.
///
/// Hummingbird reads the rest of a refused request to its end, however long that takes. This gives a client a moment to
/// read its answer, then closes: an immediate close with bytes unread would reset the connection and lose the answer.
final class CloseAfterResponse: ChannelOutboundHandler, RemovableChannelHandler {
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private static let grace = TimeAmount.seconds(2)
    private var mustClose = false

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(let head): mustClose = head.headerFields[.connection] == "close"
        case .end where mustClose:
            let channel = context.channel
            context.eventLoop.scheduleTask(in: Self.grace) { channel.close(promise: nil) }
        case .body, .end: break
        }
        context.write(data, promise: promise)
    }
}
