import Glibc
import Hummingbird
import NIOCore

/// What a request's handler knows of its connection.
struct ConnectionContext: InitializableFromSource {
    let connection: Connection

    init(source: ApplicationRequestContextSource) {
        connection = Connection(channel: source.channel)
    }
}

/// A connection that can be cut.
struct Connection: Sendable {
    fileprivate let channel: any Channel

    /// Closes it in order; the client reads an end where it waits for an answer.
    func hangUp() async {
        try? await channel.close(mode: .all)
    }

    /// Resets it: without lingering, the kernel sends RST instead of FIN.
    func reset() async {
        if let socket = channel as? any SocketOptionProvider {
            try? await socket.setSoLinger(linger(l_onoff: 1, l_linger: 0)).get()
        }
        try? await channel.close(mode: .all)
    }
}
