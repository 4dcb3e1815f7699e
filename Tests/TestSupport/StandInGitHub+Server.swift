import HTTPTypes
import Hummingbird
import Logging
import NIOCore

extension StandInGitHub {
    /// The webhook that it has, unless another is named.
    package static let hook = "repos/acme/web/hooks/12345678"

    /// Serves while `body` runs.
    ///
    /// - Parameter hook: as `catch_up` names it.
    package static func run(
        _ guarded: Guard, hook: String = hook, _ body: (StandInGitHub) async throws -> Void
    ) async throws {
        let (queue, feed) = AsyncStream.makeStream(of: Attempt.self)
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let path = hook == "app" ? "/app/hook/deliveries" : "/\(hook)/deliveries"
        let gitHub = StandInGitHub(path: path, guarded: guarded, queue: feed)
        let application = Application(
            responder: CallbackResponder<BasicRequestContext> { request, _ in
                response(
                    await gitHub.answer(request.method.rawValue, request.head.path ?? "/") { name in
                        HTTPField.Name(name).flatMap { request.headers[$0] }
                    })
            },
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { ready.yield($0.localAddress?.port ?? 0) },
            logger: Logger(label: "github") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                defer { ready.finish() }
                try await application.run()
            }
            group.addTask { for await attempt in queue { try await gitHub.send(attempt) } }
            guard let port = await ports.first(where: { _ in true }) else { return }
            await gitHub.listens(at: port)
            try await body(gitHub)
            group.cancelAll()
        }
    }

    private static func response(_ answer: Answer) -> Response {
        var headers = HTTPFields()
        for (name, value) in answer.headers {
            guard let name = HTTPField.Name(name) else { continue }
            headers.append(HTTPField(name: name, value: value))
        }
        return Response(
            status: .init(code: answer.status), headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: answer.body)))
    }
}
