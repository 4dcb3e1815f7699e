import HTTPTypes
import Hummingbird
import NIOCore
import ServiceLifecycle

/// Hands requests to the sandbox, and does on the wire what faults ask for.
struct SandboxResponder: HTTPResponder {
    /// The largest body it reads.
    private static let largestBody = 1 << 20

    let buddy: SandboxBuddy

    func respond(to request: Request, context: ConnectionContext) async throws -> Response {
        guard let body = try? await request.body.collect(upTo: Self.largestBody) else {
            return response(.error(Refusal(413, "The body is too large.")))
        }
        let received = SandboxRequest(request, body: body)
        guard !SandboxBuddy.isControl(received.path) else {
            return response(await buddy.control(received))
        }
        let arrival = await buddy.receive(received)
        guard let fault = arrival.fault else {
            return response(await answer(arrival))
        }
        return await suffer(fault, arrival, context.connection)
    }

    private func suffer(_ fault: SandboxFault, _ arrival: Arrival, _ connection: Connection) async -> Response {
        switch fault.kind {
        case .status(let status, let headers, let message):
            return response(.fault(status: status, headers: headers, message: message))
        case .html(let status):
            return response(.html(status: status))
        case .truncatedJSON:
            return response(await answer(arrival).truncated)
        case .reset:
            await connection.reset()
        case .hangUp:
            await connection.hangUp()
        case .delay(let duration):
            if await hold(duration, arrival.gate) { return response(await answer(arrival)) }
            await connection.hangUp()
        }
        // The connection is closed: this is written to nobody.
        return Response(status: .internalServerError)
    }

    private func answer(_ arrival: Arrival) async -> SandboxAnswer {
        if let answer = arrival.answer { return answer }
        return await buddy.answer(arrival.request)
    }

    /// Waits, until the gate ends at most. Whether the wait came to its end, instead of being ended by the server's
    /// shutdown.
    private func hold(_ duration: Duration, _ gate: AsyncStream<Never>?) async -> Bool {
        do {
            try await cancelWhenGracefulShutdown {
                try await withThrowingTaskGroup(of: Void.self) { group in
                    group.addTask { try await Task.sleep(for: duration) }
                    if let gate {
                        group.addTask {
                            for await _ in gate {}
                            try Task.checkCancellation()
                        }
                    }
                    try await group.next()
                    group.cancelAll()
                }
            }
            return true
        } catch {
            return false
        }
    }

    private func response(_ answer: SandboxAnswer) -> Response {
        let isBodiless = answer.body.isEmpty || [204, 304].contains(answer.status)
        var headers = HTTPFields()
        if !isBodiless { headers[.contentType] = answer.contentType }
        for header in answer.headers {
            guard let name = HTTPField.Name(header.name) else { continue }
            headers.append(HTTPField(name: name, value: header.value))
        }
        let body = isBodiless ? ResponseBody() : ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body))
        return Response(status: .init(code: answer.status), headers: headers, body: body)
    }
}

extension SandboxRequest {
    /// Hummingbird's request as the sandbox keeps it.
    fileprivate init(_ request: Request, body: ByteBuffer) {
        let target = request.head.path ?? "/"
        let halves = target.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        let host = request.head.authority.map { [Header("Host", $0)] } ?? []
        self.init(
            method: request.method.rawValue,
            path: halves.first.map(String.init) ?? "/",
            query: halves.count == 2 ? String(halves[1]) : nil,
            headers: host + request.headers.map { Header($0.name.rawName, $0.value) },
            body: Array(body.readableBytesView))
    }
}
