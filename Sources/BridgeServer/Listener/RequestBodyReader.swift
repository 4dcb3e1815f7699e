import Bridge
import Hummingbird
import NIOCore

/// Reads a request's body within a limit of size and of time.
struct RequestBodyReader {
    /// For the whole body: a client that sends a byte now and then is not waited for.
    let time: Duration

    enum Failure: Error {
        case tooLarge, tooSlow
    }

    /// - Throws: ``Failure``, or what broke the connection.
    func read(_ request: WebRequest, limit: Int) async throws -> [UInt8] {
        if let declared = request.headers[.contentLength].flatMap({ Int($0) }), declared > limit {
            throw Failure.tooLarge
        }
        let body = request.body
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                for try await part in body {
                    guard bytes.count + part.readableBytes <= limit else { throw Failure.tooLarge }
                    bytes.append(contentsOf: part.readableBytesView)
                }
                return bytes
            }
            group.addTask {
                try await Task.sleep(for: time)
                throw Failure.tooSlow
            }
            defer { group.cancelAll() }
            return try await group.next() ?? []
        }
    }
}
