import Bridge
import HTTPTypes
import Hummingbird
import Logging

/// Makes every error an `application/problem+json` that tells nothing of the inside.
struct ProblemMiddleware: RouterMiddleware {
    let logger: Logger

    func handle(
        _ request: WebRequest, context: ServerContext,
        next: (WebRequest, ServerContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as HTTPError {
            return Response(.problem(error.status.code, error.status.reasonPhrase))
        } catch {
            logger.error("A request failed", metadata: ["error": "\(type(of: error))", "id": "\(context.id)"])
            return Response(.problem(500, "Internal error"))
        }
    }
}

/// Refuses requests whose header fields are too large together.
struct HeaderLimitMiddleware: RouterMiddleware {
    let limit: Int

    func handle(
        _ request: WebRequest, context: ServerContext,
        next: (WebRequest, ServerContext) async throws -> Response
    ) async throws -> Response {
        let size = request.headers.reduce(0) { $0 + $1.name.rawName.utf8.count + $1.value.utf8.count + 4 }
        guard size <= limit else {
            return Response(.problem(431, "The header fields are too large")).closingConnection()
        }
        return try await next(request, context)
    }
}
