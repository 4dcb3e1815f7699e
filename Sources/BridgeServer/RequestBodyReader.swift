import Bridge
import Hummingbird
import NIOCore

/// Reads a request's body within a limit of size and of time.
struct RequestBodyReader {
    /// For the whole body: a client that sends a byte now and then is not waited for.
    let time: Duration

    enum Failure: Error {
        case tooLarge, tooSlow, broken, tooMany

        var reply: Reply {
            switch self {
            case .tooLarge: .problem(413, "The body is too large")
            case .tooSlow: .problem(408, "The body did not arrive in time")
            case .broken: .problem(400, "The body did not arrive whole")
            case .tooMany: .problem(429, "Too many large bodies are arriving at once", retryAfter: 5)
            }
        }
    }

    /// - Parameter share: where the bytes are counted; nil on a port that only its operator reaches.
    /// - Throws: ``Failure``.
    func read(
        _ request: WebRequest, limit: Int, share: InFlightBudget.Share? = nil
    ) async throws -> [UInt8] {
        if let declared = request.headers[.contentLength] {
            guard let length = Int(declared), length <= limit else { throw Failure.tooLarge }
        }
        let body = request.body
        return try await withThrowingTaskGroup(of: [UInt8].self) { group in
            group.addTask {
                var bytes: [UInt8] = []
                do {
                    for try await part in body {
                        guard bytes.count + part.readableBytes <= limit else { throw Failure.tooLarge }
                        if let share, !share.take(part.readableBytes) { throw Failure.tooMany }
                        bytes.append(contentsOf: part.readableBytesView)
                    }
                } catch let failure as Failure {
                    throw failure
                } catch {
                    throw Failure.broken
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
