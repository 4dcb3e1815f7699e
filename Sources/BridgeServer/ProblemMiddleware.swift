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
        } catch let failure as RequestBodyReader.Failure {
            return Response(failure.reply).closingConnection()
        } catch let error as JournalUnavailable {
            logger.error("The journal cannot be read", metadata: ["error": "\(error)"])
            return Response(.unavailable)
        } catch let error as HTTPError {
            return Response(.problem(error.status.code, error.status.reasonPhrase))
        } catch {
            logger.error("A request failed", metadata: ["error": "\(type(of: error))", "id": "\(context.id)"])
            return Response(.problem(500, "Internal error"))
        }
    }
}
