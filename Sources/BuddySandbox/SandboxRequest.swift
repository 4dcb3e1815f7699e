/// A request as the sandbox received it.
package struct SandboxRequest: Sendable, Equatable {
    /// One header line.
    package struct Header: Sendable, Equatable {
        /// The name as received.
        package var name: String
        /// The value as received.
        package var value: String

        /// A header line.
        package init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// The HTTP method.
    package let method: String
    /// The path with its percent-encoding as received, without the query.
    package let path: String
    /// The query as received, without `?`.
    package let query: String?
    /// The headers as received.
    package let headers: [Header]
    /// The body's bytes.
    package let body: [UInt8]
    /// What the request asks for, decided when it was received.
    package internal(set) var operation: SandboxOperation = .other
    /// Where its path led, decided when it was received.
    var route: SandboxRoute = .none

    /// A request, not received yet.
    package init(method: String, path: String, query: String? = nil, headers: [Header] = [], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.headers = headers
        self.body = body
    }

    /// The body as text.
    package var bodyText: String {
        String(decoding: body, as: UTF8.self)
    }

    /// The value of the first header of that name, in any case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// The parameters of the query, decoded.
    package var parameters: [String: String] {
        WireText.parameters(query)
    }
}
