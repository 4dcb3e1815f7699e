/// What the sandbox answers.
struct SandboxAnswer: Sendable {
    var status: Int
    var headers: [SandboxRequest.Header] = []
    var contentType = "application/json"
    var body: [UInt8]

    /// An answer with a JSON body.
    static func json(_ value: SandboxJSON, status: Int = 200) -> SandboxAnswer {
        SandboxAnswer(status: status, body: value.bytes)
    }

    /// An error in Buddy's shape.
    static func error(_ refusal: Refusal) -> SandboxAnswer {
        .json(["errors": [["message": .string(refusal.message)]]], status: refusal.status)
    }

    /// The answer that a status fault gives: exactly the fault's headers, Buddy's error shape.
    static func fault(status: Int, headers: [SandboxRequest.Header], message: String) -> SandboxAnswer {
        var answer = SandboxAnswer.error(Refusal(status, message))
        answer.headers = headers
        return answer
    }

    /// A page as a proxy in front of an own host may send.
    static func html(status: Int) -> SandboxAnswer {
        let page = "<!DOCTYPE html><html><head><title>\(status)</title></head><body><h1>\(status)</h1></body></html>"
        return SandboxAnswer(status: status, contentType: "text/html; charset=utf-8", body: Array(page.utf8))
    }

    /// The first half of the body only.
    var truncated: SandboxAnswer {
        var answer = self
        answer.body = Array(body.prefix(body.count / 2))
        return answer
    }
}

/// Why the sandbox does not do what was asked.
struct Refusal: Error, Sendable {
    var status: Int
    var message: String

    init(_ status: Int, _ message: String) {
        self.status = status
        self.message = message
    }

    init(_ code: SandboxSwitches.Code, _ message: String) {
        self.init(code.rawValue, message)
    }
}
