import Dispatch
import Glibc
import Synchronization
import Testing

/// Answers every request with the same bytes, right or wrong, and closes the connection.
final class CannedServer: Sendable {
    let port: Int
    private let descriptor: Int32
    private let received = Mutex<[String]>([])

    init(_ answer: [UInt8]) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = try #require(bindToAnyPort(descriptor))
        try #require(listen(descriptor, 8) == 0)
        let descriptor = descriptor
        DispatchQueue(label: "canned-server").async { [weak self] in
            while true {
                let connection = accept(descriptor, nil, nil)
                guard connection >= 0 else { break }
                let request = Self.readRequest(connection)
                self?.received.withLock { $0.append(request) }
                Self.send(answer, connection)
                Glibc.close(connection)
            }
            Glibc.close(descriptor)
        }
    }

    /// With the length of the body that it should have, unless another is said.
    convenience init(json: String, status: String = "200 OK", headers: String = "", length: Int? = nil) throws {
        let head = "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nConnection: close\r\n\(headers)"
        try self.init(Array("\(head)Content-Length: \(length ?? json.utf8.count)\r\n\r\n\(json)".utf8))
    }

    /// Ends the loop, which then closes the socket.
    deinit { shutdown(descriptor, Int32(SHUT_RDWR)) }

    var base: String { "http://127.0.0.1:\(port)" }

    /// The requests as they came.
    var requests: [String] { received.withLock { $0 } }

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
