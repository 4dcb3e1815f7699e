import Bridge
import HTTPTypes
import Hummingbird
import Signatures

/// Refuses requests that a page of somebody else's could make a browser send: DNS rebinding, foreign origins.
struct HostMiddleware: RouterMiddleware {
    /// As configured.
    let host: String

    func handle(
        _ request: WebRequest, context: ServerContext,
        next: (WebRequest, ServerContext) async throws -> Response
    ) async throws -> Response {
        let authority = request.head.authority ?? ""
        guard isOurs(name(of: authority)) else { return Response(.problem(421, "This host is not served here")) }
        if let origin = request.headers[.origin] {
            let ours = ["http://\(authority)", "https://\(authority)"]
            guard ours.contains(origin) else {
                return Response(.problem(403, "Requests from other origins are refused"))
            }
        }
        return try await next(request, context)
    }

    /// The name without its port; empty when the authority is no `name`, `name:port`, `[address]` or `[address]:port`.
    private func name(of authority: String) -> String {
        let isBracketed = authority.hasPrefix("[")
        let name = isBracketed ? authority.prefix { $0 != "]" }.dropFirst() : authority.prefix { $0 != ":" }
        let rest = authority[name.endIndex...].dropFirst(isBracketed ? 1 : 0)
        let isWhole = rest.isEmpty || (rest.first == ":" && rest.dropFirst().allSatisfy { $0.isASCII && $0.isNumber })
        let isPlain = name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_:".contains($0)) }
        let isClosed = !isBracketed || authority[name.endIndex...].first == "]"
        return isWhole && isPlain && isClosed ? String(name) : ""
    }

    /// An address, or a name that no public DNS can point here: rebinding needs a name of its own.
    private func isOurs(_ name: String) -> Bool {
        guard !name.isEmpty else { return false }
        let isAddress = name.contains(":") || name.allSatisfy { $0.isASCII && ($0.isNumber || $0 == ".") }
        return isAddress || name == host || !name.contains(".")
    }
}

/// Asks for the admin token.
struct TokenMiddleware: RouterMiddleware {
    let token: Secret
    let openMetrics: Bool

    func handle(
        _ request: WebRequest, context: ServerContext,
        next: (WebRequest, ServerContext) async throws -> Response
    ) async throws -> Response {
        if openMetrics, request.uri.path == "/metrics" { return try await next(request, context) }
        let given = request.headers[values: .authorization]
        guard given.count == 1, given[0].lowercased().hasPrefix("bearer "), token.isEqual(to: given[0].dropFirst(7))
        else {
            var response = Response(.problem(401, "The admin token is needed"))
            response.headers[.wwwAuthenticate] = "Bearer"
            return response
        }
        return try await next(request, context)
    }
}
