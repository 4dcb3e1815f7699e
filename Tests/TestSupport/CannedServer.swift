import Dispatch
import Glibc
import Synchronization

/// Answers every request with the same bytes, right or wrong, and closes the connection.
package final class CannedServer: Sendable {
    package let port: Int
    private let descriptor: Int32
    private let received = Mutex<[String]>([])
    private let answer: Mutex<[UInt8]>

    package struct Failed: Error {}

    package init(_ bytes: [UInt8]) throws {
        answer = Mutex(bytes)
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard let port = bindToAnyPort(descriptor), listen(descriptor, 8) == 0 else { throw Failed() }
        self.port = port
        let descriptor = descriptor
        DispatchQueue(label: "canned-server").async { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { break }
                let request = Self.readRequest(connection)
                self?.received.withLock { $0.append(request) }
                Self.send(self?.answer.withLock { $0 } ?? [], connection)
                Glibc.close(connection)
            }
            Glibc.close(descriptor)
        }
    }

    /// With the length of the body that it should have, unless another is said.
    package convenience init(
        json: String, status: String = "200 OK", headers: String = "", length: Int? = nil
    ) throws {
        try self.init(Self.answer(json, status, headers, length))
    }

    /// Answers otherwise from now on.
    package func answer(json: String, headers: String = "") {
        answer.withLock { $0 = Self.answer(json, "200 OK", headers, nil) }
    }

    private static func answer(_ json: String, _ status: String, _ headers: String, _ length: Int?) -> [UInt8] {
        let head = "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nConnection: close\r\n\(headers)"
        return Array("\(head)Content-Length: \(length ?? json.utf8.count)\r\n\r\n\(json)".utf8)
    }

    /// Ends the loop, which then closes the socket.
    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

    package var base: String { "http://127.0.0.1:\(port)" }

    /// The requests as they came.
    package var requests: [String] { received.withLock { $0 } }

    private static func readRequest(_ connection: Int32) -> String {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while !isWhole(String(decoding: all, as: UTF8.self)) {
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { break }
            all += buffer[..<count]
        }
        return String(decoding: all, as: UTF8.self)
    }

    private static func isWhole(_ text: String) -> Bool {
        guard let end = text.firstRange(of: "\r\n\r\n") else { return false }
        let length = text[..<end.lowerBound].split(separator: "\r\n").compactMap { line in
            line.lowercased().hasPrefix("content-length:") ? Int(line.dropFirst(15).filter { $0 != " " }) : nil
        }
        return text[end.upperBound...].utf8.count >= length.first ?? 0
    }

    private static func send(_ bytes: [UInt8], _ connection: Int32) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
    }
}

/// Binds a socket to a free port of this machine.
package func bindToAnyPort(_ descriptor: Int32) -> Int? { bindToPort(0, descriptor) }

/// Binds a socket to a port of this machine; nil where somebody has it.
func bindToPort(_ port: Int, _ descriptor: Int32) -> Int? {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    address.sin_port = in_port_t(port).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    return withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
        } ? Int(UInt16(bigEndian: pointer.pointee.sin_port)) : nil
    }
}
