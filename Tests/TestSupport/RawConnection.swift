import Dispatch
import Glibc

/// A TCP connection on which a test says exactly what it wants, HTTP or not.
package final class RawConnection: Sendable {
    private let descriptor: Int32

    package struct Failed: Error {}

    package init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failed() }
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    package func send(_ text: String) { _ = write(Array(text.utf8)) }

    /// Sends the same text again and again, on a thread of its own, until the other side takes no more.
    package func send(_ text: String, times: Int) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                let bytes = Array(text.utf8)
                for _ in 0..<times { guard write(bytes) else { break } }
                continuation.resume()
            }
        }
    }

    /// Whether all bytes went out.
    private func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    /// Reads what comes first.
    package func readHead() async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                var buffer = [UInt8](repeating: 0, count: 65_536)
                let count = recv(descriptor, &buffer, buffer.count, 0)
                continuation.resume(returning: String(decoding: buffer[..<max(0, count)], as: UTF8.self))
            }
        }
    }

    /// Reads until the other side closes, or for 30 s at most, on a thread of its own.
    package func readToEnd() async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async { [self] in
                var all: [UInt8] = []
                var buffer = [UInt8](repeating: 0, count: 65_536)
                while true {
                    let count = recv(descriptor, &buffer, buffer.count, 0)
                    guard count > 0 else { break }
                    all += buffer[..<count]
                }
                continuation.resume(returning: String(decoding: all, as: UTF8.self))
            }
        }
    }
}
