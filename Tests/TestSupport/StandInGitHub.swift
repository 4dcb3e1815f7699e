package import Bridge
package import FoundationEssentials
package import Signatures

/// GitHub's API of one webhook's deliveries, on a real port: keeps deliveries and their attempts, pages through them,
/// asks who is there, and really posts again what it is asked for.
///
/// Written from docs.github.com, "REST API endpoints for repository webhooks".
package actor StandInGitHub {
    /// Who may ask.
    package enum Guard: Sendable {
        case token(String)
        /// An app, by its id, whose key signs.
        case app(id: String, PublicKey)
    }

    package struct Attempt: Sendable {
        package var id: Int64
        package var guid: String
        package var deliveredAt: Date
        package var status: Int
        package var isRedelivery = false
    }

    /// How one answer goes wrong.
    package enum Fault: Sendable {
        case status(Int, headers: [(String, String)] = [], message: String = "Something went wrong")
        /// A 200 that is no list.
        case garbage
        /// The link to the next page begins with this.
        case nextAt(String)
    }

    struct Answer: Sendable {
        var status: Int
        var headers: [(String, String)] = []
        var body: [UInt8] = []

        init(_ status: Int, _ headers: [(String, String)] = [], json: String) {
            self.status = status
            self.headers = headers
            body = Array(json.utf8)
        }
    }

    package private(set) var base = ""
    /// The API's path of the webhook's deliveries.
    private let path: String
    private let guarded: Guard
    private let queue: AsyncStream<Attempt>.Continuation
    private var requests: [String: Bridge.Request] = [:]
    private var target: String?
    private var faults: [Fault] = []
    /// More than a Double can tell apart.
    private var nextID: Int64 = 9_007_199_254_740_993

    /// Of all deliveries, the newest first.
    package private(set) var attempts: [Attempt] = []
    /// What it was asked: `GET /repos/…`.
    package private(set) var calls: [String] = []
    /// The deliveries that it was asked for again and agreed to send, in that order.
    package private(set) var asked: [String] = []

    init(path: String, guarded: Guard, queue: AsyncStream<Attempt>.Continuation) {
        self.path = path
        self.guarded = guarded
        self.queue = queue
    }

    // MARK: What tests tell it

    /// Has tried to deliver this, some seconds ago, and had that status for an answer. Returns the delivery's id.
    @discardableResult
    package func tried(_ request: Bridge.Request, status: Int, ago seconds: Double = 60) -> String {
        let guid = request.head.headers.first("X-GitHub-Delivery") ?? ""
        requests[guid] = request
        add(guid, status, at: Date().addingTimeInterval(-seconds), isRedelivery: false)
        return guid
    }

    /// Has tried to deliver something whose content does not matter.
    package func tried(_ guid: String, status: Int, ago seconds: Double = 60) {
        add(guid, status, at: Date().addingTimeInterval(-seconds), isRedelivery: false)
    }

    /// Where the webhook delivers to. What it is asked for before waits.
    package func deliver(to url: String) { target = url }

    /// One answer goes wrong for each.
    package func inject(_ faults: Fault...) { self.faults += faults }

    private func add(_ guid: String, _ status: Int, at time: Date, isRedelivery: Bool) {
        let attempt = Attempt(
            id: nextID, guid: guid, deliveredAt: time, status: status, isRedelivery: isRedelivery)
        nextID += 1
        let position = attempts.firstIndex { $0.deliveredAt <= time } ?? attempts.endIndex
        attempts.insert(attempt, at: position)
    }

    // MARK: What it does

    func listens(at port: Int) { base = "http://127.0.0.1:\(port)" }

    /// Sends a delivery once more, to where the webhook points.
    func send(_ attempt: Attempt) async throws {
        guard let request = requests[attempt.guid] else { return }
        while target == nil { try await Task.sleep(for: .milliseconds(10)) }
        let answer = try? await Web.post(request, to: target ?? "")
        add(attempt.guid, answer?.status ?? 0, at: Date(), isRedelivery: true)
    }

    func answer(_ method: String, _ target: String, _ header: (String) -> String?) -> Answer {
        calls.append("\(method) \(target)")
        let fault = faults.isEmpty ? nil : faults.removeFirst()
        if case .status(let status, let headers, let message) = fault {
            return Answer(status, headers, json: #"{"message":"\#(message)"}"#)
        }
        if case .garbage = fault { return Answer(200, json: "<html>") }
        guard header("User-Agent") != nil, header("X-GitHub-Api-Version") == "2022-11-28",
            header("Accept") == "application/vnd.github+json"
        else { return Answer(400, json: #"{"message":"Problems with the headers"}"#) }
        guard isAllowed(header("Authorization")) else { return Answer(401, json: #"{"message":"Bad credentials"}"#) }
        let parts = target.split(separator: "?", maxSplits: 1).map(String.init)
        let query = parts.count == 2 ? parts[1].split(separator: "&").map(String.init) : []
        if method == "GET", parts.first == path {
            if case .nextAt(let base) = fault { return page(query, base: base) }
            return page(query, base: base)
        }
        if method == "POST", let id = parts.first.flatMap(attemptID) {
            guard let attempt = attempts.first(where: { $0.id == id }) else { return .notFound }
            asked.append(attempt.guid)
            queue.yield(attempt)
            return Answer(202, json: "{}")
        }
        return .notFound
    }

    private func attemptID(in path: String) -> Int64? {
        guard path.hasPrefix(self.path + "/"), path.hasSuffix("/attempts") else { return nil }
        return Int64(path.dropFirst(self.path.count + 1).dropLast("/attempts".count))
    }

    private func page(_ query: [String], base: String) -> Answer {
        func value(_ name: String) -> String? {
            query.first { $0.hasPrefix(name + "=") }.map { String($0.dropFirst(name.count + 1)) }
        }
        let size = min(100, value("per_page").flatMap(Int.init) ?? 30)
        var rest = attempts[...]
        if let cursor = value("cursor") {
            guard cursor.hasPrefix("v1_"), let id = Int64(cursor.dropFirst(3)),
                let start = attempts.firstIndex(where: { $0.id == id })
            else { return Answer(422, json: #"{"message":"Bad cursor"}"#) }
            rest = attempts[start...]
        }
        var headers = [("Content-Type", "application/json; charset=utf-8")]
        if let next = rest.dropFirst(size).first {
            let first = "<\(base)\(path)?per_page=\(size)>; rel=\"first\""
            headers.append(("Link", "\(first), <\(base)\(path)?per_page=\(size)&cursor=v1_\(next.id)>; rel=\"next\""))
        }
        return Answer(200, headers, json: "[" + rest.prefix(size).map(json).joined(separator: ",") + "]")
    }

    private func json(_ attempt: Attempt) -> String {
        """
        {"id":\(attempt.id),"guid":"\(attempt.guid)","delivered_at":"\(Timestamp.text(attempt.deliveredAt))",\
        "redelivery":\(attempt.isRedelivery),"duration":0.27,"status":"\(attempt.status == 200 ? "OK" : "failed")",\
        "status_code":\(attempt.status),"event":"push","action":null,"installation_id":null,"repository_id":1}
        """
    }

    private func isAllowed(_ authorization: String?) -> Bool {
        guard let authorization, authorization.hasPrefix("Bearer ") else { return false }
        let bearer = String(authorization.dropFirst(7))
        switch guarded {
        case .token(let token): return bearer == token
        case .app(let id, let key): return isToken(bearer, of: id, key)
        }
    }

    /// docs.github.com, "Generating a JSON Web Token (JWT) for a GitHub App".
    private func isToken(_ text: String, of app: String, _ key: PublicKey) -> Bool {
        struct Head: Decodable { var alg: String }
        struct Claims: Decodable {
            var iat: Int
            var exp: Int
            var iss: String
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let head = Base64.decodeURL(parts[0]), let body = Base64.decodeURL(parts[1]),
            let signature = Base64.decodeURL(parts[2]),
            let claims = try? JSONDecoder().decode(Claims.self, from: Data(body)),
            (try? JSONDecoder().decode(Head.self, from: Data(head)))?.alg == "RS256"
        else { return false }
        let now = Int(Date().timeIntervalSince1970)
        return key.verifies(signature, of: Array("\(parts[0]).\(parts[1])".utf8)) && claims.iss == app
            && claims.iat <= now && claims.exp > now && claims.exp - claims.iat <= 600
    }
}

extension StandInGitHub.Answer {
    fileprivate static let notFound = Self(404, json: #"{"message":"Not Found"}"#)
}
