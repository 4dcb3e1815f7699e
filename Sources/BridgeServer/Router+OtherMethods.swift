import Bridge
import HTTPTypes
import Hummingbird

extension WebRouter {
    /// Answers 405 where a path is known and the method is not: Hummingbird alone says 404.
    ///
    /// - Parameter instead: may answer something else first, knowing the path's parameters.
    func withOtherMethods(
        instead: @escaping @Sendable (WebRequest, ServerContext) -> Response? = { _, _ in nil }
    ) -> WebRouter {
        add(middleware: OtherMethodsMiddleware(routes: routes.map { ($0.path, $0.method) }, instead: instead))
        return self
    }
}

private struct OtherMethodsMiddleware: RouterMiddleware {
    let routes: [(path: RouterPath, method: HTTPRequest.Method)]
    let instead: @Sendable (WebRequest, ServerContext) -> Response?

    func handle(
        _ request: WebRequest, context: ServerContext,
        next: (WebRequest, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError where error.status == .notFound {
            let known = routes.compactMap { route in
                route.path.parameters(in: request.uri.path).map { (route.method, $0) }
            }
            guard let (_, parameters) = known.first else { throw error }
            var context = context
            for (name, value) in parameters { context.coreContext.parameters[name] = value }
            var response =
                instead(request, context) ?? Response(.problem(405, "This path does not take that method"))
            if response.status == .methodNotAllowed {
                response.headers[.allow] = known.map(\.0.rawValue).sorted().joined(separator: ", ")
            }
            return response.closingConnection()
        }
    }
}

extension RouterPath {
    /// The parameters of a path that this pattern (`/hooks/{source}`) fits; nil when it does not fit.
    fileprivate func parameters(in path: String) -> [Substring: Substring]? {
        let pattern = description.split(separator: "/")
        let segments = path.split(separator: "/")
        guard pattern.count == segments.count else { return nil }
        var parameters: [Substring: Substring] = [:]
        for (expected, segment) in zip(pattern, segments) {
            if expected.hasPrefix("{") {
                parameters[expected.dropFirst().dropLast()] = segment
            } else if expected != segment {
                return nil
            }
        }
        return parameters
    }
}
